// UTF-8 to string, by the host's TextDecoder or Buffer; by a decoder of ours where an entry provides it.
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
 * Decodes where the host does not: js/core/utf8_without_host.js, in the entries for all hosts.
 *
 * @type {((bytes: Uint8Array) => string) | undefined}
 */
let decodeWithoutHost;

/** @param {(bytes: Uint8Array) => string} decode */
export function provideDecoder(decode) {
  decodeWithoutHost = decode;
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
  if (hostDecoder) return hostDecoder.decode(part);
  if (decodeWithoutHost) return decodeWithoutHost(part);
  throw new TypeError("This host has no TextDecoder: import 'eventsource-wasm/js'.");
}
