// UTF-8 to string: the host's TextDecoder, or for hosts without one the decoder of the Encoding Standard.
import { attempt, fromHost } from './from_host.js';
import { HostBuffer, sample, sampleText } from './host_buffer.js';

/** U+FEFF is dropped by the parser, at the start of the stream only: not here. */
const hostDecoder =
  fromHost('TextDecoder') &&
  attempt(() => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return decoder.decode(sample) === sampleText ? decoder : undefined;
  });

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

/**
 * Calling TextDecoder costs Node and Bun more than a small event does; beyond so many bytes it is at least as
 * fast.
 */
const LARGE = 32768;

/**
 * @param {ArrayBuffer} buffer
 * @returns {Uint8Array} what decodeUtf8() takes
 */
export const viewOfBytes = (buffer) =>
  HostBuffer ? HostBuffer.from(buffer) : new Uint8Array(buffer);

/**
 * @param {Uint8Array} bytes - made by viewOfBytes()
 * @param {number} start
 * @param {number} end
 * @returns {string} with U+FFFD for every ill-formed sequence
 */
export function decodeUtf8(bytes, start, end) {
  if (HostBuffer && end - start < LARGE) return /** @type {any} */ (bytes).utf8Slice(start, end);
  const part = bytes.subarray(start, end);
  return hostDecoder ? hostDecoder.decode(part) : decodeWithoutHost(part);
}
