// A fetch() that refuses the signal of a request, which tests of a realm with another AbortController have.
import { afterEach, expect, test } from '@jest/globals';
import { next, open, sources, streamOf } from '../support/own_fetch.js';
import { EventSource } from '../../js/entries/index.js';

const names = ['fetch', 'location', 'Request', 'AbortController', 'setTimeout'];
const kept = Object.fromEntries(
  names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]),
);

afterEach(() => {
  for (const [name, descriptor] of Object.entries(kept)) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else Reflect.deleteProperty(globalThis, name);
  }
});

const refusal = () =>
  new TypeError(
    'RequestInit: Expected signal ("AbortSignal {}") to be an instance of AbortSignal.',
  );

test('the request is made again without it, once, and later ones at once', async () => {
  /** @type {boolean[]} */
  const hadSignal = [];
  const fetch = async (/** @type {string} */ _, /** @type {RequestInit} */ { signal }) => {
    hadSignal.push(Boolean(signal));
    await null;
    if (signal) throw refusal();
    return streamOf('data: a\n\n');
  };
  expect((await next(open(fetch), 'message')).data).toBe('a');
  expect(hadSignal).toEqual([true, false]);
  expect((await next(open(fetch), 'message')).data).toBe('a');
  expect(hadSignal).toEqual([true, false, false]);
});

test('what fails without it as well is told, and waited for', async () => {
  let calls = 0;
  const source = open(() => {
    calls++;
    throw refusal();
  });
  expect((await next(source, 'error')).message).toMatch(/signal/);
  expect([calls, source.readyState]).toEqual([2, 0]);
});

test.each([
  ['a network that failed', () => new TypeError('fetch failed')],
  [
    'a host with that word in its name, in Node',
    () =>
      new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND signalr.example') }),
  ],
  [
    'a host with that word in its name, in Deno',
    () => new TypeError('error sending request for url (http://signalr.example/signal)'),
  ],
  ['a signal that was aborted', () => new DOMException('signal timed out', 'TimeoutError')],
  ['nothing', () => undefined],
])('%s is not taken for it', async (_, reason) => {
  let calls = 0;
  const source = open(async () => {
    calls++;
    throw reason();
  });
  await next(source, 'error');
  expect(calls).toBe(1);
});

test('no request is made for a source that is closed meanwhile', async () => {
  let calls = 0;
  const source = open(async () => {
    calls++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    throw refusal();
  });
  source.close();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(calls).toBe(1);
});

test('a response that comes after close() is cancelled where the request had no signal', async () => {
  let isCancelled = false;
  const body = new ReadableStream({
    cancel() {
      isCancelled = true;
    },
  });
  const source = open(async (/** @type {string} */ _, /** @type {RequestInit} */ { signal }) => {
    if (signal) throw refusal();
    await new Promise((resolve) => setTimeout(resolve, 10));
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  source.close();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isCancelled).toBe(true);
});

test('a probe that cannot be aborted has its time all the same', async () => {
  const { setTimeout } = globalThis;
  let requests = 0;
  Object.assign(globalThis, {
    location: { origin: 'http://own.example', href: 'http://own.example/' },
    // A browser's, which drops what is forbidden.
    Request: class {
      headers = new Headers();
    },
    AbortController: undefined,
    fetch: () => {
      requests++;
      return requests === 1 ? Promise.reject(new TypeError('no')) : new Promise(() => {});
    },
    // The eight seconds are over at once.
    setTimeout: (/** @type {() => void} */ callback, /** @type {number} */ delay) =>
      setTimeout(callback, delay === 8000 ? 0 : delay),
  });
  const source = new EventSource('http://other.example/');
  sources.push(source);
  expect((await next(source, 'error')).message).toMatch(/^The request failed: no/);
  expect([requests, source.readyState]).toEqual([2, 0]);
});
