// What a user gave that cannot be, for a message.

/**
 * @param {string} rule
 * @param {unknown} value - that breaks it
 * @returns {string}
 */
export function mismatch(rule, value) {
  const text = Object(value) === value ? Object.prototype.toString.call(value) : String(value);
  return `EventSource: ${rule}, not ${text} (${typeof value}).`;
}
