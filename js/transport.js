// The requests of a connection, in terms of fetch(): https://html.spec.whatwg.org/#dom-eventsource,
// steps 8 to 13, and https://html.spec.whatwg.org/#create-a-potential-cors-request

/**
 * @param {string} id
 * @returns {string} its UTF-8 bytes as a byte string, which is what header values in fetch() are
 */
function toByteString(id) {
  return encodeURIComponent(id).replace(/%(..)/g, (_, hex) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

/** @type {RequestInit | undefined} */
let accepted;

/**
 * Some hosts throw on options that they do not implement. Each is tried once, on a Request that is never
 * sent.
 *
 * @param {RequestInit} options
 * @returns {RequestInit} those of them that the host takes
 */
function acceptedOptions(options) {
  if (typeof Request !== 'function') return options;
  accepted ??= Object.fromEntries(
    Object.entries({ cache: 'no-store', credentials: 'same-origin', mode: 'cors' }).filter(
      ([name, value]) => {
        try {
          return new Request('http://localhost/', { [name]: value });
        } catch {
          return false;
        }
      },
    ),
  );
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => name in /** @type {object} */ (accepted)),
  );
}

/**
 * @param {string} url
 * @param {{lastEventId: string, withCredentials: boolean, signal: AbortSignal | undefined}} options -
 *   an empty lastEventId sends no header
 * @returns {[string, RequestInit]} the arguments for fetch()
 */
export function streamRequest(url, { lastEventId, withCredentials, signal }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'text/event-stream' };
  if (lastEventId !== '') headers['Last-Event-ID'] = toByteString(lastEventId);
  const options = acceptedOptions({
    cache: 'no-store',
    credentials: withCredentials ? 'include' : 'same-origin',
    mode: 'cors',
  });
  return [url, { ...options, headers, signal }];
}

/**
 * A request whose answer nobody can read: that there is one proves that it was CORS which refused the
 * stream. The host's own fetch() sends it, because a user's may do more than that.
 *
 * @param {string} url
 * @param {{withCredentials: boolean, signal: AbortSignal | undefined}} options
 * @returns {Promise<boolean>} whether the server answered
 */
export function probe(url, { withCredentials, signal }) {
  return fetch(url, {
    cache: 'no-store',
    credentials: withCredentials ? 'include' : 'same-origin',
    mode: 'no-cors',
    signal,
  }).then(
    () => true,
    () => false,
  );
}

/**
 * @param {string} origin - of the stream
 * @returns {boolean} whether the host may refuse the stream because of CORS, which looks like a network
 *   error: only hosts with an origin of their own do, and only to others
 */
export function isCrossOrigin(origin) {
  const own = /** @type {{location?: Location}} */ (globalThis).location?.origin;
  return typeof own === 'string' && own !== origin && typeof fetch === 'function';
}

/**
 * One reader for what hosts give as a body: a ReadableStream, or something that can be iterated over.
 *
 * @param {any} body - of the response; null where it is empty
 * @returns {{read: () => Promise<{done?: boolean, value?: any}>, cancel: () => unknown}}
 * @throws {TypeError} when the body cannot be read as it arrives
 */
export function readerOf(body) {
  if (body === null) return { read: async () => ({ done: true }), cancel: () => {} };
  if (typeof body?.getReader === 'function') return body.getReader();
  const iterator = body?.[Symbol.asyncIterator]?.();
  if (!iterator) {
    throw new TypeError(
      'EventSource: fetch() must give a response whose body is a ReadableStream.',
    );
  }
  return { read: () => iterator.next(), cancel: () => iterator.return?.() };
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
  throw new TypeError('EventSource: the body of the response must give chunks of bytes.');
}
