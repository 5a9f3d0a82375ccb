// The module's bytes out of the hexadecimal digits that wasm/embed.js wrote. What a host does itself takes it
// no time; an interpreter that sees a loop for the first time takes most of a millisecond.
import { HostBuffer } from './host_buffer.js';

/**
 * For hosts without Uint8Array.fromHex().
 *
 * @param {string} digits - two for each byte, in lower case
 * @returns {Uint8Array<ArrayBuffer>} the bytes
 */
export function bytesWithoutHost(digits) {
  const bytes = new Uint8Array(digits.length / 2);
  let count = 0;
  for (let i = 0; i < digits.length;) {
    const high = digits.charCodeAt(i++);
    const low = digits.charCodeAt(i++);
    // '0' is 48, 'a' is 97.
    bytes[count++] = ((high > 57 ? high - 87 : high - 48) << 4) | (low > 57 ? low - 87 : low - 48);
  }
  return bytes;
}

/**
 * @param {string} digits - two for each byte, in lower case
 * @returns {Uint8Array<ArrayBuffer>} the bytes
 */
export function embeddedBytes(digits) {
  // https://tc39.es/ecma262/#sec-uint8array.fromhex
  const bytes = /** @type {any} */ (Uint8Array).fromHex?.(digits);
  return bytes ?? HostBuffer?.from(digits, 'hex') ?? bytesWithoutHost(digits);
}
