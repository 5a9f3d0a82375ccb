// Reads a body, gives its bytes to the core, and dispatches what comes out, one event at a time.
import { now } from '../core/clock.js';
import { hostCore } from '../core/host_core.js';
import {
  DEFAULT_EVENT_BYTES,
  STAGING_BYTES,
  STATUS_DONE,
  STATUS_NO_MEMORY,
  STATUS_TOO_LARGE,
} from '../core/record_layout.js';
import { bytesOf, cancel } from './byte_source.js';
import { messageOf } from './error_message.js';
import { queueTask } from './task.js';
import { takeTurns } from './turns.js';

/**
 * Why a stream ended.
 *
 * @typedef {object} StreamFailure
 * @property {string} message - what happened, for people
 * @property {unknown} [error] - the exception, where there was one
 */
/** @typedef {import('../core/event_batch.js').EventBatch} EventBatch */

/**
 * @typedef {object} StreamOwner
 * @property {(batch: EventBatch) => 0 | 1 | 2} dispatch - the batch's event at hand; gives NO_LISTENER,
 *   NEEDS_MICROTASK or NEEDS_TASK
 * @property {(failure: StreamFailure) => void} ended - the body has ended or broken off, or there is no memory for it
 * @property {(failure: StreamFailure) => void} failed - the stream cannot go on: an event is too large, or its chunks
 *   are not made of bytes
 */

/** @typedef {import('./byte_source.js').ByteReader} ByteReader */

// What has to come between an event and the next one: docs/decisions/0005-one-turn-for-each-event.md
/** Nothing: no listener was called. */
export const NO_LISTENER = 0;
/** A microtask: listeners were called. */
export const NEEDS_MICROTASK = 1;
/** A task: listeners came or went, or gave a promise, so that many promise reactions may follow. */
export const NEEDS_TASK = 2;

/**
 * Milliseconds after which timers and the page have their turn, however fast the stream is. Hosts that have
 * no setImmediate() take up to 0.4 ms for a task, many times what a chunk costs.
 */
const LONGEST_RUN = 8;

/** Milliseconds: a read that took longer has waited for the network, and others have had their turn. */
const WAITED = 1;

/** So many small slices are parsed before anybody looks at the clock, which takes as long as a small event. */
const UNTIMED_SLICES = 8;

/** Bytes of a slice that is not small. */
const LARGE = 4096;

/**
 * Slices after which there is a task whatever the clock says: some hosts stop it while scripts run, and not
 * every read that took long has waited.
 */
const MOST_SLICES = 1024;

const nothing = new Uint8Array();

export class StreamReader {
  #handle;
  #owner;
  #maxEventSize;
  /** @type {ByteReader | undefined} */
  #reader;
  /** @type {Uint8Array} the chunk that is being parsed */
  #chunk = nothing;
  /** How much of it is cut into slices. */
  #cut = 0;
  /** @type {Uint8Array} */
  #slice = nothing;
  /** How much of the slice is parsed. */
  #parsed = 0;
  #status = STATUS_DONE;
  /** Whether there is more to parse when the batch's events are dispatched; means nothing without one. */
  #more = false;
  /** @type {EventBatch | undefined} */
  #batch;
  /** Slices since others had their turn, as far as is known; those not small count for many. */
  #slices = 0;
  /** Slices since they had it for certain. */
  #unbroken = 0;
  /** When the first of them was parsed, in whole milliseconds, which engines keep without an object. */
  #since = 0;
  /** When the read was begun, likewise. */
  #asked = 0;

  /**
   * @param {number} handle - of the connection in the core
   * @param {StreamOwner} owner
   * @param {number} [maxEventSize] - that the connection has in the core
   */
  constructor(handle, owner, maxEventSize = DEFAULT_EVENT_BYTES) {
    this.#handle = handle;
    this.#owner = owner;
    this.#maxEventSize = maxEventSize;
  }

  /**
   * Begins in a task of its own: who waits for `open` and adds listeners then misses nothing.
   *
   * @param {ByteReader} reader - which is read until it ends, or until stop()
   */
  start(reader) {
    this.#reader = reader;
    this.#readLater(reader);
  }

  /** @returns {boolean} whether the body has more, as far as is known */
  get isReading() {
    return this.#reader !== undefined;
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
    this.#batch?.drop();
    this.#batch = undefined;
    this.#chunk = nothing;
    this.#cut = 0;
    this.#slice = nothing;
    this.#parsed = 0;
    this.#status = STATUS_DONE;
  }

  /** @param {ByteReader | undefined} reader */
  #readLater(reader) {
    queueTask(() => {
      if (reader === this.#reader) this.#read();
    });
  }

  #read() {
    const reader = this.#reader;
    if (!reader) return;
    if (this.#slices > UNTIMED_SLICES) this.#asked = Math.trunc(now());
    const broken = (/** @type {unknown} */ error) => {
      if (reader !== this.#reader) return;
      this.#reader = undefined;
      this.#owner.ended({ message: `The stream broke off: ${messageOf(error)}`, error });
    };
    try {
      Promise.resolve(reader.read()).then((result) => {
        if (reader === this.#reader) this.#chunkRead(/** @type {any} */ (result));
      }, broken);
    } catch (error) {
      // A body, or a promise, of somebody else's making.
      broken(error);
    }
  }

  /** @param {{done?: boolean, value?: any} | undefined} result */
  #chunkRead(result) {
    let chunk;
    try {
      if (!result?.done) chunk = bytesOf(result?.value);
    } catch (error) {
      this.#owner.failed({ message: messageOf(error), error });
      return;
    }
    if (!chunk) {
      this.#reader = undefined;
      this.#owner.ended({ message: 'The stream ended.' });
      return;
    }
    const reader = this.#reader;
    if (chunk.length === 0) {
      // There may be no end of them.
      this.#readLater(reader);
      return;
    }
    this.#chunk = chunk;
    this.#cut = 0;
    if (this.#slices > UNTIMED_SLICES && Math.trunc(now()) - this.#asked > WAITED) this.#slices = 0;
    this.#go(reader);
  }

  /** @param {ByteReader | undefined} reader - whose bytes are at hand, or were when a task was queued */
  #go(reader) {
    if (this.#step(reader)) takeTurns(() => this.#step(reader));
  }

  /**
   * Goes on in a task of its own. Not written where it is called: engines make an object for what closures refer
   * to, whenever a function runs that has one in it, and #step() does for each event.
   *
   * @param {ByteReader | undefined} reader
   */
  #goLater(reader) {
    queueTask(() => this.#go(reader));
  }

  /**
   * Dispatches the next event, after parsing where none is at hand.
   *
   * @param {ByteReader | undefined} reader
   * @returns {boolean} whether another step is to follow in the next turn
   */
  #step(reader) {
    if (reader === undefined) return false;
    while (reader === this.#reader) {
      const batch = this.#batch;
      if (!batch?.hasNext) {
        if (this.#parse()) continue;
        return false;
      }
      // Looked at for every event, though it matters after the last of a batch alone: what runs so seldom has
      // not run yet when WebKit compiles this, and makes it throw the code away.
      const more = this.#more;
      batch.next();
      const needed = this.#owner.dispatch(batch);
      // No script has run, which a turn could be for.
      if (needed === NO_LISTENER) continue;
      if (reader !== this.#reader) break;
      // Who waits for one event at a time, by adding a listener for each or in an async function, needs
      // every promise reaction to run in between; for others the next turn will do.
      if (needed === NEEDS_TASK) {
        this.#goLater(reader);
        return false;
      }
      if (batch.hasNext || more) return true;
    }
    return false;
  }

  /**
   * Feeds what is left of the slice, or the chunk's next one; or reads on.
   *
   * @returns {boolean} whether to go on at once
   */
  #parse() {
    if (this.#status === STATUS_TOO_LARGE) {
      const error = new RangeError(
        `An event is larger than ${this.#maxEventSize} bytes, which the option 'maxEventSize' allows.`,
      );
      this.#owner.failed({ message: error.message, error });
      return false;
    }
    if (this.#status === STATUS_NO_MEMORY) {
      const error = new RangeError('This host has no memory left for an event of the stream.');
      this.#owner.ended({ message: error.message, error });
      return false;
    }
    let isFirst = false;
    if (this.#status === STATUS_DONE) {
      if (this.#cut >= this.#chunk.length) {
        this.#discard();
        this.#read();
        return false;
      }
      this.#slice =
        this.#chunk.length <= STAGING_BYTES
          ? this.#chunk
          : this.#chunk.subarray(this.#cut, this.#cut + STAGING_BYTES);
      this.#cut += this.#slice.length;
      this.#parsed = 0;
      isFirst = this.#slices === 0;
      this.#slices += this.#slice.length > LARGE ? UNTIMED_SLICES + 1 : 1;
      this.#unbroken++;
    }
    let batch;
    try {
      batch = hostCore.feed(this.#handle, this.#slice, this.#parsed);
    } catch (error) {
      // The host makes no string of that length, for example.
      this.#owner.failed({ message: messageOf(error), error });
      return false;
    }
    this.#status = hostCore.status;
    this.#parsed += hostCore.consumed;
    this.#more = this.#status !== STATUS_DONE || this.#cut < this.#chunk.length;
    this.#batch = batch;
    const isTimed = this.#slices > UNTIMED_SLICES;
    if (!batch && !isFirst && !isTimed) return true;
    const time = now();
    if (batch) batch.creation.timeStamp = time;
    if (isFirst) this.#since = Math.trunc(time);
    const ran = time - this.#since;
    // A clock that was set back would be waited for.
    const mayGoOn = !isTimed || (ran >= 0 && ran < LONGEST_RUN);
    if (mayGoOn && this.#unbroken < MOST_SLICES) return true;
    this.#slices = 0;
    this.#unbroken = 0;
    this.#goLater(this.#reader);
    return false;
  }
}
