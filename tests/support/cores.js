// Both built cores, and what the shim does with one of them, without a connection.
import { readFileSync } from 'node:fs';

import { Core } from '../../js/core/core.js';
import { STAGING_BYTES, STATUS_DONE, STATUS_TOO_LARGE } from '../../js/core/record_layout.js';
import { instantiate } from '../../wasm/core_js.js';

/** @typedef {import('./reference_parser.js').ParsedStream} ParsedStream */

export const wasmBytes = readFileSync(new URL('../../wasm/core.wasm', import.meta.url));

/** @type {Record<string, () => import('../../js/core/core.js').CoreExports>} */
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

  /**
   * @param {Uint8Array} chunk
   * @throws {RangeError} when an event is too large, after having taken those before it
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
      } while (status !== STATUS_DONE && status !== STATUS_TOO_LARGE);
      if (status === STATUS_TOO_LARGE) throw new RangeError('too large');
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
