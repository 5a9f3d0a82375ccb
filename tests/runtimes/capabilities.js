/**
 * What a behaviour may need of its runtime, and the words for a skip where the runtime lacks it.
 *
 * A driver declares what its runtime has; the suite never sniffs, so that a skip is always somebody's
 * decision.
 */
export const CAPABILITIES = {
  'abort-controller': 'this host has no AbortController',
  'accessor-names':
    'classes are compiled to functions here, and then getters and setters have no names of their own',
  'base-url': 'this host has no HTTP URL to resolve a relative one against',
  blob: 'this host has no Blob, or nothing stands in for it here',
  cookies: 'this host keeps no cookies',
  'core-module':
    'the JavaScript core runs here: the entry has no other, or nothing compiles WebAssembly',
  cors: 'this host enforces no CORS',
  document: 'there is no document here',
  'dom-exception': 'this host has no DOMException',
  'event-constructors': 'this host has no Event for a user to construct',
  'event-target': 'this host has no EventTarget',
  extras: 'this implementation has nothing beyond the standard',
  'fetch-option': 'this implementation takes no fetch in its init dictionary',
  'form-data': 'this host has no FormData',
  'headers-class': 'this host has no Headers',
  'host-fetch':
    'this host has no fetch of its own, and those that are given know which schemes they take',
  'http-cache': 'this host keeps no HTTP cache',
  'manual-redirects': 'this host follows redirects, and tells of them afterwards',
  'message-event': 'this host has no MessageEvent',
  'no-cache-mode': 'this host takes a cache mode in requests',
  'no-base-url': 'this host resolves relative URLs',
  'readable-stream': 'this host has no ReadableStream',
  'request-streams': 'this host sends no stream as the body of a request, or not over HTTP/1.1',
  'stream-source': 'this implementation takes no stream that is open already',
  'symbol-dispose': 'this engine has no Symbol.dispose',
  'transform-stream': 'this host has no TransformStream',
  'url-search-params': 'this host has no URLSearchParams',
  'uncaught-hook': 'this host gives no notice of uncaught errors',
  'xhr-keeps-text': 'no XMLHttpRequest here keeps all text of a response',
  'xhr-lets-go-of-text': 'no XMLHttpRequest here lets go of the text that was read',
  'xml-http-request': 'this host has no XMLHttpRequest',
};

/** @typedef {keyof typeof CAPABILITIES} Capability */

/**
 * What the project's own implementation has, and others need not.
 *
 * @type {Capability[]}
 */
export const OUR_OWN = ['core-module', 'extras', 'fetch-option', 'stream-source'];

/**
 * @param {string} entry The path of the module under test, of the sources or of the built package.
 * @param {boolean} compiles Whether the host compiles bytes while scripts load.
 * @returns {Capability[]} What of its own the project has there.
 */
export function capabilitiesOfEntry(entry, compiles) {
  const hasModule =
    entry.endsWith('/workerd.js') || (compiles && !/\bjs(_only)?\.c?js$/.test(entry));
  return OUR_OWN.filter((capability) => hasModule || capability !== 'core-module');
}

/**
 * What can be told from the globals of the realm that the suite runs in. For drivers; what depends on
 * the transport (cookies, CORS, a cache) a driver has to say itself.
 *
 * @returns {Capability[]}
 */
export function capabilitiesOfRealm() {
  const { XMLHttpRequest } = /** @type {any} */ (globalThis);
  const hasXhr = typeof XMLHttpRequest === 'function';
  // React Native's has none.
  const isBrowsers = hasXhr && 'overrideMimeType' in XMLHttpRequest.prototype;
  // Node without WebAssembly cannot load its own, and answers even a question with an unhandled rejection.
  const lacksFetchClasses =
    typeof WebAssembly === 'undefined' && typeof process === 'object' && !hasXhr;
  /** @type {[Capability, boolean][]} */
  const found = [
    // A matter of who compiled the entry, not of the realm: a driver of such entries takes it away.
    ['accessor-names', true],
    ['abort-controller', typeof AbortController === 'function'],
    ['blob', typeof Blob === 'function'],
    ['document', typeof document === 'object'],
    ['host-fetch', typeof fetch === 'function'],
    ['dom-exception', typeof DOMException === 'function'],
    ['event-constructors', typeof Event === 'function'],
    ['event-target', typeof EventTarget === 'function'],
    ['form-data', !lacksFetchClasses && typeof FormData === 'function'],
    ['headers-class', !lacksFetchClasses && typeof Headers === 'function'],
    ['manual-redirects', isBrowsers || !hasXhr],
    ['message-event', typeof MessageEvent === 'function'],
    ['readable-stream', typeof ReadableStream === 'function'],
    ['symbol-dispose', typeof (/** @type {any} */ (Symbol).dispose) === 'symbol'],
    ['transform-stream', typeof TransformStream === 'function'],
    ['url-search-params', typeof URLSearchParams === 'function'],
    ['base-url', typeof location === 'object' && /^https?:/.test(location.protocol)],
    ['no-base-url', typeof location !== 'object'],
    ['xhr-keeps-text', isBrowsers],
    ['xhr-lets-go-of-text', hasXhr && !isBrowsers],
    ['xml-http-request', hasXhr],
  ];
  return found.filter(([, has]) => has).map(([name]) => name);
}
