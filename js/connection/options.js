// What the options of users have in common.
import { MAX_EVENT_BYTES } from '../core/record_layout.js';

/**
 * @param {unknown} value - whatever a user gives
 * @returns {string} it, for a message
 */
function shown(value) {
  const text = Object(value) === value ? Object.prototype.toString.call(value) : String(value);
  return `${text} (${typeof value})`;
}

/**
 * @param {any} options
 * @returns {number | undefined} bytes, which may be left out
 * @throws {TypeError} when it is no number
 * @throws {RangeError} when it is no integer from 1 to MAX_EVENT_BYTES
 */
export function readMaxEventSize({ maxEventSize }) {
  if (
    maxEventSize === undefined ||
    (Number.isInteger(maxEventSize) && maxEventSize >= 1 && maxEventSize <= MAX_EVENT_BYTES)
  ) {
    return maxEventSize;
  }
  const Kind = typeof maxEventSize === 'number' ? RangeError : TypeError;
  throw new Kind(
    `EventSource: the option 'maxEventSize' must be an integer from 1 to ${MAX_EVENT_BYTES}, not ${shown(maxEventSize)}.`,
  );
}
