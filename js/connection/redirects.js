// Redirects, where the host tells of them: https://fetch.spec.whatwg.org/#http-redirect-fetch
// Browsers follow them by themselves: docs/decisions/0031-redirects-are-followed-here.md
import { attempt } from '../core/from_host.js';
import { isStream } from './body.js';
import { textOf } from './byte_string.js';
import { originOf, parseUrl } from './url.js';

/** In a row. */
const MAX_REDIRECTS = 20;

/** What is sent wherever it goes. */
export const ACCEPT = { Accept: 'text/event-stream' };

/** @typedef {{url: string, carriesId: boolean}} Target - `carriesId`: whether the server gets the last event ID */
/** @typedef {{method: string | undefined, headers: Record<string, string>, body: any}} Sent */

/**
 * @param {any} response - to a request with `redirect: 'manual'`
 * @param {boolean} isLate - whether a redirect that was followed all the same counts
 * @returns {string | null | undefined} where it redirects to; null where the host does not tell; undefined where it does
 *   not redirect
 */
export const locationOf = (response, isLate) =>
  attempt(() => {
    if (response.type === 'opaqueredirect' || (isLate && response.redirected)) return null;
    if (/^30[12378]$/.test(response.status)) return response.headers.get('location') ?? undefined;
    return undefined;
  });

/**
 * @param {Target} target - that becomes the next one
 * @param {Sent} sent - and what is sent there
 * @param {number} status
 * @param {string} location
 * @param {number} count - of redirects
 * @throws {TypeError} where it is a network error in fetch()
 */
export function follow(target, sent, status, location, count) {
  const { method = 'GET', headers, body } = sent;
  const to = attempt(() => parseUrl(textOf(location), target.url));
  if (
    count > MAX_REDIRECTS ||
    !to ||
    !/^https?:/.test(to.href) ||
    (status !== 303 && isStream(body))
  ) {
    throw new TypeError(`the redirect ${count} to '${location}' cannot be followed.`);
  }
  if (status === 303 ? !/^(get|head)$/i.test(method) : status < 303 && /^post$/i.test(method)) {
    sent.method = 'GET';
    sent.body = undefined;
    for (const name in headers) if (/^content-/i.test(name)) delete headers[name];
  }
  if (originOf(target.url) !== to.origin) {
    sent.body = undefined;
    sent.headers = { ...ACCEPT };
    target.carriesId = false;
  }
  target.url = to.href;
}
