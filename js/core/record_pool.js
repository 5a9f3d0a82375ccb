// Where records are put when they are taken out of the core's memory. One array serves all batches that come
// one after the other, because hosts take long to make typed arrays and to collect them.
import { MAX_RECORDS, RECORD_WORDS } from './record_layout.js';

/** Up to so many words, a loop copies them in less time than it takes to make a view for a block copy. */
const FEW = 32;

const SIZE = MAX_RECORDS * RECORD_WORDS;

/** @type {Int32Array | undefined} none while a batch has it */
let spare = new Int32Array(SIZE);

/**
 * @param {Int32Array} words
 * @param {number} from
 * @param {number} to
 * @returns {Int32Array} which begins with those words, and may be longer
 */
export function takeRecords(words, from, to) {
  const records = spare;
  // Several streams use it at the same time.
  if (!records) return words.slice(from, to);
  spare = undefined;
  if (to - from > FEW) {
    records.set(words.subarray(from, to));
  } else {
    for (let i = from; i < to; i++) records[i - from] = words[i];
  }
  return records;
}

/** @param {Int32Array} records - from takeRecords(), which nobody reads any more */
export function giveBack(records) {
  if (records.length === SIZE) spare = records;
}
