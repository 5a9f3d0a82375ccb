// Text to UTF-8, also in hosts without TextEncoder: https://encoding.spec.whatwg.org/#utf-8-encoder

/**
 * @param {string} text
 * @returns {Uint8Array} its UTF-8; half a surrogate pair becomes U+FFFD
 */
export function encodeUtf8(text) {
  if (typeof TextEncoder === 'function') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(3 * text.length);
  let length = 0;
  for (const character of text) {
    let code = Number(character.codePointAt(0));
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    let shift = code < 0x800 ? 6 : code < 0x10000 ? 12 : 18;
    // As many ones as there are bytes, and a zero.
    bytes[length++] = (0xff00 >> (1 + shift / 6)) | (code >> shift);
    while (shift > 0) {
      shift -= 6;
      bytes[length++] = 0x80 | ((code >> shift) & 0x3f);
    }
  }
  return bytes.subarray(0, length);
}
