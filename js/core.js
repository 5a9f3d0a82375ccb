// The only file that touches the core's memory. A Core wraps one instance, WebAssembly or JavaScript,
// and serves all EventSources of the realm; a connection in it is a number, its handle.
import { decodeUtf8 } from './utf8_decoder.js';
import {
  CONSUMED,
  DATA_LENGTH,
  DATA_LINES,
  ID_LENGTH,
  MAX_RECORDS,
  NONE,
  OWN_TEXT,
  OWN_TEXT_BYTES,
  RECORD_COUNT,
  RECORD_WORDS,
  RECORDS,
  STAGING_BYTES,
  STATUS,
  STATUS_DONE,
  STATUS_OWN_TEXT,
  STATUS_TOO_LARGE,
  TEXT_BYTES,
  TYPE_LENGTH,
} from './record_layout.js';

/**
 * What both cores export: wasm/exports.cpp. Handles and addresses are numbers, times are milliseconds
 * of any clock modulo 2^32, `random` is 16 random bits, and what is returned is an action.
 *
 * @typedef {object} CoreExports
 * @property {{readonly buffer: ArrayBuffer}} memory
 * @property {() => number} staging
 * @property {() => number} output
 * @property {() => number} create
 * @property {(handle: number) => void} destroy
 * @property {(handle: number, offset: number, length: number) => number} feed
 * @property {(handle: number, fetchable: number, now: number) => number} start
 * @property {(handle: number, status: number, length: number, now: number) => number} respond
 * @property {(handle: number) => void} reset
 * @property {(handle: number, now: number, random: number) => number} end
 * @property {(handle: number, mayBeRefused: number, sentId: number, now: number, random: number) => number} fail
 * @property {(handle: number, answered: number, now: number, random: number) => number} probe
 * @property {(handle: number, now: number) => number} elapse
 * @property {(handle: number) => number} reconnection_time
 */

/**
 * The events of one slice, ready to be dispatched: three entries each, the type (`null` where there is
 * no event and only the last event ID changes), the data, and the last event ID (`null`: unchanged).
 *
 * @typedef {Array<string | null>} EventQueue
 */

/** Thrown where an event is larger than 256 MiB or than the memory that the host gives. */
export class EventTooLargeError extends Error {}

export class Core {
  /** @type {CoreExports} */
  machine;
  #bytes = new Uint8Array();
  #words = new Uint32Array();
  #staging;
  #output;
  /** Types repeat: the previous one is kept, so that its hash is computed once. */
  #type = 'message';

  /** @param {CoreExports} machine */
  constructor(machine) {
    this.machine = machine;
    this.#staging = machine.staging();
    this.#output = machine.output() >>> 2;
  }

  /** Growing the memory detaches its buffer: every way into it comes through here. */
  #renewViews() {
    const { buffer } = this.machine.memory;
    if (this.#bytes.buffer !== buffer) {
      this.#bytes = new Uint8Array(buffer);
      this.#words = new Uint32Array(buffer);
    }
  }

  /**
   * @returns {number} the handle of a new connection
   * @throws {RangeError} when there is no memory
   */
  create() {
    const handle = this.machine.create();
    if (handle === 0) throw new RangeError('eventsource-wasm: no memory for another EventSource');
    return handle;
  }

  /**
   * The response's status and Content-Type (a byte string, as headers are) for the machine.
   *
   * @param {number} handle
   * @param {number} status
   * @param {string} contentType
   * @param {number} now
   * @returns {number} an action
   */
  respond(handle, status, contentType, now) {
    this.#renewViews();
    const length = Math.min(contentType.length, STAGING_BYTES);
    for (let i = 0; i < length; i++) this.#bytes[this.#staging + i] = contentType.charCodeAt(i);
    return this.machine.respond(handle, status, length, now);
  }

  /**
   * Parses one slice and appends its events to the queue.
   *
   * @param {number} handle
   * @param {Uint8Array} slice - at most STAGING_BYTES
   * @param {EventQueue} queue
   * @throws {EventTooLargeError} after having queued what came before that event
   */
  parse(handle, slice, queue) {
    this.#renewViews();
    this.#bytes.set(slice, this.#staging);
    let offset = 0;
    let status;
    do {
      this.machine.feed(handle, offset, slice.length - offset);
      this.#renewViews();
      status = this.#words[this.#output + STATUS];
      offset += this.#words[this.#output + CONSUMED];
      const count = this.#words[this.#output + RECORD_COUNT];
      if (count !== 0) this.#take(count, status === STATUS_OWN_TEXT, queue);
    } while (status !== STATUS_DONE && status !== STATUS_TOO_LARGE);
    if (status === STATUS_TOO_LARGE) {
      throw new EventTooLargeError(
        'An event exceeds 256 MiB, or the memory that this host allows.',
      );
    }
  }

  /**
   * @param {number} count
   * @param {boolean} lastHasOwnText
   * @param {EventQueue} queue
   */
  #take(count, lastHasOwnText, queue) {
    const words = this.#words;
    const shared = lastHasOwnText ? count - 1 : count;
    const firstRecord = this.#output + RECORDS;
    if (shared !== 0) {
      const text = this.#output * 4 + (RECORDS + MAX_RECORDS * RECORD_WORDS) * 4;
      this.#split(text, words[this.#output + TEXT_BYTES], firstRecord, shared, queue);
    }
    if (lastHasOwnText) {
      const record = firstRecord + shared * RECORD_WORDS;
      const { [this.#output + OWN_TEXT]: text, [this.#output + OWN_TEXT_BYTES]: size } = words;
      this.#split(text, size, record, 1, queue);
    }
  }

  /**
   * Decodes a run of values once and cuts it into the values of its records.
   *
   * @param {number} address
   * @param {number} size - in bytes
   * @param {number} record - the first one, in words
   * @param {number} count
   * @param {EventQueue} queue
   */
  #split(address, size, record, count, queue) {
    const words = this.#words;
    const text = decodeUtf8(this.#bytes.subarray(address, address + size));
    // No sequence of bytes gives more code units than it has bytes: equal lengths mean that every byte
    // became one unit, and then the records' lengths are offsets into the text.
    const bytesAreUnits = text.length === size;
    let at = 0;
    let lastId = -1;
    for (const end = record + count * RECORD_WORDS; record < end; record += RECORD_WORDS) {
      const isEvent = words[record + DATA_LENGTH] !== NONE;
      const typeLength = words[record + TYPE_LENGTH];
      const hasId = words[record + ID_LENGTH] !== NONE;
      let dataEnd;
      let typeEnd;
      let idEnd;
      if (bytesAreUnits) {
        dataEnd = at + (isEvent ? words[record + DATA_LENGTH] : 0);
        typeEnd = dataEnd + 1 + typeLength;
        idEnd = hasId ? typeEnd + 1 + words[record + ID_LENGTH] : typeEnd;
      } else {
        dataEnd = text.indexOf('\n', at);
        for (let line = words[record + DATA_LINES]; line > 1; line--) {
          dataEnd = text.indexOf('\n', dataEnd + 1);
        }
        typeEnd = text.indexOf('\n', dataEnd + 1);
        idEnd = hasId ? text.indexOf('\n', typeEnd + 1) : typeEnd;
      }
      const id = hasId ? text.slice(typeEnd + 1, idEnd) : null;
      if (isEvent) {
        queue.push(this.#typeAt(text, dataEnd + 1, typeEnd), text.slice(at, dataEnd), id);
      } else {
        queue.push(null, '', id);
      }
      if (id !== null) lastId = queue.length - 1;
      at = idEnd + 1;
    }
    // The last event ID outlives the chunk. As a slice it would keep the chunk's whole text alive.
    if (lastId >= 0 && size > 1024) queue[lastId] = ` ${queue[lastId]}`.slice(1);
  }

  /**
   * "If the event type buffer is not the empty string": https://html.spec.whatwg.org/#dispatchMessage
   *
   * @param {string} text
   * @param {number} start
   * @param {number} end
   * @returns {string}
   */
  #typeAt(text, start, end) {
    if (start === end) return 'message';
    if (end - start !== this.#type.length || !text.startsWith(this.#type, start)) {
      this.#type = text.slice(start, end);
    }
    return this.#type;
  }
}
