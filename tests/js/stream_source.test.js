// EventSource.fromReadableStream(), as proposed in https://github.com/whatwg/html/pull/12272, and what
// else the interface has beyond the standard.
import { afterEach, describe, expect, test } from '@jest/globals';

import { EventSource } from '../../js/entries/index.js';

const encoder = new TextEncoder();

/** @type {any[]} */
const sources = [];

afterEach(() => {
  for (const source of sources.splice(0)) source.close();
});

/** @param {any} source */
function keep(source) {
  sources.push(source);
  return source;
}

/**
 * @param {any} source
 * @param {string} name
 * @returns {Promise<any>}
 */
const next = (source, name) =>
  new Promise((resolve) => source.addEventListener(name, resolve, { once: true }));

/** A stream that the test writes to. */
function writable() {
  const { readable, writable: sink } = new TransformStream();
  const writer = sink.getWriter();
  return {
    readable,
    write: (/** @type {string} */ text) => writer.write(encoder.encode(text)),
    close: () => writer.close(),
    abort: (/** @type {unknown} */ reason) => writer.abort(reason),
  };
}

describe('EventSource.fromReadableStream()', () => {
  test('begins CONNECTING, opens, and gives events of an opaque origin', async () => {
    const stream = writable();
    const source = keep(EventSource.fromReadableStream(stream.readable));
    expect(source).toBeInstanceOf(EventSource);
    expect([source.readyState, source.url, source.withCredentials]).toEqual([
      0,
      'about:event-stream',
      false,
    ]);
    expect([source.lastEventId, source.reconnectionTime]).toEqual(['', 3000]);
    await next(source, 'open');
    expect(source.readyState).toBe(1);
    const message = next(source, 'message');
    stream.write('retry: 77\nid: 5\ndata: a\n\n');
    const { data, origin, lastEventId } = await message;
    expect([data, origin, lastEventId]).toEqual(['a', 'null', '5']);
    expect([source.lastEventId, source.reconnectionTime]).toEqual(['5', 77]);
  });

  test.each([
    ['its end', (/** @type {any} */ stream) => stream.close()],
    ['its error', (/** @type {any} */ stream) => stream.abort(new Error('broken'))],
  ])('%s fires one error and leaves it CLOSED, for good', async (_, end) => {
    const stream = writable();
    const source = keep(EventSource.fromReadableStream(stream.readable));
    await next(source, 'open');
    let errors = 0;
    source.onerror = () => errors++;
    const error = next(source, 'error');
    await end(stream);
    await error;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([errors, source.readyState]).toEqual([1, 2]);
    expect(source.reconnectionTime).toBe(3000);
  });

  test('a locked stream and what is no stream throw a TypeError', () => {
    const { readable } = writable();
    readable.getReader();
    expect(() => EventSource.fromReadableStream(readable)).toThrow(TypeError);
    for (const value of [undefined, null, {}, 'text', 1]) {
      expect(() => EventSource.fromReadableStream(/** @type {any} */ (value))).toThrow(TypeError);
    }
  });

  test('it locks the stream, and close() cancels it', async () => {
    let cancelled = false;
    const stream = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    const source = EventSource.fromReadableStream(stream);
    expect(stream.locked).toBe(true);
    source.close();
    await Promise.resolve();
    expect([cancelled, source.readyState]).toEqual([true, 2]);
  });

  test('several responses through one TransformStream: the ID and the time persist', async () => {
    const { readable, writable: sink } = new TransformStream();
    const source = keep(EventSource.fromReadableStream(readable));
    const seen = /** @type {string[]} */ ([]);
    source.onmessage = (/** @type {any} */ e) => seen.push(`${e.data} ${e.lastEventId}`);
    const pipe = (/** @type {string} */ text) =>
      new Response(text).body?.pipeTo(sink, { preventClose: true });
    await pipe('retry: 9\nid: 1\ndata: a\n\ndata: lost');
    await new Promise((resolve) => setTimeout(resolve, 5));
    source.reset();
    await pipe('data: b\n\n');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual(['a 1', 'b 1']);
    expect([source.lastEventId, source.reconnectionTime]).toEqual(['1', 9]);
  });

  test('reset() in a listener drops the events that are not dispatched yet', async () => {
    const stream = writable();
    const source = keep(EventSource.from(stream.readable));
    const seen = /** @type {string[]} */ ([]);
    source.onmessage = (/** @type {any} */ { data }) => {
      seen.push(data);
      if (data === '1') source.reset();
    };
    await stream.write('data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4');
    await stream.write('data: 5\n\n');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen).toEqual(['1', '5']);
  });
});

describe('beyond the standard', () => {
  const never = () => new Promise(() => {});

  test('closed is fulfilled by close(), by a failure, and at once afterwards', async () => {
    const source = new EventSource('http://127.0.0.1:9/', { fetch: /** @type {any} */ (never) });
    const { closed } = source;
    expect(source.closed).toBe(closed);
    let settled = false;
    closed.then(() => (settled = true));
    await Promise.resolve();
    expect(settled).toBe(false);
    source.close();
    await closed;
    await source.closed;

    const failing = new EventSource('http://127.0.0.1:9/', {
      fetch: async () => new Response('', { status: 404 }),
    });
    await failing.closed;
    expect(failing.readyState).toBe(2);
    await failing.closed;
  });

  const dispose = /** @type {any} */ (Symbol).dispose;
  (dispose ? test : test.skip)('Symbol.dispose closes', () => {
    const source = new EventSource('http://127.0.0.1:9/', { fetch: /** @type {any} */ (never) });
    /** @type {any} */ (source)[dispose]();
    expect(source.readyState).toBe(2);
  });
});
