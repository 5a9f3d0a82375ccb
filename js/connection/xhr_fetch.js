// A fetch() over XMLHttpRequest, for hosts whose own gives no body as a stream:
// docs/decisions/0030-fetch-over-xmlhttprequest.md
import { textOf } from './byte_string.js';
import { enforcesCors, ownOrigin } from './cors.js';
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
 * What has the caches of browsers stand aside, and not only those on the way: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 * (step "If httpRequest's cache mode is "default" and …"). WebKit would even give two requests one response.
 *
 * @type {[string, string][]}
 */
const NO_STORE = [
  ['Cache-Control', 'no-cache'],
  ['If-Modified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
];

/** @param {string} url */
const isOwn = (url) => url.startsWith(`${ownOrigin()}/`);

/**
 * @param {XMLHttpRequest} xhr - opened
 * @param {Init} init
 */
function send(xhr, { headers = {}, cache, body }) {
  const pairs = [...(Symbol.iterator in headers ? headers : Object.entries(headers))];
  const names = new Set(pairs.map(([name]) => name.toLowerCase()));
  const others = cache === 'no-store' ? [...NO_STORE] : [];
  const isReactNatives = typeof xhr.overrideMimeType !== 'function';
  if (isReactNatives) {
    const isForm = body instanceof /** @type {any} */ (globalThis).URLSearchParams;
    if (isForm) body = `${body}`;
    // Without a type Android refuses to send it. Blob and FormData have their own.
    if (typeof body === 'string') {
      const type = isForm ? 'application/x-www-form-urlencoded' : 'text/plain';
      others.push(['Content-Type', `${type};charset=UTF-8`]);
    } else if (body?.byteLength >= 0) others.push(['Content-Type', 'application/octet-stream']);
  }
  // What is set twice is joined.
  pairs.push(...others.filter(([name]) => !names.has(name.toLowerCase())));
  for (const [name, value] of pairs) {
    // React Native sends the UTF-8 of header values, which are byte strings in fetch().
    xhr.setRequestHeader(name, isReactNatives ? textOf(value) : value);
  }
  xhr.send(body);
}

/**
 * @param {string} url
 * @param {Init} init
 * @param {number} maxCharacters
 * @returns {Promise<import('./xhr_types.d.ts').XhrFetchResponse>}
 */
function request(url, init, maxCharacters) {
  const { method = 'GET', credentials, signal } = init;
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    xhr.withCredentials = credentials === 'include';

    const over = () => {
      xhr.onreadystatechange = xhr.onprogress = xhr.onload = null;
      xhr.onerror = xhr.ontimeout = xhr.onabort = null;
      signal?.removeEventListener('abort', abort);
    };
    /** @type {Map<string, string> | undefined} of an aborted one, which has no headers itself */
    let kept;
    const abandon = () => {
      over();
      const text = xhr.getAllResponseHeaders?.() ?? '';
      const lines = text.matchAll(/^(.+?): *(.*?)\r?$/gm);
      kept = new Map([...lines].map(([, name, value]) => [name.toLowerCase(), value]));
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
        get redirected() {
          return this.url !== '' && this.url !== url.replace(/#.*/, '');
        },
        headers: {
          get: (name) =>
            kept ? (kept.get(name.toLowerCase()) ?? null) : xhr.getResponseHeader(name),
        },
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
    send(xhr, init);
  });
}

/**
 * @param {import('./xhr_types.d.ts').XhrFetchOptions} [options]
 * @returns {import('./xhr_types.d.ts').XhrFetch}
 */
export function createXhrFetch({ maxCharacters = MAX_CHARACTERS } = {}) {
  /** @type {import('./xhr_types.d.ts').XhrFetch} */
  const xhrFetch = async (url, init = {}) => {
    const { mode = 'cors', redirect = 'follow', cache, signal } = init;
    // No XMLHttpRequest is anything else; a probe is (probe.js). Outside of browsers only a redirect that is hidden from
    // us is asked for, and told of afterwards.
    if (mode !== 'cors' || (redirect !== 'follow' && enforcesCors())) {
      return /** @type {any} */ (fetch(url, /** @type {any} */ (init)));
    }
    const plain = { ...init, cache: undefined };
    if (cache !== 'no-store' || !enforcesCors()) return request(url, init, maxCharacters);
    // Its headers would have another origin asked for permission first.
    if (!isOwn(url)) return request(url, plain, maxCharacters);
    try {
      return await request(url, init, maxCharacters);
    } catch (error) {
      if (signal?.aborted) throw error;
      // A redirect may have led to another origin.
      return request(url, plain, maxCharacters);
    }
  };
  // To js/connection/host_fetch.js, in whichever bundle.
  return Object.defineProperty(xhrFetch, 'standsInForHost', { value: true });
}

export const xhrFetch = createXhrFetch();
