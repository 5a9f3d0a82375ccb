// Event types repeat: the strings of those seen lately are used again, so that none is cut out of the text
// and hashed anew for every event.
import { copyOf } from './own_copy.js';

/** A power of two. */
const SLOTS = 16;

/** Code units of a type that is kept; a stream may send what it likes. */
const LONGEST = 64;

/** @type {string[]} */
const recent = new Array(SLOTS).fill('message');

/** Up to so many code units, to compare them one by one is quicker than to make a string. */
const FEW = 8;

/** The one that was given last: mostly the next one as well. */
let latest = 'message';

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {string} known
 * @returns {boolean} whether it stands there
 */
function isAt(text, from, to, known) {
  const length = to - from;
  if (length !== known.length) return false;
  if (length > FEW) return text.slice(from, to) === known;
  for (let i = 0; i < length; i++) {
    if (text.charCodeAt(from + i) !== known.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to - at least one code unit further
 * @returns {string} the type that stands there
 */
export function typeAt(text, from, to) {
  if (isAt(text, from, to, latest)) return latest;
  const length = to - from;
  if (length > LONGEST) return copyOf(text, from, to);
  const slot = (text.charCodeAt(from) + text.charCodeAt(to - 1) + length) % SLOTS;
  latest = recent[slot];
  if (isAt(text, from, to, latest)) return latest;
  latest = copyOf(text, from, to);
  recent[slot] = latest;
  return latest;
}
