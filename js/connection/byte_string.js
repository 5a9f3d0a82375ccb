// Byte strings, which is what header values in fetch() are: each character is the byte of its number.
// https://webidl.spec.whatwg.org/#idl-ByteString
import { attempt } from '../core/from_host.js';

/**
 * @param {string} text
 * @returns {string} the bytes that it stands for, as a byte string
 */
export function percentDecode(text) {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/**
 * @param {string} text
 * @returns {string} its UTF-8, as a byte string
 */
export const toByteString = (text) => percentDecode(encodeURIComponent(text));

/**
 * @param {string} value
 * @returns {string} the text whose UTF-8 it is; or itself, if it is none
 */
export const textOf = (value) => attempt(() => decodeURIComponent(escape(value))) ?? value;
