// Both built cores, and what the shim does with one of them, without a connection.
import { readFileSync } from 'node:fs';

import { Core, EventTooLargeError } from '../../js/core.js';
import { STAGING_BYTES } from '../../js/record_layout.js';
import { instantiate } from '../../wasm/core_js.js';

/** @typedef {import('./reference_parser.js').ParsedStream} ParsedStream */

export const wasmBytes = readFileSync(new URL('../../wasm/core.wasm', import.meta.url));

/** @type {Record<string, () => import('../../js/core.js').CoreExports>} */
export const instances = {
  'WebAssembly core': () =>
    /** @type {any} */ (new WebAssembly.Instance(new WebAssembly.Module(wasmBytes))).exports,
  'JavaScript core': () => instantiate(),
};

/** What the machine answers before a stream sets a reconnection time. */
const UNSET = 3000;

export class StreamReader {
  /** @type {ParsedStream['events']} */
  events = [];
  lastEventId = '';
  #core;
  #handle;

  /** @param {Core} core */
  constructor(core) {
    this.#core = core;
    this.#handle = core.create();
    core.machine.start(this.#handle, 1, 0);
    core.respond(this.#handle, 200, 'text/event-stream', 0);
  }

  /** @param {Uint8Array} chunk */
  read(chunk) {
    let at = 0;
    do {
      /** @type {import('../../js/core.js').EventQueue} */
      const queue = [];
      try {
        this.#core.parse(this.#handle, chunk.subarray(at, at + STAGING_BYTES), queue);
      } finally {
        for (let i = 0; i < queue.length; i += 3) this.#take(queue.slice(i, i + 3));
      }
      at += STAGING_BYTES;
    } while (at < chunk.length);
  }

  /** @param {(string | null)[]} event */
  #take([type, data, id]) {
    if (id !== null) this.lastEventId = id;
    if (type === null) return;
    this.events.push({ type, data: /** @type {string} */ (data), lastEventId: this.lastEventId });
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

export { Core, EventTooLargeError, UNSET };
