// What a body may give as its chunks: bytes in whatever class they come, and never another stream's.
import vm from 'node:vm';
import { describe, expect, test } from '@jest/globals';

import { encoder, next, open, streamOf, type } from '../support/own_fetch.js';

/** @param {() => any} read */
const openOn = (read) =>
  open(() => ({
    status: 200,
    url: '',
    headers: new Headers(type),
    body: { getReader: () => ({ read, cancel() {} }) },
  }));

/**
 * @param {any[]} values - the chunks
 * @param {() => void} [listener]
 */
async function messagesOf(values, listener = () => {}) {
  const left = [...values];
  const source = openOn(async () =>
    left.length > 0 ? { done: false, value: left.shift() } : { done: true },
  );
  /** @type {string[]} */
  const seen = [];
  source.onmessage = (/** @type {any} */ { data }) => {
    seen.push(data);
    listener();
  };
  const { error } = await next(source, 'error');
  return { seen, error, readyState: source.readyState };
}

const bytes = () => encoder.encode('data: a\n\n');
// A multiple of eight, for every kind of array.
const sixteen = () => encoder.encode('data: 12345678\n\n');
const bufferOf = (/** @type {Uint8Array} */ array) =>
  array.buffer.slice(array.byteOffset, array.byteOffset + array.byteLength);

describe('what is made of bytes is read', () => {
  const shared = () => {
    const array = new Uint8Array(new SharedArrayBuffer(16));
    array.set(sixteen());
    return array;
  };
  test.each([
    ['a Buffer', () => Buffer.from(sixteen())],
    ['an ArrayBuffer', () => bufferOf(sixteen())],
    ['a DataView', () => new DataView(bufferOf(sixteen()))],
    ['a Float64Array', () => new Float64Array(bufferOf(sixteen()))],
    ['an Int8Array', () => new Int8Array(bufferOf(sixteen()))],
    ['shared memory', shared],
    ['a part of a larger buffer', () => encoder.encode(`xdata: 12345678\n\nx`).subarray(1, 17)],
    ['an array of another realm', () => vm.runInNewContext('new Uint8Array(b)', { b: sixteen() })],
    [
      'a buffer of another realm',
      () => vm.runInNewContext('new Uint8Array(b).buffer', { b: sixteen() }),
    ],
    [
      'a DataView of another realm',
      () => vm.runInNewContext('new DataView(new Uint8Array(b).buffer)', { b: sixteen() }),
    ],
  ])('%s', async (_, chunk) => {
    const { seen, readyState } = await messagesOf([bytes(), chunk(), bytes()]);
    expect(seen).toEqual(['a', '12345678', 'a']);
    expect(readyState).toBe(0);
  });
});

describe('what only looks like it fails the connection', () => {
  const proxy = () => new Proxy(bytes(), {});
  const named = { [Symbol.toStringTag]: 'ArrayBuffer', byteLength: 9, length: 9 };
  const detached = () => {
    const array = bytes();
    structuredClone(array.buffer, { transfer: [array.buffer] });
    return array;
  };
  const throwing = () =>
    new Proxy(bytes(), {
      getPrototypeOf() {
        throw new TypeError('own trap');
      },
    });
  test.each([
    ['a Proxy', proxy],
    ['a Proxy whose trap throws', throwing],
    ['an object that inherits from Uint8Array', () => Object.create(Uint8Array.prototype)],
    ['an object that inherits from an array', () => Object.create(bytes())],
    ['an object that is named like a buffer', () => named],
    ['an array of numbers', () => [...bytes()]],
    ['a buffer of shared memory alone', () => new SharedArrayBuffer(8)],
    ['an array whose buffer is gone', detached],
    ['a buffer that is gone', () => detached().buffer],
    [
      'a view of a buffer that is gone',
      () => {
        const view = new DataView(bufferOf(bytes()));
        structuredClone(view.buffer, { transfer: [view.buffer] });
        return view;
      },
    ],
  ])('%s', async (_, chunk) => {
    const { seen, error, readyState } = await messagesOf([bytes(), chunk(), bytes()]);
    expect([seen, readyState]).toEqual([['a'], 2]);
    expect(error.name).toBe('TypeError');
  });
});

describe('a chunk that tells other things of itself than are true', () => {
  const lies = (/** @type {any} */ value) => ({
    length: { get: () => value },
    byteLength: { get: () => value },
    byteOffset: { get: () => 0 },
    buffer: { get: () => new ArrayBuffer(value) },
    subarray: { value: () => new Uint8Array(value) },
    slice: { value: () => new Uint8Array(value) },
    set: { value: () => {} },
    [Symbol.toStringTag]: { get: () => 'Float64Array' },
    [Symbol.iterator]: { value: () => [][Symbol.iterator]() },
  });
  class Own extends Uint8Array {
    static get [Symbol.species]() {
      return Float64Array;
    }
  }
  Object.defineProperties(Own.prototype, lies(60_000));
  const long = 'data: long\n\n'.repeat(12_000);
  test.each([
    ['a subclass', (/** @type {string} */ text) => new Own(encoder.encode(text))],
    [
      'one with properties of its own',
      (/** @type {string} */ text) => Object.defineProperties(encoder.encode(text), lies(0)),
    ],
  ])('%s gives its bytes, and nobody else gets others', async (_, make) => {
    // What stands in the staging area when it comes.
    const other = open(() => streamOf('data: SECRET\n\n'.repeat(4000)));
    let others = 0;
    other.onmessage = () => others++;
    await next(other, 'message');
    const short = await messagesOf([make('data: a\n\n'), make('data: b\n\n')]);
    expect(short.seen).toEqual(['a', 'b']);
    const { seen } = await messagesOf([make(long)]);
    expect(seen.length).toBe(12_000);
    expect(new Set(seen)).toEqual(new Set(['long']));
    expect(others).toBeLessThanOrEqual(4000);
  });
});

describe('a buffer that changes while its events are dispatched', () => {
  const text = (/** @type {number} */ count) => encoder.encode('data: a\n\n'.repeat(count));
  /** @param {number} count */
  function resizable(count) {
    const source = text(count);
    const buffer = new /** @type {any} */ (ArrayBuffer)(source.length, {
      maxByteLength: source.length * 2,
    });
    new Uint8Array(buffer).set(source);
    return buffer;
  }

  test('a listener may overwrite what was parsed', async () => {
    const chunk = text(3000);
    const { seen } = await messagesOf([chunk], () => chunk.fill(0x78));
    expect(seen.length).toBe(3000);
  });

  test.each([
    ['an array that follows its buffer', (/** @type {any} */ buffer) => new Uint8Array(buffer)],
    [
      'an array of a fixed length',
      (/** @type {any} */ buffer) => new Uint8Array(buffer, 0, buffer.byteLength),
    ],
    ['the buffer itself', (/** @type {any} */ buffer) => buffer],
  ])('%s, shrunk between two slices: CLOSED, with the reason', async (_, make) => {
    const buffer = resizable(30_000);
    const { seen, error, readyState } = await messagesOf([make(buffer)], () => buffer.resize(9));
    expect(readyState).toBe(2);
    expect(error.name).toMatch(/TypeError|RangeError/);
    expect(seen.length).toBeLessThan(30_000);
    expect(new Set(seen)).toEqual(new Set(['a']));
  });

  test('shrunk within its only slice while another stream is at work: no bytes of that one', async () => {
    const buffer = resizable(3000);
    const other = open(() => streamOf(...Array(200).fill('data: SECRET\n\n')));
    let others = 0;
    other.onmessage = () => others++;
    const { seen } = await messagesOf([new Uint8Array(buffer)], () => buffer.resize(9));
    expect(new Set(seen)).toEqual(new Set(['a']));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(others).toBe(200);
  });

  test('one that grows gives what it had', async () => {
    const buffer = resizable(20_000);
    const { seen } = await messagesOf([new Uint8Array(buffer)], () => {
      if (buffer.byteLength < 200_000) buffer.resize(200_000);
    });
    expect(seen.length).toBe(20_000);
  });

  test('one that grows while another stream has its turns gives what it had', async () => {
    const both = [1, 2].map(async () => {
      const buffer = resizable(20_000);
      const { seen } = await messagesOf([new Uint8Array(buffer)], () => {
        if (buffer.byteLength < 200_000) buffer.resize(200_000);
      });
      return seen.length;
    });
    expect(await Promise.all(both)).toEqual([20_000, 20_000]);
  });

  test('one that is gone between two slices: CLOSED, with the reason', async () => {
    const chunk = text(30_000);
    const { error, readyState } = await messagesOf([chunk], () => {
      if (chunk.length > 0) structuredClone(chunk.buffer, { transfer: [chunk.buffer] });
    });
    expect([readyState, error.name]).toEqual([2, 'TypeError']);
  });
});

describe('what read() gives', () => {
  const own = () => {
    throw new Error('own getter');
  };
  test.each([
    ['a result whose done throws', () => Object.defineProperty({}, 'done', { get: own }), 2],
    ['a result whose value throws', () => Object.defineProperty({}, 'value', { get: own }), 2],
    ['a Proxy that throws', () => new Proxy({}, { get: (_, name) => name !== 'then' && own() }), 2],
    ['a promise whose then throws', () => Object.defineProperty({}, 'then', { get: own }), 0],
  ])('%s', async (_, result, readyState) => {
    const source = openOn(async () => result());
    expect((await next(source, 'error')).error.message).toBe('own getter');
    expect(source.readyState).toBe(readyState);
  });

  test('a result may close the source while it is read', async () => {
    for (const value of [{ done: true }, { done: false, value: bytes() }, {}]) {
      /** @type {any} */
      const source = openOn(async () =>
        Object.defineProperty({ ...value }, 'done', {
          get() {
            source.close();
            return value.done;
          },
        }),
      );
      let events = 0;
      source.onerror = source.onmessage = () => events++;
      await next(source, 'open');
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect([events, source.readyState]).toEqual([0, 2]);
    }
  });

  test('an iterator whose next() throws at once breaks the stream off', async () => {
    const source = open(() => ({
      status: 200,
      url: '',
      headers: new Headers(type),
      body: { [Symbol.asyncIterator]: () => ({ next: own }) },
    }));
    expect((await next(source, 'error')).error.message).toBe('own getter');
    expect(source.readyState).toBe(0);
  });
});
