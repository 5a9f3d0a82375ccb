// UTF-8 to string for hosts without a TextDecoder that works: the decoder of the Encoding Standard.

/**
 * https://encoding.spec.whatwg.org/#utf-8-decoder
 *
 * @param {Uint8Array} bytes
 * @returns {string} with U+FFFD for every ill-formed sequence
 */
export function decodeWithoutHost(bytes) {
  let text = '';
  /** @type {number[]} */
  let codePoints = [];
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at++];
    let codePoint = 0xfffd;
    if (lead < 0x80) {
      codePoint = lead;
    } else if (lead >= 0xc2 && lead <= 0xf4) {
      let needed = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
      let value = lead & (0x3f >> needed);
      // The second byte: neither overlong, nor a surrogate, nor beyond U+10FFFF.
      let lower = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      let upper = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      while (needed > 0 && bytes[at] >= lower && bytes[at] <= upper) {
        value = (value << 6) | (bytes[at++] & 0x3f);
        lower = 0x80;
        upper = 0xbf;
        needed--;
      }
      if (needed === 0) codePoint = value;
    }
    codePoints.push(codePoint);
    // Arguments are limited in number.
    if (codePoints.length > 4096) {
      text += String.fromCodePoint(...codePoints);
      codePoints = [];
    }
  }
  return text + String.fromCodePoint(...codePoints);
}
