// Header lists, in hosts without Headers as well: https://fetch.spec.whatwg.org/#headers-class

/** https://httpwg.org/specs/rfc9110.html#rfc.section.5.6.2 */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * A value, of bytes that are each the character of its number, and the whitespace around it, which is no part of it. There is
 * one way only to take whitespace, so that much of it takes no time.
 */
const VALUE =
  /^[\t\n\r ]*(?![\t\n\r ])((?:[^\0\n\r\u0100-\uffff]*[^\0\t\n\r \u0100-\uffff])?)[\t\n\r ]*$/;

/**
 * @param {Record<string, string>} own
 * @param {any} given - HeadersInit: its headers take the place of those of the same name
 * @returns {Record<string, string>}
 * @throws {TypeError} naming the header that is ill-formed
 */
export function mergeHeaders(own, given) {
  /** @type {Map<string, [string, string]>} */
  const merged = new Map();
  for (const [name, text, more] of given[Symbol.iterator] ? given : Object.entries(given)) {
    // In place of a token that is missing, Headers has the text "undefined".
    const value = VALUE.exec(text ?? '\0')?.[1];
    if (value === undefined || more !== undefined || !TOKEN.test(name)) {
      throw new TypeError(`EventSource: the option 'headers' has an ill-formed '${name}'.`);
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
