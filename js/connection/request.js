// The request for a stream, in terms of fetch(): https://html.spec.whatwg.org/#dom-eventsource,
// steps 8 to 13, and https://html.spec.whatwg.org/#create-a-potential-cors-request
import { attempt, fromHost } from '../core/from_host.js';
import { enforcesCors, ownOrigin } from './cors.js';
import { ANY_URL } from './url.js';

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
let needsBytes;

/**
 * Header values in fetch() are byte strings, but workerd takes text and sends its UTF-8 by itself.
 *
 * @param {string} id
 * @returns {string} what makes the host send the ID's UTF-8
 */
function headerValue(id) {
  needsBytes ??= !attempt(() => new Headers({ a: '\u2603' }));
  return needsBytes ? toByteString(id) : id;
}

/**
 * @param {RequestInit} options
 * @returns {boolean} whether the host makes a Request with them, which is never sent
 */
function takes(options) {
  return !!attempt(() => new Request(ANY_URL, options));
}

/** @type {string[] | undefined} the names of the options that the host does not take; none where it has no Request */
let refused;

/**
 * Some hosts throw on options that they do not implement, whatever the values, or on a signal that is not of their
 * own making. All are tried together first,
 * because the first Requests of a process take long.
 *
 * @param {Record<string, any>} options - always the same names, of which those stay that the host takes
 */
function dropRefused(options) {
  refused ??=
    takes(options) || !takes({})
      ? []
      : Object.keys(options).filter((name) => !takes({ [name]: options[name] }));
  for (const name of refused) Reflect.deleteProperty(options, name);
}

/**
 * fetch() refuses URLs with a user name and a password; they go where browsers put them. To another origin browsers
 * send none.
 *
 * @param {string} href
 * @returns {{url: string, authorization?: string}}
 */
export function withoutCredentials(href) {
  const [, scheme, user, rest] = /^(https?:\/\/)([^/?#]+)@(.*)$/i.exec(href) ?? [];
  if (user === undefined || typeof globalThis.btoa !== 'function') return { url: href };
  const url = scheme + rest;
  if (enforcesCors() && !url.startsWith(`${ownOrigin()}/`)) return { url };
  const bytes = percentDecode(user.includes(':') ? user : `${user}:`);
  return { url, authorization: `Basic ${globalThis.btoa(bytes)}` };
}

/**
 * @param {boolean} withCredentials
 * @returns {RequestInit} what every request here has
 */
export const commonOptions = (withCredentials) => ({
  cache: 'no-store',
  credentials: withCredentials ? 'include' : 'same-origin',
});

/**
 * @param {string} href - of the stream
 * @param {string} lastEventId - an empty one sends no header
 * @param {boolean} withCredentials
 * @param {AbortSignal | undefined} signal
 * @returns {[string, RequestInit]} the arguments for fetch()
 */
export function streamRequest(href, lastEventId, withCredentials, signal) {
  const { url, authorization } = withoutCredentials(href);
  /** @type {Record<string, string>} */
  const headers = { Accept: 'text/event-stream' };
  if (authorization) headers.Authorization = authorization;
  /** @type {RequestInit} */
  const options = {
    ...commonOptions(withCredentials),
    mode: 'cors',
    signal,
  };
  // Node without WebAssembly cannot load its own Request, and says so with an unhandled rejection.
  const hasRequest = fromHost('WebAssembly', 'Module');
  if (lastEventId !== '') {
    headers['Last-Event-ID'] = hasRequest ? headerValue(lastEventId) : toByteString(lastEventId);
  }
  if (hasRequest) dropRefused(options);
  return [url, { ...options, headers }];
}
