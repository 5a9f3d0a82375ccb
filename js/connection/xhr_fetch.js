// A fetch() over XMLHttpRequest, for hosts whose own gives no body as a stream:
// docs/decisions/0030-fetch-over-xmlhttprequest.md
import { enforcesCors, ownOrigin } from './cors.js';
import { STANDS_IN } from './host_fetch.js';
import { XhrBody } from './xhr_body.js';

/** @typedef {import('./xhr_types.d.ts').XhrFetchInit} Init */

/** UTF-16 units of a response that a browser is made to keep. */
const MAX_CHARACTERS = 0x1000000;

/** @returns {Error} for signals that have no reason of their own */
function abortError() {
  const message = 'The request was aborted.';
  return typeof DOMException === 'function'
    ? new DOMException(message, 'AbortError')
    : Object.assign(new Error(message), { name: 'AbortError' });
}

/**
 * @param {string} url
 * @returns {boolean} whether a header that CORS does not know costs no request that asks for permission
 */
const mayAddHeaders = (url) => !enforcesCors() || url.startsWith(`${ownOrigin()}/`);

/**
 * @param {XMLHttpRequest} xhr - opened
 * @param {string} url
 * @param {Init} init
 */
function setHeaders(xhr, url, { headers = {}, cache }) {
  const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
  let saysCache = cache !== 'no-store' || !mayAddHeaders(url);
  for (const [name, value] of pairs) {
    saysCache ||= name.toLowerCase() === 'cache-control';
    xhr.setRequestHeader(name, value);
  }
  if (!saysCache) xhr.setRequestHeader('Cache-Control', 'no-cache');
}

/**
 * @param {string} url
 * @param {Init} init
 * @param {number} maxCharacters
 * @returns {Promise<import('./xhr_types.d.ts').XhrFetchResponse>}
 */
function request(url, init, maxCharacters) {
  const { method = 'GET', credentials, body: sent, signal } = init;
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    xhr.withCredentials = credentials === 'include';
    setHeaders(xhr, url, init);

    const over = () => {
      xhr.onreadystatechange = xhr.onprogress = xhr.onload = null;
      xhr.onerror = xhr.ontimeout = xhr.onabort = null;
      signal?.removeEventListener('abort', abort);
    };
    const abandon = () => {
      over();
      xhr.abort();
    };
    const body = new XhrBody(xhr, maxCharacters, abandon);
    /** @param {unknown} error */
    const fail = (error) => {
      over();
      reject(error);
      body.end(error);
    };
    const abort = () => {
      abandon();
      fail(signal?.reason ?? abortError());
    };
    const respond = () => {
      resolve({
        status: xhr.status,
        // React Native sets it after it has told of the headers.
        get url() {
          return xhr.responseURL ?? '';
        },
        headers: { get: (name) => xhr.getResponseHeader(name) },
        body,
      });
    };

    if (signal?.aborted) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort);
    xhr.onreadystatechange = () => {
      if (xhr.readyState === 2) respond();
      else if (xhr.readyState === 3) body.take();
    };
    xhr.onprogress = () => body.take();
    xhr.onload = () => {
      over();
      // Where the headers were not told of.
      respond();
      body.take();
      body.end();
    };
    // There, React Native has the message of the failure.
    xhr.onerror = () =>
      fail(new TypeError(`XMLHttpRequest failed: ${xhr.responseText || 'a network error'}`));
    xhr.ontimeout = () => fail(new TypeError('XMLHttpRequest failed: it took too long'));
    xhr.onabort = () => fail(abortError());
    xhr.send(sent);
  });
}

/**
 * @param {import('./xhr_types.d.ts').XhrFetchOptions} [options]
 * @returns {import('./xhr_types.d.ts').XhrFetch}
 */
export function createXhrFetch({ maxCharacters = MAX_CHARACTERS } = {}) {
  /** @type {import('./xhr_types.d.ts').XhrFetch} */
  const xhrFetch = (url, init = {}) => {
    const { mode = 'cors', redirect = 'follow' } = init;
    if (mode === 'cors' && redirect === 'follow') return request(url, init, maxCharacters);
    // No XMLHttpRequest is anything else; a probe is (probe.js).
    return new Promise((resolve) =>
      resolve(/** @type {any} */ (fetch(url, /** @type {any} */ (init)))),
    );
  };
  return Object.defineProperty(xhrFetch, STANDS_IN, { value: true });
}

export const xhrFetch = createXhrFetch();
