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
  const bytes = [];
  let plane = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = digits[text.charCodeAt(i)];
    if (digit > 90) {
      plane = (digit - 90) * 91;
    } else {
      bytes.push(plane + digit);
      plane = 0;
    }
  }
  return new Uint8Array(bytes);
}
