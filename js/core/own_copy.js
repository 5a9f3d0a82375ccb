// Strings that live longer than the text that they were cut out of. As slices they would keep all of it alive.

/** A text of so many code units is too large to be kept alive for one value. */
const LARGE = 1024;

/**
 * @param {string} value
 * @returns {string} the same, which is a slice of nothing else
 */
export function ownCopy(value) {
  return ` ${value}`.slice(1);
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @returns {string} that slice of it, which does not keep a large text alive
 */
export function copyOf(text, from, to) {
  const slice = text.slice(from, to);
  return text.length > LARGE ? ownCopy(slice) : slice;
}
