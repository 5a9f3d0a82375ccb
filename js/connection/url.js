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
  if (typeof DOMException === 'function') {
    const error = new DOMException(message, 'SyntaxError');
    // The edge runtime's has none.
    return error.code === 12 ? error : Object.defineProperty(error, 'code', { value: 12 });
  }
  return Object.assign(new Error(message), { name: 'SyntaxError', code: 12 });
}

const defaultPorts = new Map([
  ['http:', 80],
  ['https:', 443],
]);

/**
 * What a domain never holds once it is parsed: https://url.spec.whatwg.org/#forbidden-domain-code-point
 * Chromium escapes a space in it where the standard fails, and an asterisk that the standard leaves alone.
 */
const FORBIDDEN_IN_DOMAIN = /[\0- #/:<>?@[\\\]^|\x7f]|%(?!2A)/;

/**
 * @param {{protocol: string, hostname: string}} url - parsed
 * @returns {boolean} whether its host is one that the standard allows
 */
const hasValidHost = ({ protocol, hostname }) =>
  !defaultPorts.has(protocol) || hostname[0] === '[' || !FORBIDDEN_IN_DOMAIN.test(hostname);

/**
 * What https://url.spec.whatwg.org/ makes of a URL, as far as event streams need it: internationalized host
 * names stay as they are.
 *
 * @param {string} url
 * @returns {{href: string, origin: string} | undefined}
 */
function parseWithoutHost(url) {
  const text = url
    .replace(/^[\0- ]+|[\0- ]+$|[\t\n\r]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[^!-~]/gu, encodeURIComponent);
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*:)(.*)$/i.exec(text) ?? [];
  if (scheme === undefined) return undefined;
  const protocol = scheme.toLowerCase();
  const defaultPort = defaultPorts.get(protocol);
  if (defaultPort === undefined) return { href: protocol + rest, origin: 'null' };
  const parts = /^\/\/([^/?#]*@)?(\[[\da-f:.]+\]|[^/?#:<>[\]^|\\@]+)(?::(\d*))?([^?#]*)(.*)$/i.exec(
    rest,
  );
  const port = Number(parts?.[3] || defaultPort);
  if (!parts || port > 65535 || !/^(\/|$)/.test(parts[4])) return undefined;
  const [, user = '', rawHost, , path, tail] = parts;
  const hostname = rawHost
    .replace(/%([2-7][\da-f])/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    .toLowerCase();
  if (!hasValidHost({ protocol, hostname })) return undefined;
  /** @type {string[]} */
  const segments = [];
  const given = path.split('/').slice(1);
  for (const segment of given) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  if (/^\.\.?$/.test(given.at(-1) ?? '')) segments.push('');
  const authority = `${hostname}${port === defaultPort ? '' : `:${port}`}`;
  return {
    href: `${protocol}//${user}${authority}/${segments.join('/')}${tail}`,
    origin: `${protocol}//${authority}`,
  };
}

const XHTML = 'http://www.w3.org/1999/xhtml';

/** @type {unknown} the host's URL, when it was looked at */
let triedUrl;
let parses = false;

/** @returns {boolean} whether there is a URL that parses: React Native's takes anything, and leaves it as it is */
function hostParses() {
  if (triedUrl !== globalThis.URL) {
    triedUrl = globalThis.URL;
    try {
      parses = new URL('HTTP://a:80').href === 'http://a/';
    } catch {
      parses = false;
    }
  }
  return parses;
}

/**
 * "Encoding-parsing-and-serializing a URL" as the constructor of EventSource does it:
 * https://html.spec.whatwg.org/#dom-eventsource
 *
 * @param {string} url
 * @returns {{href: string, origin: string}}
 * @throws {DOMException} a "SyntaxError" that names what cannot be parsed
 */
export function parseUrl(url) {
  const base = baseUrl();
  if (!hostParses()) {
    const parsed = parseWithoutHost(url);
    if (parsed) return parsed;
  } else {
    try {
      const parsed = new URL(url, base);
      if (!hasValidHost(parsed)) throw parsed;
      if ((globalThis.document?.characterSet ?? 'UTF-8') === 'UTF-8') return parsed;
      // Here, queries are in the document's encoding: https://html.spec.whatwg.org/#encoding-parsing-a-url
      const { href } = Object.assign(document.createElementNS(XHTML, 'a'), { href: url });
      return { href, origin: parsed.origin };
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

/** Sources mostly have the same one: they share the string. */
let previousOrigin = '';

/**
 * @param {string} href
 * @returns {string} the origin of the URL; empty where it is empty or none
 */
export function originOf(href) {
  if (href === '') return '';
  let origin;
  try {
    ({ origin } = parseUrl(href));
  } catch {
    return '';
  }
  if (origin !== previousOrigin) previousOrigin = origin;
  return previousOrigin;
}
