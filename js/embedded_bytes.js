// The module's bytes out of the string that wasm/embed.js made of them.

/**
 * @param {string} text - digits: one for a byte value below 91, for the others a prefix (91 or 92) and one more
 * @param {string} alphabet - the digits' characters, from 0 to 92
 * @returns {Uint8Array<ArrayBuffer>} the bytes
 */
export function embeddedBytes(text, alphabet) {
  /** @type {number[]} by the character's code: a search for each would take longer */
  const digits = [];
  for (let i = 0; i < alphabet.length; i++) digits[alphabet.charCodeAt(i)] = i;
  // Read once, by an interpreter that has not seen it before: the fewer steps, the sooner it is done.
  const bytes = new Uint8Array(text.length);
  let count = 0;
  for (let i = 0; i < text.length;) {
    let value = digits[text.charCodeAt(i++)];
    if (value > 90) value = (value - 90) * 91 + digits[text.charCodeAt(i++)];
    bytes[count++] = value;
  }
  return bytes.subarray(0, count);
}
