// Which fetch() is the host's: one of the user's own knows its schemes, and whether there is CORS.

/** What a fetch() is marked with that stands in for the host's. Known to other bundles of this package, too. */
export const STANDS_IN = Symbol.for('eventsource-wasm.stands-in');

/** @type {typeof fetch | undefined} */
let provided;

/** @param {typeof fetch} fetch - the default from now on, in place of the host's own */
export function provideFetch(fetch) {
  provided = fetch;
}

/** @returns {typeof fetch} the default of the option `fetch`; undefined in hosts without one */
export const defaultFetch = () => provided ?? globalThis.fetch;

/**
 * @param {typeof fetch} fetch
 * @returns {boolean} whether it goes by the rules of the host: its schemes, and CORS where it has that
 */
export const isHosts = (fetch) =>
  fetch === globalThis.fetch || Reflect.get(fetch, STANDS_IN) === true;
