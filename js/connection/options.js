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
 * @param {string} name - of the option
 * @param {unknown} value
 * @param {number} most
 * @returns {number | undefined} the value, which may be left out
 * @throws {TypeError} when it is no number
 * @throws {RangeError} when it is no integer from 1 to `most`
 */
function positiveInteger(name, value, most) {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) {
    return value;
  }
  const Kind = typeof value === 'number' ? RangeError : TypeError;
  throw new Kind(
    `EventSource: the option '${name}' must be an integer from 1 to ${most}, not ${shown(value)}.`,
  );
}

/**
 * @param {any} options
 * @returns {number | undefined} bytes
 * @throws {TypeError} when it is no number
 * @throws {RangeError} when it is not one of those allowed
 */
export function readMaxEventSize({ maxEventSize }) {
  return positiveInteger('maxEventSize', maxEventSize, MAX_EVENT_BYTES);
}
