// The exceptions of the web platform: https://webidl.spec.whatwg.org/#idl-DOMException
import { attempt } from './from_host.js';

/**
 * @param {string} message
 * @param {string} name
 * @param {number} code - the legacy one of that name
 * @returns {DOMException} or an Error that reads like it
 */
export function domException(message, name, code) {
  /** @type {any} */
  const error =
    attempt(() => new DOMException(message, name)) ?? Object.assign(new Error(message), { name });
  // The edge runtime's has no code.
  return error.code === code ? error : Object.defineProperty(error, 'code', { value: code });
}
