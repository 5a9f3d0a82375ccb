// Redirects, where the host tells of them: https://fetch.spec.whatwg.org/#http-redirect-fetch
// Browsers follow them by themselves: docs/decisions/0031-redirects-are-followed-here.md
import { attempt } from '../core/from_host.js';
import { isStream } from './body.js';
import { originOf, parseUrl } from './url.js';

/** In a row. */
export const MAX_REDIRECTS = 20;

/** What every request says of itself, also where nothing else may go along. */
export const ACCEPT = { Accept: 'text/event-stream' };

/**
 * @typedef {object} StreamRequest
 * @property {string} url
 * @property {string | undefined} method
 * @property {Record<string, string>} headers
 * @property {any} body
 * @property {boolean} carriesId - whether the server gets the last event ID
 */

/**
 * @param {any} response - to a request with `redirect: 'manual'`
 * @returns {string | null | undefined} where it redirects to; null where the host does not tell; undefined where it does
 *   not redirect
 */
export const locationOf = (response) =>
  attempt(() => {
    if (response.type === 'opaqueredirect') return null;
    return /^30[12378]$/.test(response.status)
      ? (response.headers.get('location') ?? undefined)
      : undefined;
  });

/**
 * @param {StreamRequest} request
 * @param {any} response - to it
 * @param {string} location - where that redirects to
 * @returns {StreamRequest} what is asked for next
 * @throws {TypeError} what is a network error in fetch()
 */
export function redirected(
  { url: from, method = 'GET', headers, body, carriesId },
  response,
  location,
) {
  // Header values are byte strings, and those of a URL UTF-8.
  const bytes = location.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
  const url = attempt(() => parseUrl(bytes, from).href) ?? '';
  const { status } = response;
  if (!/^https?:/.test(url) || (status !== 303 && isStream(body))) {
    throw new TypeError(`the redirect ${status} to '${location}' cannot be followed.`);
  }
  if (status === 303 ? !/^(get|head)$/i.test(method) : status < 303 && /^post$/i.test(method)) {
    method = 'GET';
    body = undefined;
    headers = Object.fromEntries(
      Object.entries(headers).filter(([name]) => !/^content-/i.test(name)),
    );
  }
  if (originOf(url) === originOf(from)) return { url, method, headers, body, carriesId };
  return { url, method, headers: ACCEPT, body: undefined, carriesId: false };
}
