// What hosts give as a body, as one kind of reader that gives one kind of chunk.
import { attempt } from '../core/from_host.js';
import { getterOf, lengthOf, prototype, typedArrayName } from '../core/typed_array.js';

/** @typedef {{read: () => Promise<{done?: boolean, value?: any}>, cancel?: () => unknown}} ByteReader */

/**
 * One reader for what hosts give as a body: a ReadableStream, or something that can be iterated over.
 *
 * @param {any} body - of the response; null where it is empty
 * @returns {ByteReader}
 * @throws {TypeError} when the body cannot be read as it arrives
 */
export function readerOf(body) {
  if (body === null) return { read: async () => ({ done: true }) };
  let reader;
  if (typeof body?.getReader === 'function') {
    reader = body.getReader();
  } else {
    const iterator = body?.[Symbol.asyncIterator]?.();
    if (typeof iterator?.next === 'function') {
      reader = { read: () => iterator.next(), cancel: () => iterator.return?.() };
    }
  }
  if (typeof reader?.read !== 'function') {
    throw new TypeError(
      "its body is no ReadableStream or async iterable: try 'eventsource-wasm/xhr'.",
    );
  }
  return reader;
}

const ofViews = ['buffer', 'byteOffset', 'byteLength'];
const ofTypedArray = ofViews.map((name) => getterOf(prototype, name));
const ofDataView = ofViews.map((name) => getterOf(DataView.prototype, name));
const bufferLength = getterOf(ArrayBuffer.prototype, 'byteLength');

/**
 * @param {any} chunk - of a body
 * @returns {Uint8Array} it, or a view of it
 * @throws {TypeError} when it is not made of bytes: a Proxy, say, or what merely inherits from Uint8Array
 */
export function bytesOf(chunk) {
  const name = typedArrayName(chunk);
  if (name === 'Uint8Array') return chunk;
  if (ArrayBuffer.isView(chunk)) {
    const [buffer, offset, length] = (name ? ofTypedArray : ofDataView).map((get) =>
      get.call(chunk),
    );
    return new Uint8Array(buffer, offset, length);
  }
  // Be it another realm's.
  const size = attempt(() => bufferLength.call(chunk));
  if (size === undefined) {
    throw new TypeError('The body does not give bytes.');
  }
  return new Uint8Array(chunk, 0, size);
}

/**
 * @param {Uint8Array} bytes
 * @returns {number} how many they are, whatever a subclass says
 * @throws {TypeError} when their buffer is gone
 */
export function sizeOf(bytes) {
  const size = lengthOf(bytes);
  return size === 0 ? new Uint8Array(bytes).length : size;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {number} length
 * @returns {Uint8Array} that part of them
 * @throws {TypeError | RangeError} when their buffer is gone, or has shrunk
 */
export function partOf(bytes, from, length) {
  const [buffer, offset] = ofTypedArray;
  return new Uint8Array(buffer.call(bytes), offset.call(bytes) + from, length);
}

/** @param {any} body - or its reader; nobody waits for it, and nobody hears whether it failed */
export function cancel(body) {
  new Promise((resolve) => resolve(body?.cancel?.())).catch(() => {});
}
