// Event types repeat: the strings of those seen lately are used again, so that none is cut out of the text
// and hashed anew for every event.

/** A power of two. */
const SLOTS = 16;

/** Code units of a type that is kept; a stream may send what it likes. */
const LONGEST = 64;

/** @type {string[]} */
const recent = new Array(SLOTS).fill('message');

/** Code units of a text that is not to be kept alive for the sake of one value. */
const LARGE = 1024;

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @returns {string} that slice of it, which does not keep a large text alive
 */
export function copyOf(text, from, to) {
  const slice = text.slice(from, to);
  return text.length > LARGE ? ` ${slice}`.slice(1) : slice;
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to - at least one code unit further
 * @returns {string} the type that stands there
 */
export function typeAt(text, from, to) {
  const length = to - from;
  const slot = (text.charCodeAt(from) + text.charCodeAt(to - 1) + length) % SLOTS;
  const known = recent[slot];
  // startsWith() goes character by character, which a slice is quicker than from some length on.
  if (
    known.length === length &&
    (length < 9 ? text.startsWith(known, from) : text.slice(from, to) === known)
  ) {
    return known;
  }
  const type = copyOf(text, from, to);
  if (length <= LONGEST) recent[slot] = type;
  return type;
}
