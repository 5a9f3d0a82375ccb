// What a user gave, for a message.

/**
 * @param {unknown} value
 * @returns {string}
 */
export function shown(value) {
  const text = Object(value) === value ? Object.prototype.toString.call(value) : String(value);
  return `${text} (${typeof value})`;
}
