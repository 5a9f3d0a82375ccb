// Header lists, in hosts without Headers as well: https://fetch.spec.whatwg.org/#headers-class

/** https://httpwg.org/specs/rfc9110.html#rfc.section.5.6.2 */
export const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** A value is bytes, each as the character of its number. */
const ILL_FORMED = /[\0\n\r\u0100-\uffff]/;

/** @typedef {Record<string, string> | Iterable<Iterable<string>>} GivenHeaders - HeadersInit, for short */

/**
 * @param {Record<string, string>} own
 * @param {any} given - HeadersInit: its headers take the place of those of the same name
 * @returns {Record<string, string>}
 * @throws {TypeError} naming the header that is ill-formed
 */
export function mergeHeaders(own, given) {
  /** @type {Map<string, [string, string]>} */
  const merged = new Map();
  for (const pair of given[Symbol.iterator] ? given : Object.entries(given)) {
    const [name, text, ...more] = pair;
    const value = `${text}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
    // A token that is not there is left out by nobody's wish.
    if (!TOKEN.test(name) || ILL_FORMED.test(value) || (text ?? more[0]) === undefined || more[0]) {
      throw new TypeError(`EventSource: the option 'headers' has an ill-formed header '${name}'.`);
    }
    const key = name.toLowerCase();
    const before = merged.get(key);
    merged.set(key, before ? [before[0], `${before[1]}, ${value}`] : [name, value]);
  }
  return Object.fromEntries([
    ...Object.entries(own).filter(([name]) => !merged.has(name.toLowerCase())),
    ...merged.values(),
  ]);
}
