// The boundary between js/core/core.js and the two cores.
import { afterEach, describe, expect, test } from '@jest/globals';

import { Core, instances, StreamReader, wasmBytes } from '../support/cores.js';
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

test('the module is at most 4,096 bytes and imports nothing', () => {
  expect(wasmBytes.length).toBeLessThanOrEqual(4096);
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

  test('refuses an event of more than 256 MiB after giving what came before', () => {
    const core = new Core(instantiate());
    const reader = new StreamReader(core);
    reader.read(encode('data: before\n\ndata: '));
    const slice = new Uint8Array(65536).fill(0x78);
    const readAll = () => {
      for (let fed = 0; fed <= 256 * 1024 * 1024; fed += slice.length) reader.read(slice);
    };
    expect(readAll).toThrow(RangeError);
    expect(reader.events).toEqual([{ type: 'message', data: 'before', lastEventId: '' }]);
  });

  test('says when there is no memory for another connection', () => {
    const machine = { ...instantiate(), create: () => 0 };
    expect(() => new Core(machine).create()).toThrow(RangeError);
  });

  test('reads a Content-Type of any length', () => {
    const core = new Core(instantiate());
    const respond = (/** @type {string} */ contentType) => {
      const handle = core.create();
      core.machine.start(handle, 1, 0);
      return core.respond(handle, 200, contentType, 0);
    };
    expect(respond('text/event-stream')).toBe(-4);
    expect(respond(`text/event-stream; a=${'x'.repeat(200_000)}`)).toBe(-4);
    expect(respond('text/plain')).toBe(-5);
    expect(respond('')).toBe(-5);
  });
});

test('the JavaScript core says that an event is too large where no more memory can be had', () => {
  const core = new Core(instances['JavaScript core']());
  const reader = new StreamReader(core);
  reader.read(encode('data: '));
  const { ArrayBuffer: original } = globalThis;
  globalThis.ArrayBuffer = /** @type {any} */ (
    class extends original {
      constructor(/** @type {number} */ size) {
        if (size > 4_000_000) throw new RangeError('Array buffer allocation failed');
        super(size);
      }
    }
  );
  try {
    const slice = new Uint8Array(65536).fill(0x78);
    expect(() => {
      for (let i = 0; i < 100; i++) reader.read(slice);
    }).toThrow(RangeError);
  } finally {
    globalThis.ArrayBuffer = original;
  }
});
