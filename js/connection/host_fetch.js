// Which fetch() is the host's: one of the user's own knows its schemes, and whether there is CORS.
import { fromHost } from '../core/from_host.js';

/** @type {typeof fetch | undefined} */
let provided;

/** @param {typeof fetch} fetch - the default from now on, in place of the host's own: an entry says so */
export function provideFetch(fetch) {
  provided = fetch;
}

/** @returns {typeof fetch} the default of the option `fetch`; undefined in hosts without one */
export const defaultFetch = () => provided ?? fromHost('fetch');

/**
 * @param {any} fetch
 * @returns {boolean} whether it goes by the rules of the host: its schemes, and CORS where it has that. A property tells of
 *   one that stands in for the host's, as that may be of another bundle of this package.
 */
export const isHosts = (fetch) => fetch === fromHost('fetch') || fetch?.standsInForHost === true;
