// What hosts, users' own fetch functions and hostile streams come up with: no crash, no unhandled
// rejection, no silent stop. (An unhandled rejection fails the test that it happens in.)
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';

import { hostCore } from '../../js/core/host_core.js';
import { EventSource } from '../../js/entries/index.js';
import { encoder, next, open, sources, streamOf, type } from '../support/own_fetch.js';

test('a response whose getter calls close() opens nothing', async () => {
  let opened = false;
  /** @type {any} */
  const source = open(() => ({
    status: 200,
    headers: {
      get() {
        source.close();
        return 'text/event-stream';
      },
    },
    body: streamOf('data: a\n\n').body,
  }));
  source.onopen = () => (opened = true);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([opened, source.readyState]).toEqual([false, 2]);
});

test('an async listener that closes after several awaits sees one event of the chunk', async () => {
  const seen = /** @type {string[]} */ ([]);
  const source = open(() => streamOf('data: 1\n\ndata: 2\n\ndata: 3\n\n'));
  source.onmessage = async (/** @type {any} */ { data }) => {
    seen.push(data);
    for (let i = 0; i < 20; i++) await undefined;
    source.close();
  };
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(seen).toEqual(['1']);
});

test('timers run while a stream delivers faster than it is read', async () => {
  const chunk = encoder.encode('data: x\n\n'.repeat(100));
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
  const source = open(() => new Response(endless, { headers: type }));
  let count = 0;
  source.onmessage = () => count++;
  await new Promise((resolve) => setTimeout(resolve, 20));
  source.close();
  expect(count).toBeGreaterThan(0);
});

describe('a timer has its turn before a stream ends that never waits', () => {
  const chunk = encoder.encode('data: x\n\n');
  const { now } = performance;
  const work = () => {
    const start = now.call(performance);
    while (now.call(performance) - start < 1.5);
  };
  /** @type {[string, {clock?: () => number, value?: Uint8Array, read?: (i: number) => void}][]} */
  const cases = [
    ['whatever it sends', {}],
    ['where the clock stands still', { clock: () => 5 }],
    ['when the clock is set back', { clock: () => (readings += 1) * -1000 }],
    ['when reads take long and do not wait', { read: (i) => i % 50 === 0 && work() }],
    ['when all chunks are empty', { value: new Uint8Array() }],
  ];
  let readings = 0;

  afterEach(() => {
    performance.now = now;
  });

  test.each(cases)('%s', async (_, { clock = now, value = chunk, read = () => {} }) => {
    let left = 5000;
    let leftThen = 0;
    const getReader = () => ({
      async read() {
        if (left === 5000) setTimeout(() => (leftThen = left));
        left--;
        read(left);
        return left > 0 ? { done: false, value } : { done: true };
      },
      cancel() {},
    });
    performance.now = clock;
    const headers = new Headers(type);
    const source = open(() => ({ status: 200, url: '', headers, body: { getReader } }));
    source.onmessage = () => {};
    await next(source, 'error');
    expect(leftThen).toBeGreaterThan(0);
  });
});

test('a user name and a password of the URL are sent as the browser sends them', async () => {
  const requests = /** @type {any[]} */ ([]);
  const source = open((/** @type {any[]} */ ...args) => {
    requests.push(args);
    return streamOf();
  }, 'http://us%20er:p%C3%A4ss@127.0.0.1:9/a');
  await next(source, 'open');
  const [[url, { headers }]] = requests;
  expect(url).toBe('http://127.0.0.1:9/a');
  expect(headers.Authorization).toBe(`Basic ${Buffer.from('us er:päss').toString('base64')}`);
  expect(source.url).toBe('http://us%20er:p%C3%A4ss@127.0.0.1:9/a');
});

test('a user name that is no percent-encoding of anything is sent as it is', async () => {
  /** @type {any} */
  let headers;
  const source = open((/** @type {any} */ _, /** @type {any} */ init) => {
    headers = init.headers;
    return streamOf();
  }, 'http://a%zz:b@127.0.0.1:9/');
  await next(source, 'open');
  expect(headers.Authorization).toBe(`Basic ${Buffer.from('a%zz:b').toString('base64')}`);
});

test.each([
  ['in chunks of their own', Array.from({ length: 60 }, (_, i) => `data: ${i}\n\n`)],
  [
    'in one chunk of several slices',
    [Array.from({ length: 60 }, (_, i) => `data: ${i}\ndata: ${'x'.repeat(4000)}\n\n`).join('')],
  ],
])('a loop that waits long for each event sees all of them, %s', async (_, chunks) => {
  const source = open(() => streamOf(...chunks));
  const seen = /** @type {number[]} */ ([]);
  while (seen.length < 60) {
    const { data } = await next(source, 'message');
    seen.push(Number.parseInt(data, 10));
    for (let i = 0; i < 50; i++) await null;
  }
  expect(seen).toEqual(Array.from({ length: 60 }, (_event, i) => i));
});

test('an ID that the host refuses to send is left out of the next attempt', async () => {
  const ids = /** @type {unknown[]} */ ([]);
  const source = open((/** @type {any} */ _, /** @type {any} */ { headers }) => {
    ids.push(headers['Last-Event-ID']);
    if (ids.length === 2) throw new TypeError('invalid Last-Event-ID header');
    return ids.length === 1
      ? new Response('retry: 1\nid: a\x01\ndata: a\n\n', { headers: type })
      : streamOf('data: b\n\n');
  });
  await next(source, 'message');
  const { data, lastEventId } = await next(source, 'message');
  expect(ids).toEqual([undefined, 'a\x01', undefined]);
  expect([data, lastEventId]).toEqual(['b', 'a\x01']);
});

test('sources and events can be printed', async () => {
  const source = open(() => streamOf('id: 7\ndata: a\n\n'));
  const opened = next(source, 'open');
  const message = await next(source, 'message');
  expect(inspect(message)).toContain("data: 'a'");
  expect(inspect(message)).toMatch(/^MessageEvent \{/);
  expect(inspect(await opened)).toMatch(/^Event \{ type: 'open'/);
  expect(inspect(source)).toMatch(/^EventSource \{[^]*readyState: 1/);
});

describe('listeners and signals', () => {
  test('nothing that stops the abort event keeps a listener', async () => {
    const source = open(() => streamOf('data: a\n\n'));
    const controller = new AbortController();
    let called = false;
    controller.signal.addEventListener('abort', (event) => event.stopImmediatePropagation());
    source.addEventListener('message', () => (called = true), { signal: controller.signal });
    controller.abort();
    await next(source, 'message');
    expect(called).toBe(false);
  });

  test('an aborted signal has removed its listener before the others hear of it', async () => {
    const source = open(() => streamOf('data: a\n\n'));
    const controller = new AbortController();
    const { signal } = controller;
    let called = 0;
    const listener = () => called++;
    signal.addEventListener('abort', (event) => {
      event.stopImmediatePropagation();
      source.addEventListener('again', listener);
    });
    source.addEventListener('message', listener, { signal });
    source.addEventListener('again', listener, { signal });
    signal.dispatchEvent(new Event('other'));
    controller.abort();
    source.dispatchEvent(new MessageEvent('message'));
    expect(called).toBe(0);
    source.dispatchEvent(new MessageEvent('again'));
    expect(called).toBe(1);
    await next(source, 'message');
    expect(called).toBe(1);
  });

  test('an abort event that a script dispatches removes nothing', () => {
    const source = open(() => streamOf());
    const controller = new AbortController();
    const { signal } = controller;
    let called = 0;
    source.addEventListener('x', () => called++, { signal });
    signal.dispatchEvent(new Event('abort'));
    source.dispatchEvent(new Event('x'));
    expect(called).toBe(1);
    controller.abort();
    source.dispatchEvent(new Event('x'));
    expect(called).toBe(1);
  });

  test('an event whose propagation was stopped before it is dispatched again reaches nobody', async () => {
    const source = open(() => streamOf('data: a\n\n'));
    const event = await next(source, 'message');
    await undefined;
    let called = 0;
    source.addEventListener('message', () => called++);
    event.stopPropagation();
    expect(source.dispatchEvent(event)).toBe(true);
    expect(source.dispatchEvent(event)).toBe(true);
    expect(called).toBe(1);
  });

  test('a passive listener cannot cancel an event of ours that is dispatched again', async () => {
    const source = open(() => streamOf('data: a\n\n'));
    const event = await next(source, 'message');
    await undefined;
    event.initEvent('again', false, true);
    source.addEventListener('again', (/** @type {Event} */ e) => e.preventDefault(), {
      passive: true,
    });
    expect(source.dispatchEvent(event)).toBe(true);
    source.addEventListener('again', (/** @type {Event} */ e) => e.preventDefault());
    expect(source.dispatchEvent(event)).toBe(false);
  });
});

test('a host with a location that enforces no CORS (Deno) is not asked whether CORS refused', async () => {
  const { fetch, location } = /** @type {any} */ (globalThis);
  let requests = 0;
  Object.assign(globalThis, {
    location: { origin: 'http://own.example', href: 'http://own.example/' },
    fetch: async () => {
      requests++;
      throw new TypeError('reset');
    },
  });
  try {
    const source = new EventSource('http://other.example/');
    sources.push(source);
    await next(source, 'error');
    expect([requests, source.readyState]).toEqual([1, 0]);
  } finally {
    Object.assign(globalThis, { fetch, location });
  }
});

describe('a reader of somebody else', () => {
  /** @param {() => any} read */
  const bodyOf = (read) => ({ getReader: () => ({ read, cancel: () => {} }) });

  /** @param {() => any} read */
  const openOn = (read) =>
    open(async () => ({
      status: 200,
      url: '',
      headers: new Headers(type),
      body: bodyOf(read),
    }));

  test('may fill the same chunk again, also after reset()', async () => {
    const chunk = new Uint8Array(65_536);
    const texts = ['data: a\n\n'.repeat(2000), 'data: B\n\n'.repeat(3)];
    const source = openOn(async () => {
      const text = texts.shift();
      if (text === undefined) return { done: true };
      chunk.fill(10).set(encoder.encode(text));
      return { value: chunk };
    });
    /** @type {string[]} */
    const seen = [];
    source.onmessage = (/** @type {any} */ { data }) => {
      if (seen.push(data) === 1) source.reset();
    };
    await next(source, 'error');
    expect(seen).toEqual(['a', 'B', 'B', 'B']);
  });

  test('may give the chunk away while its events are dispatched', async () => {
    const chunk = encoder.encode('data: a\n\n'.repeat(3000));
    const chunks = [chunk];
    const source = openOn(async () => {
      const value = chunks.shift();
      return value ? { value } : { done: true };
    });
    let count = 0;
    source.onmessage = () => {
      count += 1;
      if (count === 1) structuredClone(chunk.buffer, { transfer: [chunk.buffer] });
    };
    await next(source, 'error');
    expect(count).toBe(3000);
  });

  test('may give a promise whose then() throws', async () => {
    const source = openOn(() =>
      Object.assign(Promise.resolve(), {
        then() {
          throw new Error('own then');
        },
      }),
    );
    const event = await next(source, 'error');
    expect(event.error.message).toBe('own then');
    expect(source.readyState).toBe(0);
  });

  test('may give a result that cannot be read', async () => {
    const source = openOn(async () =>
      Object.defineProperty({}, 'done', {
        get() {
          throw new Error('own done');
        },
      }),
    );
    expect((await next(source, 'error')).error.message).toBe('own done');
  });

  test('closes in the middle of a chunk, and the core forgets it', async () => {
    const source = openOn(async () => ({ value: encoder.encode('data: a\n\n'.repeat(3000)) }));
    await next(source, 'message');
    source.close();
    const other = open(async () => streamOf('data: other\n\n'));
    expect((await next(other, 'message')).data).toBe('other');
  });
});

test('a core that throws fails the connection', async () => {
  const { machine } = hostCore;
  const source = open(async () => streamOf('data: a\n\n'));
  await next(source, 'open');
  hostCore.machine = {
    ...machine,
    feed() {
      throw new RangeError('Invalid string length');
    },
  };
  try {
    const event = await next(source, 'error');
    expect(event.error).toBeInstanceOf(RangeError);
    expect(event.message).toBe('Invalid string length');
    expect(source.readyState).toBe(2);
  } finally {
    hostCore.machine = machine;
  }
});

test('fromReadableStream() that throws leaves nothing in the core', () => {
  const handles = Array.from({ length: 2 }, () => {
    for (let i = 0; i < 3; i++) {
      expect(() => EventSource.fromReadableStream(/** @type {any} */ ({}))).toThrow(TypeError);
    }
    const handle = hostCore.create();
    hostCore.machine.destroy(handle);
    return handle;
  });
  expect(handles[1]).toBe(handles[0]);
});
