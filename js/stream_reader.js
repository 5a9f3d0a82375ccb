// Reads a body, gives its bytes to the core, and dispatches what comes out, one event at a time.
import { hostCore } from './host_core.js';
import { STAGING_BYTES } from './record_layout.js';
import { queueTask } from './task.js';
import { bytesOf } from './transport.js';

/** @typedef {import('./events.js').Failure} Failure */

/**
 * @typedef {object} StreamOwner
 * @property {(type: string | null, data: string, id: string | null) => boolean} dispatch - gives
 *   whether promise reactions may be waiting on what the listeners did
 * @property {(failure: Failure) => void} ended - the body has ended or broken off
 * @property {(failure: Failure) => void} overflowed - an event is too large, the stream cannot go on
 */

/** @typedef {{read: () => Promise<{done?: boolean, value?: any}>, cancel: () => unknown}} BodyReader */

/** Each event is dispatched in a turn of its own: docs/decisions/0005-one-turn-for-each-event.md. */
const nextTurn = Promise.resolve();

/** After so many slices, timers and the page have their turn, however fast the stream is. */
const SLICES_A_TASK = 32;

const nothing = new Uint8Array();

/**
 * @param {unknown} error - whatever a host or a user's fetch rejects with
 * @returns {string}
 */
export function messageOf(error) {
  try {
    return String(/** @type {Error | null} */ (error)?.message ?? error);
  } catch {
    return 'unknown reason';
  }
}

/** @param {any} body - or its reader; nobody waits for it, and nobody hears whether it failed */
export function cancel(body) {
  new Promise((resolve) => resolve(body?.cancel?.())).catch(() => {});
}

export class StreamReader {
  #handle;
  #owner;
  /** @type {BodyReader | undefined} */
  #reader;
  /** @type {Uint8Array} the chunk that is being parsed */
  #chunk = nothing;
  /** How much of it is. */
  #parsed = 0;
  /** @type {import('./core.js').EventQueue} */
  #queue = [];
  #dispatched = 0;
  #slices = 0;
  /** @type {Failure | undefined} what ends the stream once the queue is empty */
  #overflow;

  /**
   * @param {number} handle - of the connection in the core
   * @param {StreamOwner} owner
   */
  constructor(handle, owner) {
    this.#handle = handle;
    this.#owner = owner;
  }

  /** @param {BodyReader} reader - which is read until it ends, or until stop() */
  start(reader) {
    this.#reader = reader;
    this.#read();
  }

  /** Nothing is dispatched after this, and the body is cancelled. */
  stop() {
    const reader = this.#reader;
    this.#reader = undefined;
    this.#discard();
    if (reader) cancel(reader);
  }

  /** Drops what has been read and not dispatched; reading goes on. */
  reset() {
    this.#discard();
    hostCore.machine.reset(this.#handle);
  }

  #discard() {
    this.#queue = [];
    this.#dispatched = 0;
    this.#chunk = nothing;
    this.#parsed = 0;
    this.#overflow = undefined;
  }

  #read() {
    const reader = this.#reader;
    if (!reader) return;
    // Within a promise, so that what a body of somebody else's making throws arrives as a rejection.
    new Promise((resolve) => resolve(reader.read())).then(
      (result) => {
        if (reader === this.#reader) this.#chunkRead(/** @type {any} */ (result));
      },
      (error) => {
        const message = `The stream broke off: ${messageOf(error)}`;
        if (reader === this.#reader) this.#owner.ended({ message, error });
      },
    );
  }

  /** @param {{done?: boolean, value?: any} | undefined} result */
  #chunkRead(result) {
    if (result?.done) {
      this.#owner.ended({ message: 'The stream ended.' });
      return;
    }
    try {
      this.#chunk = bytesOf(result?.value);
    } catch (error) {
      this.#owner.ended({ message: messageOf(error), error });
      return;
    }
    this.#parsed = 0;
    this.#parseSlice();
  }

  /** Parses the next slice of the chunk; records are out of the core before any listener runs. */
  #parseSlice() {
    if (this.#parsed >= this.#chunk.length) {
      this.#read();
      return;
    }
    const end = Math.min(this.#parsed + STAGING_BYTES, this.#chunk.length);
    this.#queue = [];
    this.#dispatched = 0;
    try {
      hostCore.parse(this.#handle, this.#chunk.subarray(this.#parsed, end), this.#queue);
    } catch (error) {
      this.#overflow = { message: messageOf(error), error };
    }
    this.#parsed = end;
    this.#slices = (this.#slices + 1) % SLICES_A_TASK;
    if (this.#slices === 0) queueTask(this.#dispatchNext);
    else this.#dispatchNext();
  }

  #dispatchNext = () => {
    const reader = this.#reader;
    if (!reader) return;
    const queue = this.#queue;
    if (this.#dispatched < queue.length) {
      const at = this.#dispatched;
      this.#dispatched += 3;
      const needsTask = this.#owner.dispatch(
        queue[at],
        /** @type {string} */ (queue[at + 1]),
        queue[at + 2],
      );
      if (reader !== this.#reader) return;
      // Who waits for one event at a time, by adding a listener for each or in an async function, needs
      // every promise reaction to run in between; for others the next turn will do.
      if (needsTask) {
        queueTask(this.#dispatchNext);
        return;
      }
      if (this.#dispatched < this.#queue.length || this.#parsed < this.#chunk.length) {
        nextTurn.then(this.#dispatchNext);
        return;
      }
    }
    if (this.#overflow) this.#owner.overflowed(this.#overflow);
    else this.#parseSlice();
  };
}
