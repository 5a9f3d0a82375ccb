// What users' own fetch functions give and reject with: each ends in an error event that says why.
import { describe, expect, test } from '@jest/globals';

import { next, open, streamOf, type } from '../support/own_fetch.js';

describe("a fetch of the user's own that gives odd things ends in an error event", () => {
  const body = (/** @type {any} */ read = undefined) => ({
    status: 200,
    headers: new Map(Object.entries(type)),
    body: { getReader: () => ({ read, cancel: () => Promise.reject(new Error('no')) }) },
  });
  const throwing = {
    get status() {
      throw new Error('no status');
    },
  };

  test.each([
    ['nothing', () => undefined],
    ['an empty object', () => ({})],
    ['a promise of null', async () => null],
    ['a throwing getter', () => throwing],
    [
      'a synchronous exception',
      () => {
        throw new Error('at once');
      },
    ],
    ['a rejection with a symbol', () => Promise.reject(Symbol('why'))],
    ['a rejection with nothing to print', () => Promise.reject(Object.create(null))],
    [
      'a body that throws',
      () =>
        body(() => {
          throw new Error('read');
        }),
    ],
  ])('%s: CONNECTING, to try again', async (_, fetch) => {
    const source = open(fetch);
    const { message } = await next(source, 'error');
    expect(source.readyState).toBe(0);
    expect(message).toEqual(expect.any(String));
  });

  const locked = () => {
    const response = new Response('no', { status: 401 });
    response.body?.getReader();
    return response;
  };
  const bodyThrows = (/** @type {number} */ status) => ({
    status,
    headers: new Map(Object.entries(type)),
    get body() {
      throw new TypeError('no body');
    },
  });
  // A mistake in the program, which would come out the same at the next attempt.
  const lockedStream = () => {
    const response = streamOf('data: a\n\n');
    response.body?.getReader();
    return response;
  };
  const listed = () => ({
    ...body(async () => ({})),
    headers: { get: () => ['text/event-stream'] },
  });
  const headersOf = (/** @type {any} */ headers) => ({ status: 200, headers, body: null });
  test.each([
    ['no body', () => ({ ...body(), body: undefined }), false, /eventsource-wasm.xhr/],
    ['a body of text', () => ({ ...body(), body: 'data: a' }), false, /ReadableStream/],
    ['a reader that is none', () => ({ ...body(), body: { getReader() {} } }), false, /Stream/],
    [
      'an iterator that is none',
      () => ({ ...body(), body: { [Symbol.asyncIterator]: () => ({}) } }),
      false,
      /iterable/,
    ],
    ['a type that is a list', () => listed(), true, /bytes/],
    ['a body that throws', () => bodyThrows(200), false, /no body/],
    ['a locked body', lockedStream, false, /locked/],
    ['headers that are a plain object', () => headersOf({ ...type }), false, /get/],
    ['a body that gives undefined', () => body(() => undefined), true, /bytes/],
    ['a body that gives text', () => body(async () => ({ value: 'text' })), true, /bytes/],
    ['a body that gives nothing', () => body(async () => ({})), true, /bytes/],
  ])('%s: CLOSED, with the reason', async (_, fetch, opens, reason) => {
    const source = open(fetch);
    let opened = false;
    source.onopen = () => (opened = true);
    const { message, error } = await next(source, 'error');
    expect([source.readyState, opened]).toEqual([2, opens]);
    expect(message).toMatch(reason);
    // Not of this realm where it is Node's own.
    expect(error.name).toBe('TypeError');
  });

  test.each([
    ['204 without a body', () => ({ status: 204, headers: new Map() }), 204],
    ['401 with a locked body', locked, 401],
    ['500 whose body throws', () => bodyThrows(500), 500],
  ])('%s: CLOSED', async (_, fetch, status) => {
    const source = open(fetch);
    expect((await next(source, 'error')).status).toBe(status);
    expect(source.readyState).toBe(2);
  });
});

describe('the message names what caused the error', () => {
  const circle = new Error('outer', { cause: new Error('inner') });
  /** @type {any} */ (circle.cause).cause = circle;
  const endless = () => ({
    message: 'again',
    get cause() {
      return endless();
    },
  });
  const refused = [new Error('refused at ::1'), new Error('refused at 127.0.0.1')];
  test.each([
    [
      'a cause',
      new TypeError('fetch failed', { cause: new Error('no such host') }),
      'fetch failed: no such host',
    ],
    [
      'several',
      new TypeError('fetch failed', { cause: new AggregateError(refused, '') }),
      'fetch failed: refused at ::1: refused at 127.0.0.1',
    ],
    ['one that goes round in a circle', circle, 'outer: inner'],
    ['one without an end', endless(), Array(8).fill('again').join(': ')],
    ['none that has a message', Object.assign(new Error('own'), { cause: 5, errors: {} }), 'own'],
    ['no object', 'text', 'text'],
  ])('%s', async (_, error, expected) => {
    const source = open(() => Promise.reject(error));
    expect((await next(source, 'error')).message).toBe(`The request failed: ${expected}`);
  });

  test('what the given fetch gives in place of a response', async () => {
    const { message } = await next(
      open(async () => undefined),
      'error',
    );
    expect(message).toBe("The request failed: the option 'fetch' gave no response.");
  });
});
