// Which URLs the host's own fetch() is asked for: docs/decisions/0022-schemes-that-are-fetched.md
import { fromHost } from '../core/from_host.js';
import { enforcesCors } from './cors.js';

/** Schemes that a page may have, and that no fetch() takes. */
const NEVER_FETCHED = /^(about|file|javascript):$/;

/**
 * @param {string} href - a serialized URL
 * @returns {string} its scheme, with the colon
 */
export const schemeOf = (href) => href.slice(0, href.indexOf(':') + 1);

/**
 * @param {string} scheme - with its colon
 * @returns {boolean} whether an event stream may come from there
 */
export function isFetchable(scheme) {
  if (/^https?:$/.test(scheme)) return true;
  // Outside of browsers, some take these, and some do not.
  if (/^(blob|data):$/.test(scheme)) return enforcesCors();
  // Pages of an application come by a scheme of its own, and so do the streams beside them.
  return scheme === fromHost('location', 'protocol') && !NEVER_FETCHED.test(scheme);
}
