// What hosts give as a body, as one kind of reader that gives one kind of chunk.

/** @typedef {{read: () => Promise<{done?: boolean, value?: any}>, cancel: () => unknown}} ByteReader */

/**
 * One reader for what hosts give as a body: a ReadableStream, or something that can be iterated over.
 *
 * @param {any} body - of the response; null where it is empty
 * @returns {ByteReader}
 * @throws {TypeError} when the body cannot be read as it arrives
 */
export function readerOf(body) {
  if (body === null) return { read: async () => ({ done: true }), cancel: () => {} };
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
      'its body is neither a ReadableStream nor an async iterable. Where fetch() has no better, give the option ' +
        "'fetch' the xhrFetch of 'eventsource-wasm/xhr'.",
    );
  }
  return reader;
}

/**
 * @param {any} chunk - of a body
 * @returns {Uint8Array}
 * @throws {TypeError} when it is not made of bytes
 */
export function bytesOf(chunk) {
  if (chunk instanceof Uint8Array) return chunk;
  if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  // Buffers and arrays of another realm are none of this one's classes.
  if (Object.prototype.toString.call(chunk) === '[object ArrayBuffer]') {
    return new Uint8Array(chunk);
  }
  throw new TypeError('The body of the response gives something other than bytes.');
}

/** @param {any} body - or its reader; nobody waits for it, and nobody hears whether it failed */
export function cancel(body) {
  new Promise((resolve) => resolve(body?.cancel?.())).catch(() => {});
}
