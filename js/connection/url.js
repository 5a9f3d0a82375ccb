// The URL that an EventSource is constructed with: https://url.spec.whatwg.org/
import { domException } from '../core/dom_exception.js';
import { attempt, fromHost } from '../core/from_host.js';

/** @returns {string | undefined} what relative URLs are relative to, where the host has such a thing */
const baseUrl = () => fromHost('document', 'baseURI') ?? fromHost('location', 'href');

export const defaultPorts = new Map([
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
export const hasValidHost = ({ protocol, hostname }) =>
  !defaultPorts.has(protocol) || hostname[0] === '[' || !FORBIDDEN_IN_DOMAIN.test(hostname);

/** @typedef {(url: string, base?: string) => {href: string, origin: string} | undefined} Parse */

/**
 * Gives nothing where the host parses, and throws what it cannot parse: js/connection/url_without_host.js, in the entries
 * for all hosts.
 *
 * @type {Parse | undefined}
 */
let parseWithoutHost;

/** @param {Parse} parse */
export function provideUrlParser(parse) {
  parseWithoutHost = parse;
}

/** For Requests that are made as a test, and never sent. */
export const ANY_URL = 'http://localhost/';

const XHTML = 'http://www.w3.org/1999/xhtml';

/**
 * "Encoding-parsing-and-serializing a URL" as the constructor of EventSource does it:
 * https://html.spec.whatwg.org/#dom-eventsource
 *
 * @param {string} url
 * @param {string} [redirected] - the URL that redirects to this one
 * @returns {{href: string, origin: string}}
 * @throws {DOMException} a "SyntaxError" that names what cannot be parsed
 */
export function parseUrl(url, redirected) {
  const base = redirected ?? baseUrl();
  let hint = base === undefined ? '; it must be absolute here.' : '.';
  try {
    const given = parseWithoutHost?.(url, redirected);
    if (given) return given;
    const parsed = new URL(url, base);
    const { href, origin } = parsed;
    if (!hasValidHost(parsed)) throw parsed;
    if ((fromHost('document', 'characterSet') ?? 'UTF-8') === 'UTF-8') return { href, origin };
    // Here, queries are in the document's encoding: https://html.spec.whatwg.org/#encoding-parsing-a-url
    const link = Object.assign(document.createElementNS(XHTML, 'a'), { href: url });
    return { href: link.href, origin };
  } catch {
    if (!parseWithoutHost && !attempt(() => new URL(ANY_URL).origin)) {
      hint = "; this host has no URL: import 'eventsource-wasm/js'.";
    }
  }
  throw domException(`EventSource: cannot parse the URL '${url}'${hint}`, 'SyntaxError', 12);
}

/** Sources mostly have the same one: they share the string. */
let previousOrigin = '';

/**
 * @param {string} href
 * @returns {string} the origin of the URL; empty where it is empty or none
 */
export function originOf(href) {
  const origin = href === '' ? '' : (attempt(() => parseUrl(href).origin) ?? '');
  if (origin !== previousOrigin) previousOrigin = origin;
  return previousOrigin;
}
