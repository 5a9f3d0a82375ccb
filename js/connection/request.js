// The request for a stream, in terms of fetch(): https://html.spec.whatwg.org/#dom-eventsource,
// steps 8 to 13, and https://html.spec.whatwg.org/#create-a-potential-cors-request
import { attempt, fromHost } from '../core/from_host.js';
import { cancel } from '../stream/byte_source.js';
import { isBody, isStream } from './body.js';
import { percentDecode, toByteString } from './byte_string.js';
import { enforcesCors, ownOrigin } from './cors.js';
import { mergeHeaders } from './headers.js';
import { withLastEventId } from './last_event_id_param.js';
import { refusal } from './options.js';
import { ACCEPT, follow, locationOf } from './redirects.js';
import { send } from './send.js';
import { ANY_URL } from './url.js';

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
 * @param {Record<string, any>} options - of which those stay that the host takes
 */
function dropRefused(options) {
  if (!refused) {
    /** @type {Record<string, any>} */
    const all = { redirect: 'manual', duplex: 'half', ...options };
    refused =
      takes(all) || !takes({})
        ? []
        : Object.keys(all).filter((name) => !takes({ [name]: all[name] }));
  }
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
 * What the functions that give headers and body are called with.
 *
 * @typedef {object} Attempt
 * @property {number} failures - in a row
 * @property {string} lastEventId
 * @property {AbortSignal | undefined} signal - aborted when nobody needs the request any more
 */

/**
 * @typedef {object} Answer
 * @property {Response} response
 * @property {string} url - after the redirects that the host has told of
 * @property {boolean} carriesId - whether the server was given the last event ID
 */

/** Why there is no response although no network has failed; else it is what fetch() rejects with. */
export class OwnFailure {
  /**
   * @param {unknown} error
   * @param {boolean} isFinal - it would be the same again
   */
  constructor(error, isFinal) {
    this.error = error;
    this.isFinal = isFinal;
  }
}

/** @type {WeakSet<Function>} those that have hidden a redirect, although there is no CORS */
const hideRedirects = new WeakSet();

/**
 * Where neither `headers` nor `body` is a function, fetch() is called before this returns.
 *
 * @param {typeof globalThis.fetch} fetch
 * @param {string} href - of the stream
 * @param {boolean} withCredentials
 * @param {Readonly<import('./options.js').Options>} options
 * @param {Attempt} current
 * @param {boolean} sendId - whether it may carry the last event ID
 * @param {boolean} isHosts - whether it is the host's fetch
 * @returns {Promise<Answer>} rejected with whatever is a network error in fetch(), or with an OwnFailure: of a function of
 *   the user's, or of a redirect that the user does not want
 */
export async function requestStream(
  fetch,
  href,
  withCredentials,
  { headers: given, method, body, lastEventIdParam, redirect },
  current,
  sendId,
  isHosts,
) {
  const { signal } = current;
  const id = sendId ? current.lastEventId : '';
  let named = given;
  try {
    if (typeof given === 'function') {
      const gave = (await given(current)) ?? {};
      if (typeof gave !== 'object') throw refusal('headers', gave);
      named = mergeHeaders({}, gave);
    }
    if (typeof body === 'function' && !signal?.aborted) {
      body = (await body(current)) ?? undefined;
      if (body !== undefined && !isStream(body) && !isBody(body)) throw refusal('body', body);
    }
  } catch (error) {
    throw new OwnFailure(error, false);
  }
  // It throws where there is no btoa(), which credentials in the URL need.
  const { url, authorization } = withoutCredentials(href);
  /** @type {Record<string, string>} */
  const headers = { ...ACCEPT };
  if (authorization) headers.Authorization = authorization;
  // Node without WebAssembly cannot load its own Request, and says so with an unhandled rejection.
  const hasRequest = fromHost('WebAssembly', 'Module');
  const carriesId = id !== '';
  if (carriesId && !lastEventIdParam) {
    headers['Last-Event-ID'] = hasRequest ? headerValue(id) : toByteString(id);
  }
  const target = {
    url: carriesId && lastEventIdParam ? withLastEventId(url, lastEventIdParam, id) : url,
    carriesId,
  };
  const sent = {
    method: method ?? (body === undefined ? body : 'POST'),
    headers: named ? mergeHeaders(headers, named) : headers,
    body,
  };
  const isRefused = redirect === 'error';
  // A fetch of the user's own may add a header to whatever it is asked for. It follows redirects itself, unless there is
  // something of ours that must not go along.
  let isManual =
    isRefused || ((isHosts || named || body) && !enforcesCors() && !hideRedirects.has(fetch));
  for (let count = 1; ; count++) {
    // A function, or a redirect, takes its time.
    if (signal?.aborted) throw signal.reason;
    /** @type {Record<string, any>} */
    const options = { ...commonOptions(withCredentials), mode: 'cors', signal };
    if (isManual) options.redirect = 'manual';
    if (isStream(sent.body)) options.duplex = 'half';
    if (hasRequest) dropRefused(options);
    // What a Location says of a user nobody has asked for.
    const response = await send(fetch, withoutCredentials(target.url).url, { ...options, ...sent });
    const location = isManual ? locationOf(response, isRefused) : undefined;
    if (location === undefined) return { response, ...target };
    cancel(attempt(() => response.body));
    if (isRefused) {
      const message = "the response redirects, which the option 'redirect' does not allow.";
      throw new OwnFailure(new TypeError(message), true);
    }
    if (location === null) {
      hideRedirects.add(fetch);
      isManual = false;
    } else follow(target, sent, response.status, location, count);
  }
}
