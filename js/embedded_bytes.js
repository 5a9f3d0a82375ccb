// The module's bytes out of the string that wasm/embed.js made of them.

/**
 * @param {string} text - printable ASCII: one character for a byte value below 89 (after the rotation),
 *   a prefix character and one more for the others
 * @param {number} size - the number of bytes
 * @param {number} rotation - what was added to every byte, modulo 256
 * @returns {Uint8Array<ArrayBuffer>} the bytes
 */
export function embeddedBytes(text, size, rotation) {
  const bytes = new Uint8Array(size);
  let written = 0;
  let plane = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const index = code - (code > 92 ? 36 : 35);
    if (plane === 0 && index >= 89) {
      plane = index === 89 ? 89 : 180;
    } else {
      bytes[written++] = index + plane - rotation;
      plane = 0;
    }
  }
  return bytes;
}
