// The URL that an EventSource is constructed with: https://url.spec.whatwg.org/

/** @returns {string | undefined} what relative URLs are relative to, where the host has such a thing */
function baseUrl() {
  return typeof document === 'object'
    ? document.baseURI
    : /** @type {{location?: Location}} */ (globalThis).location?.href;
}

/**
 * @param {string} message
 * @returns {Error} a "SyntaxError" DOMException
 */
function syntaxError(message) {
  if (typeof DOMException === 'function') return new DOMException(message, 'SyntaxError');
  return Object.assign(new Error(message), { name: 'SyntaxError', code: 12 });
}

/**
 * "Encoding-parsing-and-serializing a URL" as the constructor of EventSource does it:
 * https://html.spec.whatwg.org/#dom-eventsource
 *
 * @param {string} url
 * @returns {{href: string, protocol: string, origin: string}}
 * @throws {DOMException} a "SyntaxError" that names what cannot be parsed
 */
export function parseUrl(url) {
  const base = baseUrl();
  if (typeof URL !== 'function') {
    const match = /^([a-z][a-z0-9+.-]*:)(?:\/\/([^/?#]+))?[^]*$/i.exec(url.trim());
    if (match) {
      const [href, scheme, host] = match;
      const protocol = scheme.toLowerCase();
      return { href, protocol, origin: host ? `${protocol}//${host}` : 'null' };
    }
  } else {
    try {
      return new URL(url, base);
    } catch {
      // Said below.
    }
  }
  throw syntaxError(
    `EventSource: cannot parse the URL '${url}'` +
      (base === undefined
        ? '; a relative URL needs a document or a worker, so give a full one.'
        : '.'),
  );
}

/**
 * @param {string} href
 * @param {string} fallback
 * @returns {string} the origin of the URL
 */
export function originOf(href, fallback) {
  try {
    return href === '' ? fallback : parseUrl(href).origin;
  } catch {
    return fallback;
  }
}
