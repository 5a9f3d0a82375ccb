// The requests of a connection, in terms of fetch(): https://html.spec.whatwg.org/#dom-eventsource,
// steps 8 to 13, and https://html.spec.whatwg.org/#create-a-potential-cors-request

const ANY_URL = 'http://localhost/';

/**
 * @param {string} text
 * @returns {string} the bytes that it stands for, as a byte string
 */
function percentDecode(text) {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/**
 * @param {string} id
 * @returns {string} its UTF-8 bytes as a byte string, which is what header values in fetch() are
 */
const toByteString = (id) => percentDecode(encodeURIComponent(id));

/** @type {boolean | undefined} */
let takesText;

/**
 * Header values in fetch() are byte strings, but workerd takes text and sends its UTF-8 by itself.
 *
 * @param {string} id
 * @returns {string} what makes the host send the ID's UTF-8
 */
function headerValue(id) {
  try {
    takesText ??= Boolean(new Headers({ a: '\u2603' }));
  } catch {
    takesText = false;
  }
  return takesText ? id : toByteString(id);
}

/**
 * @param {RequestInit} options
 * @returns {boolean} whether the host makes a Request with them, which is never sent
 */
function takes(options) {
  try {
    return typeof Request !== 'function' || Boolean(new Request(ANY_URL, options));
  } catch {
    return false;
  }
}

/** @type {string[] | undefined} the names of the options that the host takes */
let accepted;

/**
 * Some hosts throw on options that they do not implement, whatever the values. All are tried together first,
 * because the first Requests of a process take long.
 *
 * @param {RequestInit} options - always the same names
 * @returns {RequestInit} those of them that the host takes
 */
function acceptedOptions(options) {
  const entries = Object.entries(options);
  accepted ??= (
    takes(options) ? entries : entries.filter(([name, value]) => takes({ [name]: value }))
  ).map(([name]) => name);
  return Object.fromEntries(entries.filter(([name]) => accepted?.includes(name)));
}

/**
 * fetch() refuses URLs with a user name and a password; they go where browsers put them. To another origin browsers
 * send none.
 *
 * @param {string} href
 * @returns {{url: string, authorization?: string}}
 */
function withoutCredentials(href) {
  if (!/^https?:\/\/[^/?#]*@/i.test(href) || typeof URL !== 'function') return { url: href };
  const url = new URL(href);
  const { username, password, origin } = url;
  url.username = '';
  url.password = '';
  if (enforcesCors() && origin !== ownOrigin()) return { url: url.href };
  const bytes = percentDecode(`${username}:${password}`);
  return { url: url.href, authorization: `Basic ${globalThis.btoa(bytes)}` };
}

/**
 * @param {string} href - of the stream
 * @param {{lastEventId: string, withCredentials: boolean, signal: AbortSignal | undefined}} options -
 *   an empty lastEventId sends no header
 * @returns {[string, RequestInit]} the arguments for fetch()
 */
export function streamRequest(href, { lastEventId, withCredentials, signal }) {
  const { url, authorization } = withoutCredentials(href);
  /** @type {Record<string, string>} */
  const headers = { Accept: 'text/event-stream' };
  if (authorization) headers.Authorization = authorization;
  /** @type {RequestInit} */
  const options = {
    cache: 'no-store',
    credentials: withCredentials ? 'include' : 'same-origin',
    mode: 'cors',
  };
  // Node without WebAssembly cannot load its own Request, and says so with an unhandled rejection.
  const hasRequest = typeof WebAssembly === 'object';
  if (lastEventId !== '') {
    headers['Last-Event-ID'] = hasRequest ? headerValue(lastEventId) : toByteString(lastEventId);
  }
  return [url, { ...(hasRequest ? acceptedOptions(options) : options), headers, signal }];
}

/** @type {DOMException | undefined} shared by all requests */
let abortReason;

/** @param {AbortController | undefined} controller - of a request that nobody needs any more */
export function abort(controller) {
  // abort() would make an exception with its stack each time, which costs more than all else of closing.
  if (!abortReason && typeof DOMException === 'function') {
    abortReason = new DOMException('The EventSource needs it no longer.', 'AbortError');
    // V8 keeps who is on the stack, with all that they hold, until it is read.
    Reflect.get(abortReason, 'stack');
  }
  controller?.abort(abortReason);
}

/** @returns {string | undefined} the origin that CORS protects others from, where the host has one */
const ownOrigin = () => /** @type {{location?: Location}} */ (globalThis).location?.origin;

/**
 * Deno's workers have a location, but its fetch() enforces no CORS. Where there is CORS, a Request drops
 * the headers that are forbidden: https://fetch.spec.whatwg.org/#forbidden-request-header
 */
function forbidsHeaders() {
  try {
    return !new Request(ANY_URL, { headers: { 'Sec-A': '1' } }).headers.has('Sec-A');
  } catch {
    return true;
  }
}

/**
 * @returns {boolean} whether the host's fetch() may refuse a response because of CORS, which looks like a network error:
 *   only hosts with an origin of their own, and browsers' rules, do that
 */
export const enforcesCors = () => typeof ownOrigin() === 'string' && forbidsHeaders();

/**
 * Asks whether the server answers at all, with a request whose answer nobody can read.
 *
 * @param {string} href - of the stream
 * @param {{fetch: typeof globalThis.fetch, origin: string, withCredentials: boolean,
 *   signal: AbortSignal | undefined}} options
 * @returns {Promise<boolean>} whether there is an answer that CORS can have refused
 */
export async function probe(href, { fetch, origin, withCredentials, signal }) {
  /** @type {RequestInit} */
  const options = {
    cache: 'no-store',
    credentials: withCredentials ? 'include' : 'same-origin',
    signal,
  };
  const { url } = withoutCredentials(href);
  try {
    if (origin === ownOrigin()) {
      // Only a redirect can lead to a refusal from here.
      const { type } = await fetch(url, { ...options, redirect: 'manual' });
      if (type !== 'opaqueredirect') return false;
    }
    await fetch(url, { ...options, mode: 'no-cors' });
    return true;
  } catch {
    return false;
  }
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
    throw new TypeError('its body is neither a ReadableStream nor an async iterable.');
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
