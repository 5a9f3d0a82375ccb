// The module's bytes out of the hexadecimal digits that wasm/embed.js wrote. The host's own
// function takes no time that shows. A loop in a cold interpreter takes most of a millisecond.
import { HostBuffer } from './host_buffer.js';

/**
 * For hosts without Uint8Array.fromHex().
 *
 * @param {string} digits - two for each byte, in lower case
 * @returns {Uint8Array<ArrayBuffer>} the bytes
 */
export const bytesWithoutHost = (digits) =>
  Uint8Array.from(/** @type {string[]} */ (digits.match(/../g)), (byte) => parseInt(byte, 16));

/**
 * @param {string} digits - two for each byte, in lower case
 * @returns {Uint8Array<ArrayBuffer>} the bytes
 */
export function embeddedBytes(digits) {
  // https://tc39.es/ecma262/#sec-uint8array.fromhex
  const bytes = /** @type {any} */ (Uint8Array).fromHex?.(digits);
  return bytes ?? HostBuffer?.from(digits, 'hex') ?? bytesWithoutHost(digits);
}
