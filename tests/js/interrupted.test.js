// close() and reconnect() from within what the user gives, and hosts and bodies that are odd.
import { Readable } from 'node:stream';
import { afterEach, expect, test } from '@jest/globals';

import { EventSource } from '../../js/entries/index.js';
import { next, sources, streamOf, type } from '../support/own_fetch.js';

const { setTimeout } = globalThis;

afterEach(() => {
  globalThis.setTimeout = setTimeout;
});

/** @param {number} milliseconds */
const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param {any} fetch
 * @param {object} [init]
 * @returns {any}
 */
function open(fetch, init) {
  const source = new EventSource('http://127.0.0.1:9/', { reconnectionTime: 1, ...init, fetch });
  sources.push(source);
  return source;
}

/** @param {any} body */
const ended = (body = null) => new Response(body, { headers: type });

/** @param {any} body */
const denied = (body) => ({ status: 401, headers: new Headers(), body });

/**
 * @param {any} source - that is refused
 * @returns {Promise<string>}
 */
const textOf = (source) =>
  new Promise((resolve) => (source.onerror = (/** @type {any} */ event) => resolve(event.text())));

test('reconnect() in fetch(): the attempt follows, although there is a time-out', async () => {
  let calls = 0;
  const source = open(
    async () => {
      calls++;
      if (calls === 2) source.reconnect();
      return calls === 1 ? ended() : streamOf(`data: ${calls}\n\n`);
    },
    { connectTimeout: 60_000 },
  );
  expect((await next(source, 'message')).data).toBe('3');
});

test('reconnect() while shouldRetry() takes its time: it is not waited for', async () => {
  let calls = 0;
  const source = open(async () => (calls++ === 0 ? denied(null) : streamOf('data: 1\n\n')), {
    shouldRetry: () => new Promise(() => {}),
  });
  await rest(10);
  source.reconnect();
  await next(source, 'message');
});

test('reconnect() when the signal of a lost request is aborted: nothing is asked, and one attempt follows', async () => {
  let calls = 0;
  let asked = 0;
  const source = open(
    async (/** @type {string} */ _, /** @type {any} */ { signal }) => {
      if (calls++ === 0) signal.addEventListener('abort', () => source.reconnect());
      return streamOf();
    },
    { idleTimeout: 50, shouldRetry: () => void asked++ },
  );
  await next(source, 'open');
  await next(source, 'open');
  expect([calls, asked]).toEqual([2, 0]);
});

test('body() is not called when close() came while headers() took its time', async () => {
  /** @type {any} */
  let proceed;
  let calls = 0;
  const source = open(async () => ended(), {
    headers: () => new Promise((resolve) => (proceed = resolve)),
    body: () => void calls++,
  });
  source.close();
  proceed({});
  await rest(5);
  expect(calls).toBe(0);
});

test.each([5, 'a', () => ({})])('headers() that gives %p is an error', async (given) => {
  const source = open(async () => ended(), { headers: () => given });
  expect((await next(source, 'error')).message).toContain("the option 'headers' must be");
});

test('a host without timers ends the source, whatever shouldRetry() says', async () => {
  globalThis.setTimeout = /** @type {any} */ (
    () => {
      throw new Error('no timers');
    }
  );
  const source = open(async () => ended(), { shouldRetry: () => true });
  /** @type {any[]} */
  const seen = [];
  source.onerror = ({ reason, retryIn }) => seen.push([reason, retryIn === null]);
  await source.closed;
  await rest(5);
  expect(seen).toEqual([
    ['ended', false],
    ['refused', true],
  ]);
});

test('empty chunks do not feed idleTimeout', async () => {
  /** @type {any} */
  let timer;
  const body = new ReadableStream({
    start(controller) {
      timer = setInterval(() => controller.enqueue(new Uint8Array()), 20);
    },
    cancel: () => clearInterval(timer),
  });
  const source = open(async () => ended(body), { idleTimeout: 100 });
  expect((await next(source, 'error')).reason).toBe('idle');
});

test("text() of a body that is Node's stream", async () => {
  const body = Readable.from([Buffer.from('no '), Buffer.from('way')]);
  expect(await textOf(open(async () => denied(body)))).toBe('no way');
});

test('text() has no byte order mark', async () => {
  const { body } = new Response('\ufeff{}\ufeff');
  expect(await textOf(open(async () => denied(body)))).toBe('{}\ufeff');
});

test('a refused response whose body nobody can cancel is aborted; one without a body is not', async () => {
  for (const body of [undefined, null]) {
    /** @type {any} */
    let signal;
    const source = open(async (/** @type {string} */ _, /** @type {any} */ init) => {
      ({ signal } = init);
      return denied(body);
    });
    await next(source, 'error');
    await rest(1);
    expect(signal.aborted).toBe(body === undefined);
  }
});

test('close() again and again leaves alone who else follows the signal', () => {
  const { signal } = new AbortController();
  let added = 0;
  signal.addEventListener = () => void added++;
  const never = () => new Promise(() => {});
  const first = open(never, { signal });
  first.close();
  for (let i = 0; i < 20; i++) {
    open(never, { signal });
    first.close();
  }
  expect(added).toBe(2);
});
