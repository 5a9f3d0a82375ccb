// Reads a body, gives its bytes to the core, and dispatches what comes out, one event at a time.
import { now } from '../core/clock.js';
import { hostCore } from '../core/host_core.js';
import { lengthOf } from '../core/typed_array.js';
import {
  DEFAULT_EVENT_BYTES,
  STAGING_BYTES,
  STATUS_DONE,
  STATUS_NO_MEMORY,
  STATUS_TOO_LARGE,
} from '../core/record_layout.js';
import { bytesOf, cancel, partOf, sizeOf } from './byte_source.js';
import { messageOf } from './error_message.js';
import { beginRead, countdown, isOverdue, isOverdueAt, queueRun } from './run_time.js';
import { takeTurns } from './turns.js';

/**
 * @typedef {'network' | 'ended' | 'status' | 'type' | 'timeout' | 'idle' | 'too-large' | 'refused' | 'aborted'} FailureReason
 */

/**
 * Why a stream ended.
 *
 * @typedef {object} StreamFailure
 * @property {FailureReason} reason
 * @property {string} message - what happened, for people
 * @property {unknown} [error] - the exception, where there was one
 */
/** @typedef {import('../core/event_batch.js').EventBatch} EventBatch */

/**
 * @typedef {object} StreamOwner
 * @property {() => void} reading - bytes are asked for
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

const nothing = new Uint8Array();

export class StreamReader {
  #owner;
  #maxEventSize;
  /** @type {ByteReader | undefined} */
  #reader;
  /** @type {Uint8Array} the chunk that is being parsed */
  #chunk = nothing;
  /** Its length when it came: its buffer may shrink. */
  #size = 0;
  /** How much of it is parsed. */
  #parsed = 0;
  #status = STATUS_DONE;
  /** Whether there is more to parse when the batch's events are dispatched; unused while there is no batch. */
  #more = false;
  /** @type {EventBatch | undefined} */
  #batch;

  /**
   * @param {import('../core/handle.js').Handle} handle - of the connection in the core
   * @param {StreamOwner} owner
   * @param {number} [maxEventSize] - that the connection has in the core
   */
  constructor(handle, owner, maxEventSize = DEFAULT_EVENT_BYTES) {
    /** @readonly */
    this.handle = handle;
    this.#owner = owner;
    this.#maxEventSize = maxEventSize;
  }

  /**
   * Begins in a task of its own. So code that waits for `open` and only then adds listeners misses nothing.
   *
   * @param {ByteReader} reader - which is read until it ends, or until stop()
   */
  start(reader) {
    this.#reader = reader;
    this.#goLater(reader);
  }

  /** @returns {boolean} whether the body has not ended: where it broke off, something may still be open behind it */
  get isReading() {
    return this.#reader !== undefined;
  }

  /** @returns {boolean} whether bytes were asked for, and none are there */
  get isStarved() {
    return this.#size === 0;
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
    hostCore.machine.reset(this.handle.value);
  }

  #discard() {
    this.#batch?.drop();
    this.#batch = undefined;
    this.#chunk = nothing;
    this.#size = 0;
    this.#parsed = 0;
    this.#status = STATUS_DONE;
  }

  #read() {
    const reader = this.#reader;
    if (!reader) return;
    beginRead();
    const broken = (/** @type {unknown} */ error) => {
      if (reader !== this.#reader) return;
      this.#owner.ended({
        message: `The stream broke off: ${messageOf(error)}`,
        error,
        reason: 'network',
      });
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
    const reader = this.#reader;
    let chunk;
    let size = 0;
    try {
      if (!result?.done) {
        chunk = bytesOf(result?.value);
        size = sizeOf(chunk);
      }
    } catch (error) {
      if (reader === this.#reader) this.#failed(error);
      return;
    }
    // Whoever made the result may have closed this while it was read.
    if (reader !== this.#reader) return;
    if (!chunk) {
      this.#reader = undefined;
      this.#owner.ended({ message: 'The stream ended.', reason: 'ended' });
    } else if (size === 0) {
      // There may be no end of them.
      this.#goLater(reader);
    } else {
      this.#chunk = chunk;
      this.#size = size;
      this.#parsed = 0;
      this.#go(reader);
    }
  }

  /** @param {any} error - for which the stream cannot go on */
  #failed(error) {
    const reason = error instanceof RangeError ? 'too-large' : 'refused';
    this.#owner.failed({ message: messageOf(error), error, reason });
  }

  /** @param {ByteReader | undefined} reader - whose bytes are at hand, or were when a task was queued */
  #go(reader) {
    if (this.#step(reader)) takeTurns(() => this.#step(reader));
  }

  /**
   * Goes on in a task of its own. This is a method, because a closure inside of #step() would make engines allocate an
   * object for each event.
   *
   * @param {ByteReader | undefined} reader
   */
  #goLater(reader) {
    queueRun(() => this.#go(reader));
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
      // Read for every event, although only the last one of a batch needs it. Code that runs so seldom has not run yet
      // when WebKit compiles this function. Its first run would make WebKit throw the compiled code away.
      const more = this.#more;
      batch.next();
      const needed = this.#owner.dispatch(batch);
      // No listener has run, so no turn is needed.
      if (needed === NO_LISTENER) continue;
      if (reader !== this.#reader) break;
      // Some code waits for one event at a time: it adds a listener for each, or is an async function. It needs every
      // promise reaction to run in between. For other code the next turn is enough.
      if (needed === NEEDS_TASK || (--countdown.events <= 0 && isOverdue())) {
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
    if (this.#status === STATUS_NO_MEMORY) {
      const error = new RangeError('This host has no memory for an event.');
      this.#owner.ended({ message: error.message, error, reason: 'too-large' });
      return false;
    }
    const isFirst = this.#parsed === 0;
    if (this.#status === STATUS_DONE && this.#parsed === this.#size) {
      // An empty chunk is no sign of life.
      if (!this.isStarved) this.#owner.reading();
      this.#discard();
      this.#read();
      return false;
    }
    let batch;
    try {
      batch = this.#feed();
    } catch (error) {
      // The host makes no string of that length, for example; or the chunk's buffer is gone.
      this.#failed(error);
      return false;
    }
    this.#more = this.#status !== STATUS_DONE || this.#parsed !== this.#size;
    this.#batch = batch;
    const time = now();
    if (batch) batch.creation.timeStamp = time;
    if (!isOverdueAt(time, isFirst)) return true;
    this.#goLater(this.#reader);
    return false;
  }

  /**
   * @returns {EventBatch | undefined}
   * @throws {TypeError | RangeError} when an event is too large, or the chunk is not what it was when it came
   */
  #feed() {
    if (this.#status === STATUS_TOO_LARGE) {
      throw new RangeError(
        `An event is larger than ${this.#maxEventSize} bytes: see the option 'maxEventSize'.`,
      );
    }
    // How many bytes of the slice are parsed; 0 when the previous slice is used up.
    const offset = this.#parsed % STAGING_BYTES;
    const from = this.#parsed - offset;
    const length = Math.min(this.#size - from, STAGING_BYTES);
    // It may have grown since it came, and may be gone where it is staged already.
    const isWhole = length === this.#size && lengthOf(this.#chunk) <= length;
    const slice = isWhole ? this.#chunk : partOf(this.#chunk, from, length);
    const batch = hostCore.feed(this.handle.value, slice, offset);
    this.#status = hostCore.status;
    this.#parsed += hostCore.consumed;
    if (this.#status === STATUS_DONE && this.#parsed !== from + length) {
      throw new TypeError('A chunk was resized.');
    }
    return batch;
  }
}
