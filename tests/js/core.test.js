// The boundary between js/core/core.js and the two cores.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { Core, instances, limitedInstances, StreamReader, wasmBytes } from '../support/cores.js';
import { bytesWithoutHost, embeddedBytes } from '../../js/core/embedded_bytes.js';
import { digits } from '../../wasm/core_bytes.js';

const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);

describe('the embedded digits are the committed module', () => {
  const host = /** @type {any} */ (Uint8Array);
  const { fromHex } = host;
  afterEach(() => {
    if (fromHex) host.fromHex = fromHex;
    else delete host.fromHex;
  });

  test('unpacked by Uint8Array.fromHex(), where there is one', () => {
    host.fromHex = (/** @type {string} */ text) => Uint8Array.from(Buffer.from(text, 'hex'));
    const bytes = embeddedBytes(digits);
    expect(Buffer.isBuffer(bytes)).toBe(false);
    expect(Buffer.from(bytes).equals(wasmBytes)).toBe(true);
  });

  test('unpacked by Buffer', () => {
    delete host.fromHex;
    const bytes = embeddedBytes(digits);
    expect(Buffer.isBuffer(bytes)).toBe(true);
    expect(Buffer.from(bytes).equals(wasmBytes)).toBe(true);
  });

  test('unpacked without help', () => {
    expect(Buffer.from(bytesWithoutHost(digits)).equals(wasmBytes)).toBe(true);
  });
});

test('the module is at most 5,120 bytes and imports nothing', () => {
  expect(wasmBytes.length).toBeLessThanOrEqual(5120);
  expect(WebAssembly.Module.imports(new WebAssembly.Module(wasmBytes))).toEqual([]);
});

describe.each(Object.entries(instances))('the %s', (_, instantiate) => {
  test('keeps streams apart that share its memory', () => {
    const core = new Core(instantiate());
    const readers = Array.from({ length: 50 }, () => new StreamReader(core));
    for (const part of ['id: ', 'i', '\ndata: a', 'b\nda', 'ta: c\n', '\n']) {
      readers.forEach((reader, i) => reader.read(encode(part === 'i' ? `${i}` : part)));
    }
    expect(readers.map((reader) => reader.end().events)).toEqual(
      readers.map((_reader, i) => [{ type: 'message', data: 'ab\nc', lastEventId: `${i}` }]),
    );
  });

  test('keeps 10,000 connections in 2.5 MB', () => {
    const core = new Core(instantiate());
    const before = core.machine.memory.buffer.byteLength;
    const handles = Array.from({ length: 10000 }, () => core.create());
    expect(new Set(handles).size).toBe(10000);
    expect(core.machine.memory.buffer.byteLength - before).toBeLessThan(2.7e6);
    for (const handle of handles) core.machine.destroy(handle);
    const after = core.machine.memory.buffer.byteLength;
    for (let i = 0; i < 10000; i++) core.create();
    expect(core.machine.memory.buffer.byteLength).toBe(after);
  });

  test('renews its views when the memory grows, and uses the memory again', () => {
    const core = new Core(instantiate());
    const value = 'x'.repeat(3_000_000);
    let size = 0;
    for (let i = 0; i < 5; i++) {
      const reader = new StreamReader(core);
      reader.read(encode(`data: ${value}\nid: ${i}\nevent: é\n\n`));
      expect(reader.end()).toEqual({
        events: [{ type: 'é', data: value, lastEventId: `${i}` }],
        lastEventId: `${i}`,
        reconnectionTime: null,
      });
      if (i === 0) size = core.machine.memory.buffer.byteLength;
    }
    expect(core.machine.memory.buffer.byteLength).toBe(size);
  });

  test.each([
    ['64 MiB where nothing else is said', undefined, 67108864],
    ['200,000 bytes as it was told', 200_000, 200_000],
    ['80 MiB as it was told', 83886080, 83886080],
  ])('refuses an event of more than %s after giving what came before', (_limit, given, limit) => {
    const core = new Core(instantiate());
    const reader = new StreamReader(core, given);
    const all = new Uint8Array(limit).fill(0x78);
    reader.read(encode('data: before\n\ndata: '));
    reader.read(all);
    expect(() => reader.read(encode('x'))).toThrow('too large');
    expect(reader.events).toEqual([{ type: 'message', data: 'before', lastEventId: '' }]);
  });

  // 4 x 256 MiB were held here.
  test('holds less than twice the limit for one stream, whatever is in its event', () => {
    const core = new Core(instantiate());
    const limit = 4194304;
    const reader = new StreamReader(core, limit);
    const slice = new Uint8Array(65536).fill(0x78);
    const before = core.machine.memory.buffer.byteLength;
    let held = 0;
    const readAll = () => {
      for (const field of ['event: ', '\nid: ', '\ndata: ', '\nid: ']) {
        reader.read(encode(field));
        for (let i = 0; i < 22; i++, held += slice.length) reader.read(slice);
      }
    };
    expect(readAll).toThrow('too large');
    expect(held).toBeGreaterThan(limit - 2 * slice.length);
    // What was held, once more while a buffer is copied, the reserve, and what the JavaScript core grows ahead.
    const grown = core.machine.memory.buffer.byteLength - before;
    expect(grown).toBeLessThan(4 * limit);
  });

  // Short values are moved by 16 bytes at a time, and the next block's head is where they would end.
  test('writes nothing behind the text of an event that spans chunks', () => {
    const core = new Core(instantiate());
    const lowest = core.create();
    core.machine.destroy(lowest);
    for (let size = 1; size < 140; size++) {
      const [first, second] = [new StreamReader(core), new StreamReader(core)];
      first.read(encode(`data: ${'x'.repeat(size)}`));
      second.read(encode('data: begun'));
      first.read(encode('\nevent: t\nid: 1\n'));
      first.read(encode('\n'));
      second.read(encode(' and ended\n\n'));
      expect(first.end().events[0].data.length).toBe(size);
      expect(second.end().events[0].data).toBe('begun and ended');
    }
    expect(core.create()).toBe(lowest);
  });

  test('says when there is no memory for another connection', () => {
    const machine = { ...instantiate(), create: () => 0 };
    expect(() => new Core(machine).create()).toThrow(RangeError);
  });

  test('reads a Content-Type of any length', () => {
    const core = new Core(instantiate());
    const respond = (/** @type {string} */ contentType) => {
      const handle = core.create();
      core.machine.start(handle, true, 0);
      return core.respond(handle, 200, contentType, 0, 0, 0);
    };
    expect(respond('text/event-stream')).toBe(-4);
    expect(respond(`text/event-stream; a=${'x'.repeat(65_000)}`)).toBe(-4);
    expect(respond('text/plain')).toBe(-5);
    expect(respond('')).toBe(-5);
    // Too long to be read, so nobody knows what the last type in it is.
    expect(respond(`text/event-stream;${' '.repeat(65_536)},text/html`)).toBe(-5);
    expect(respond(`text/event-stream; a=${'x'.repeat(200_000)}`)).toBe(-5);
  });

  test('compares no character of a Content-Type modulo 256', () => {
    const core = new Core(instantiate());
    const respond = (/** @type {string} */ contentType) => {
      const handle = core.create();
      core.machine.start(handle, true, 0);
      return core.respond(handle, 200, contentType, 0, 0, 0);
    };
    const shifted = (/** @type {number} */ by) =>
      [...'text/event-stream'].map((unit) => String.fromCharCode(unit.charCodeAt(0) + by)).join('');
    expect(respond(shifted(0))).toBe(-4);
    for (const by of [0x100, 0x200, 0xff00]) expect(respond(shifted(by))).toBe(-5);
    expect(respond('text/event-strea\u016d')).toBe(-5);
    expect(respond('text/event-stream\u013b a=b')).toBe(-5);
    expect(respond('text/event-stream; a=\u2603')).toBe(-4);
  });

  test('compares no status modulo 2^32, nor without its fraction', () => {
    const core = new Core(instantiate());
    const respond = (/** @type {number} */ status) => {
      const handle = core.create();
      core.machine.start(handle, true, 0);
      return core.respond(handle, status, 'text/event-stream', 0, 0, 0);
    };
    expect(respond(200)).toBe(-4);
    for (const status of [
      200 + 2 ** 32,
      200 - 2 ** 32,
      200.5,
      -200,
      NaN,
      Infinity,
      2 ** 53 + 200,
    ]) {
      expect([status, respond(status)]).toEqual([status, -5]);
    }
  });
});

describe.each(Object.entries(limitedInstances))('the %s in little memory', (_, limited) => {
  const PAGES = 160;
  /** @type {() => void} */
  let restore;
  /** @type {Core} */
  let core;
  beforeEach(() => {
    const instance = limited(PAGES);
    ({ restore } = instance);
    core = new Core(instance.exports);
  });
  afterEach(() => restore());

  const mebibyte = new Uint8Array(1048576).fill(0x78);

  /** Streams that hold whatever they can get of an event that does not end. */
  function attack() {
    const readers = /** @type {StreamReader[]} */ ([]);
    for (const [streams, size] of [
      [28, 4 * 1048576],
      [40, 400_000],
      [40, 60_000],
    ]) {
      let refused = 0;
      for (let i = 0; i < streams; i++) {
        const reader = new StreamReader(core);
        readers.push(reader);
        reader.read(encode('data: '));
        try {
          for (let left = size; left > 0; left -= mebibyte.length) {
            reader.read(mebibyte.subarray(0, left));
          }
        } catch (error) {
          expect(String(error)).toContain('no memory');
          refused++;
        }
      }
      expect(refused).toBeGreaterThan(0);
    }
    return readers;
  }

  /** @param {number} size - of the data */
  function readSplit(size) {
    const reader = new StreamReader(core);
    const bytes = encode(`id: 7\nevent: x\ndata: ${'y'.repeat(size)}\n\n`);
    reader.read(bytes.subarray(0, bytes.length / 2));
    reader.read(bytes.subarray(bytes.length / 2));
    return reader.end().events[0]?.data.length;
  }

  test('gives the memory of streams that are over to others, in any size', () => {
    for (let round = 0; round < 3; round++) {
      for (const reader of attack()) reader.end();
      for (const size of [400, 10_000, 1_000_000, 100]) expect(readSplit(size)).toBe(size);
    }
  });

  test('keeps small events and opens connections while others hold the memory', () => {
    const readers = attack();
    expect(() => readSplit(100_000)).toThrow('no memory');
    for (let i = 0; i < 500; i++) expect(readSplit(400)).toBe(400);
    const handles = Array.from({ length: 5000 }, () => core.create());
    expect(new Set(handles).size).toBe(5000);
    for (const handle of handles) core.machine.destroy(handle);
    for (const reader of readers) reader.end();
    expect(readSplit(4_000_000)).toBe(4_000_000);
  });
});

// With 250 MiB held, 5,000 new sources copied 750 KB in steps of 64 KiB, and all that was held with each step.
test('the memory of the JavaScript core is copied seldom, and grows at need where it cannot grow ahead', () => {
  const sizes = /** @type {number[]} */ ([]);
  const { ArrayBuffer: original } = globalThis;
  let most = Infinity;
  globalThis.ArrayBuffer = /** @type {any} */ (
    class extends original {
      constructor(/** @type {number} */ size) {
        if (size > most) throw new RangeError('Array buffer allocation failed');
        super(size);
        sizes.push(size);
      }
    }
  );
  try {
    const core = new Core(instances['JavaScript core']());
    const grow = () => {
      sizes.length = 0;
      for (let i = 0; i < 40_000; i++) core.create();
      return sizes.length;
    };
    // 5.8 MB each time.
    expect(grow()).toBeLessThan(12);
    expect(grow()).toBeLessThan(3);
    most = core.machine.memory.buffer.byteLength + 3e6;
    expect(() => {
      for (let i = 0; i < 20; i++) grow();
    }).toThrow('no memory');
    expect(core.machine.memory.buffer.byteLength).toBeGreaterThan(most - 65536);
  } finally {
    globalThis.ArrayBuffer = original;
  }
});
