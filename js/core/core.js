// The only file that touches the core's memory. A Core wraps one instance, WebAssembly or JavaScript,
// and serves all EventSources of the realm; a connection in it is a number, its handle.
import { EventBatch } from './event_batch.js';
import {
  CONSUMED,
  DEFAULT_EVENT_BYTES,
  RECORD_WORDS,
  RECORDS,
  STAGED,
  STAGING_BYTES,
  STATUS,
  STATUS_DONE,
  TEXT,
  TEXT_BYTES,
} from './record_layout.js';
import { takeRecords } from './record_pool.js';
import { lengthOf } from './typed_array.js';
import { decodeUtf8, viewOfBytes } from './utf8_decoder.js';

/**
 * What both cores export: wasm/exports.cpp. Handles and addresses are numbers, times are milliseconds
 * of any clock modulo 2^32, `random` is 16 random bits, and what is returned is an action.
 *
 * @typedef {object} CoreExports
 * @property {{readonly buffer: ArrayBuffer}} memory
 * @property {() => number} output
 * @property {(maxEventBytes: number) => number} create
 * @property {(handle: number) => void} destroy
 * @property {(handle: number, offset: number, length: number) => number} feed
 * @property {(handle: number, reconnectionTime: number, maxReconnectionTime: number, maxRetries: number,
 *   connectTimeout: number, idleTimeout: number, transient: boolean) => void} configure - 0 where none is given, but
 *   for maxRetries, which then is 0xFFFFFFFF
 * @property {(handle: number, fetchable: boolean, now: number) => number} start
 * @property {(handle: number, status: number, length: number, now: number, random: number, retryAfter: number) => number} respond
 * @property {(handle: number) => void} reset
 * @property {(handle: number, now: number, random: number) => number} end
 * @property {(handle: number, mayBeRefused: boolean, sentId: boolean, now: number, random: number) => number} fail
 * @property {(handle: number, answered: boolean, now: number, random: number) => number} probe
 * @property {(handle: number) => number} refuse
 * @property {(handle: number, now: number, random: number, wall: number) => number} elapse - `wall`: the time of day
 * @property {(handle: number, verdict: number, now: number, random: number) => number} decide - -1: give up; -2: retry;
 *   else the milliseconds to wait
 * @property {(handle: number, forced: boolean, now: number) => number} reconnect
 * @property {(handle: number, wall: number) => void} touch
 * @property {(handle: number, now: number, wall: number) => number} deadline - milliseconds until elapse(), or -1
 * @property {(handle: number) => number} failures - unsigned
 * @property {(handle: number) => number} reconnection_time
 */

export class Core {
  /** @type {CoreExports} */
  machine;
  /**
   * After feed(). STATUS_DONE: the slice is used up; STATUS_TOO_LARGE: an event exceeds what create() was given;
   * STATUS_NO_MEMORY: the host has none for it; else feed() must be called again, even with zero bytes.
   */
  status = STATUS_DONE;
  /** After feed(): bytes of the slice that it has parsed. */
  consumed = 0;
  #bytes = viewOfBytes(new ArrayBuffer(0));
  /** What is larger does not get in. */
  #stagingArea = new Uint8Array();
  #words = new Int32Array();
  #output;
  #detaches;
  /** Whose slice is in the staging area, and how many bytes of it: its buffer may be gone meanwhile. */
  #stagedFor = 0;
  #stagedBytes = 0;

  /** @param {CoreExports} machine */
  constructor(machine) {
    this.machine = machine;
    this.#output = machine.output() >>> 2;
    this.#detaches = `${machine.memory}` !== '[object Object]';
  }

  /** Memory that has grown has another buffer. So everything that uses the memory calls this first. */
  #renewViews() {
    const { memory } = this.machine;
    // To ask a WebAssembly.Memory for its buffer costs more than a small event. But growing detaches the buffer that
    // it had, and views on that are empty. The JavaScript core's memory is an ordinary object.
    const stale = this.#detaches ? this.#words.length === 0 : this.#words.buffer !== memory.buffer;
    if (stale) {
      this.#bytes = viewOfBytes(memory.buffer);
      this.#stagingArea = new Uint8Array(memory.buffer, (this.#output + STAGED) * 4, STAGING_BYTES);
      this.#words = new Int32Array(memory.buffer);
    }
  }

  /**
   * @param {number} [maxEventBytes] - that one event may have: an integer up to MAX_EVENT_BYTES
   * @returns {number} the handle of a new connection
   * @throws {RangeError} when there is no memory
   */
  create(maxEventBytes = DEFAULT_EVENT_BYTES) {
    const handle = this.machine.create(maxEventBytes);
    if (handle === 0) throw new RangeError('EventSource: no memory.');
    return handle;
  }

  /**
   * Gives the machine the response's status and Content-Type. Both may come from a fetch of the user's. So what is no
   * status becomes 0; a character that is no byte becomes one that no MIME type has; and a value that is longer than
   * the staging area counts as no value.
   *
   * @param {number} handle
   * @param {number} status
   * @param {string} contentType
   * @param {number} now
   * @param {number} random
   * @param {number} retryAfter - milliseconds that the server asks for, or 0
   * @returns {number} an action
   */
  respond(handle, status, contentType, now, random, retryAfter) {
    this.#renewViews();
    this.#stagedFor = 0;
    const length = contentType.length > STAGING_BYTES ? 0 : contentType.length;
    for (let i = 0; i < length; i++) {
      this.#stagingArea[i] = Math.min(contentType.charCodeAt(i), 255);
    }
    const known = status >>> 0 === status ? status : 0;
    return this.machine.respond(handle, known, length, now, random, retryAfter);
  }

  /**
   * Parses a slice from an offset on, up to where the core wants its events to be taken.
   *
   * @param {number} handle
   * @param {Uint8Array} slice - at most STAGING_BYTES
   * @param {number} offset
   * @returns {EventBatch | undefined} its events, if there are any
   */
  feed(handle, slice, offset) {
    this.#renewViews();
    // Listeners run between two calls for one slice, and other streams may have used the staging area meanwhile.
    if (offset === 0 || handle !== this.#stagedFor) {
      // Taken before the slice is copied: another thread may let it grow.
      const size = lengthOf(slice);
      this.#stagingArea.set(slice);
      this.#stagedFor = handle;
      this.#stagedBytes = size;
    }
    const length = Math.max(this.#stagedBytes - offset, 0);
    const count = this.machine.feed(handle, offset, length);
    this.#renewViews();
    const words = this.#words;
    const output = this.#output;
    this.status = words[output + STATUS];
    this.consumed = words[output + CONSUMED];
    if (count === 0) return undefined;
    const address = words[output + TEXT];
    const bytes = words[output + TEXT_BYTES];
    const from = output + RECORDS;
    return new EventBatch(
      decodeUtf8(this.#bytes, address, address + bytes),
      bytes,
      takeRecords(words, from, from + count * RECORD_WORDS),
      count,
    );
  }
}
