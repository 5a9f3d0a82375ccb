// What one call of the core's feed() gave: text, and records of where the values are in it. Strings are cut
// out of the text when their event's turn comes. So none is made for an event that is dropped before.
import {
  DATA_LENGTH,
  DATA_LINES,
  ID_LENGTH,
  NONE,
  RECORD_WORDS,
  TYPE_LENGTH,
} from './record_layout.js';
import { giveBack } from './record_pool.js';
import { copyOf } from './own_copy.js';
import { typeAt } from './recent_types.js';

/** Of a batch that has given its own back. */
const none = new Int32Array();

export class EventBatch {
  /** The type of the event at hand; null where there is none and only the last event ID changes. */
  type = /** @type {string | null} */ (null);
  data = '';
  /** The last event ID that its block set; null: unchanged. */
  id = /** @type {string | null} */ (null);
  /**
   * All its events share it: by the standard they are created while their chunk is parsed. The time is no integer
   * even before it is known. V8 stores integers in another way, and would throw its code away whenever a
   * fraction comes (up to Node 20, for good).
   */
  creation = { origin: '', timeStamp: NaN };
  #text;
  #records;
  /** Where the last record ends, in words. */
  #end;
  /** Where the next record begins, in words. */
  #record = 0;
  /** Where the next value begins in the text. */
  #at = 0;
  #bytesAreUnits;

  /**
   * @param {string} text
   * @param {number} bytes - that were decoded to the text
   * @param {Int32Array} records - of src/event_record.h, by takeRecords()
   * @param {number} count - of them, at least one
   */
  constructor(text, bytes, records, count) {
    this.#text = text;
    this.#records = records;
    this.#end = count * RECORD_WORDS;
    // No sequence of bytes gives more code units than it has bytes. So equal lengths mean that every byte became one
    // unit. Then the records' lengths are offsets into the text.
    this.#bytesAreUnits = text.length === bytes;
  }

  /** @returns {boolean} whether next() has another record to go to */
  get hasNext() {
    return this.#record !== this.#end;
  }

  /** Goes to the next record: sets `type`, `data` and `id`. */
  next() {
    const text = this.#text;
    const records = this.#records;
    const record = this.#record;
    const start = this.#at;
    const isEvent = records[record + DATA_LENGTH] !== NONE;
    const typeLength = records[record + TYPE_LENGTH];
    const idLength = records[record + ID_LENGTH];
    const hasId = idLength !== NONE;
    let dataEnd;
    let typeEnd;
    let end;
    if (this.#bytesAreUnits) {
      dataEnd = start + (isEvent ? records[record + DATA_LENGTH] : 0);
      typeEnd = dataEnd + 1 + typeLength;
      end = hasId ? typeEnd + 1 + idLength : typeEnd;
    } else {
      dataEnd = text.indexOf('\n', start);
      for (let line = records[record + DATA_LINES]; line > 1; line--) {
        dataEnd = text.indexOf('\n', dataEnd + 1);
      }
      typeEnd = text.indexOf('\n', dataEnd + 1);
      end = hasId ? text.indexOf('\n', typeEnd + 1) : typeEnd;
    }
    // "If the event type buffer is not the empty string": https://html.spec.whatwg.org/#dispatchMessage
    if (!isEvent) {
      this.type = null;
    } else if (typeLength === 0) {
      this.type = 'message';
    } else {
      this.type = typeAt(text, dataEnd + 1, typeEnd);
    }
    if (isEvent) this.data = text.slice(start, dataEnd);
    const next = record + RECORD_WORDS;
    const isLast = next === this.#end;
    if (!hasId) {
      this.id = null;
    } else if (isLast || records[next + ID_LENGTH] === NONE) {
      // The last event ID outlives the batch. As a slice it would keep the batch's whole text alive.
      this.id = copyOf(text, typeEnd + 1, end);
    } else {
      this.id = text.slice(typeEnd + 1, end);
    }
    this.#at = end + 1;
    this.#record = next;
    if (isLast) this.drop();
  }

  /** Drops the records that next() has not reached. */
  drop() {
    giveBack(this.#records);
    this.#records = none;
    this.#record = this.#end;
  }
}
