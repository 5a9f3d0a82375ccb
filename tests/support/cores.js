// Both built cores, and what the shim does with one of them, without a connection.
import { readFileSync } from 'node:fs';

import { Core } from '../../js/core/core.js';
import {
  STAGING_BYTES,
  STATUS_DONE,
  STATUS_NO_MEMORY,
  STATUS_TOO_LARGE,
} from '../../js/core/record_layout.js';
import { instantiate } from '../../wasm/core_js.js';

/** @typedef {import('./reference_parser.js').ParsedStream} ParsedStream */

export const wasmBytes = readFileSync(new URL('../../wasm/core.wasm', import.meta.url));

/** @type {Record<string, () => import('../../js/core/core.js').CoreExports>} */
export const instances = {
  'WebAssembly core': () =>
    /** @type {any} */ (new WebAssembly.Instance(new WebAssembly.Module(wasmBytes))).exports,
  'JavaScript core': () => instantiate(),
};

/** The memory section: one memory, with a maximum, of three pages at least and 32,768 at most. */
const MEMORY = [5, 6, 1, 1, 3, 0x80, 0x80, 2];

/**
 * Both cores where the host has little memory for them.
 *
 * @type {Record<string, (pages: number) => {exports: import('../../js/core/core.js').CoreExports, restore(): void}>}
 */
export const limitedInstances = {
  'WebAssembly core'(pages) {
    const bytes = Uint8Array.from(wasmBytes);
    const at = wasmBytes.indexOf(Uint8Array.from(MEMORY));
    if (at < 0) throw new Error('the memory section is another');
    bytes.set([(pages & 0x7f) | 0x80, ((pages >> 7) & 0x7f) | 0x80, pages >> 14], at + 5);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    return { exports: /** @type {any} */ (exports), restore() {} };
  },
  'JavaScript core'(pages) {
    const { ArrayBuffer: original } = globalThis;
    globalThis.ArrayBuffer = /** @type {any} */ (
      class extends original {
        constructor(/** @type {number} */ size) {
          if (size > pages * 65536) throw new RangeError('Array buffer allocation failed');
          super(size);
        }
      }
    );
    return {
      exports: instantiate(),
      restore: () => (globalThis.ArrayBuffer = original),
    };
  },
};

/** What the machine answers before a stream sets a reconnection time. */
const UNSET = 3000;

export class StreamReader {
  /** @type {ParsedStream['events']} */
  events = [];
  lastEventId = '';
  #core;
  #handle;

  /**
   * @param {Core} core
   * @param {number} [maxEventSize]
   */
  constructor(core, maxEventSize) {
    this.#core = core;
    this.#handle = core.create(maxEventSize);
    core.machine.start(this.#handle, true, 0);
    core.respond(this.#handle, 200, 'text/event-stream', 0, 0, 0);
  }

  /**
   * @param {Uint8Array} chunk
   * @throws {RangeError} when an event is too large or has no memory, after having taken those before it
   */
  read(chunk) {
    for (let cut = 0; cut < chunk.length; cut += STAGING_BYTES) {
      const slice = chunk.subarray(cut, cut + STAGING_BYTES);
      let parsed = 0;
      let status;
      do {
        const batch = this.#core.feed(this.#handle, slice, parsed);
        ({ status } = this.#core);
        parsed += this.#core.consumed;
        while (batch?.hasNext) this.#take(batch);
        if (status === STATUS_TOO_LARGE) throw new RangeError('too large');
        if (status === STATUS_NO_MEMORY) throw new RangeError('no memory');
      } while (status !== STATUS_DONE);
    }
  }

  /** @param {import('../../js/core/event_batch.js').EventBatch} batch */
  #take(batch) {
    batch.next();
    const { type, data, id } = batch;
    if (id !== null) this.lastEventId = id;
    if (type !== null) this.events.push({ type, data, lastEventId: this.lastEventId });
  }

  /** @returns {ParsedStream} */
  end() {
    const time = this.#core.machine.reconnection_time(this.#handle);
    this.#core.machine.destroy(this.#handle);
    return {
      events: this.events,
      lastEventId: this.lastEventId,
      reconnectionTime: time === UNSET ? null : time,
    };
  }
}

export { Core, UNSET };
