// Parses URLs in hosts that have no URL, or one that parses nothing: https://url.spec.whatwg.org/
import { attempt, fromHost } from '../core/from_host.js';
import { defaultPorts, hasValidHost } from './url.js';

/** @type {unknown} the host's URL, when it was looked at */
let tried;
/** @type {boolean | undefined} whether it parses: React Native's takes anything, and leaves it as it is */
let parses;

function hostParses() {
  const found = fromHost('URL');
  if (parses === undefined || tried !== found) {
    tried = found;
    // Not every one has all of its attributes.
    parses = attempt(() => {
      const { href, origin } = new URL('HTTP://a:80');
      return href === 'http://a/' && origin === 'http://a';
    });
    parses ??= false;
  }
  return parses;
}

/**
 * What https://url.spec.whatwg.org/ makes of a URL, as far as event streams need it: internationalized host
 * names stay as they are.
 *
 * @param {string} url
 * @returns {{href: string, origin: string} | undefined}
 */
function parse(url) {
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
  // Not every engine has Array.prototype.at().
  if (/^\.\.?$/.test(given[given.length - 1] ?? '')) segments.push('');
  const authority = `${hostname}${port === defaultPort ? '' : `:${port}`}`;
  return {
    href: `${protocol}//${user}${authority}/${segments.join('/')}${tail}`,
    origin: `${protocol}//${authority}`,
  };
}

/**
 * @param {string} url - that is relative perhaps
 * @param {string} base - serialized
 * @returns {string} an absolute one, of which parse() makes the rest
 */
function join(url, base) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  const [, scheme, origin, path, query] = /** @type {RegExpExecArray} */ (
    /^([^:]*:)(\/\/[^/]*)([^?#]*)(\?[^#]*)?/.exec(base)
  );
  if (url.startsWith('//')) return scheme + url;
  if (/^(#|$)/.test(url)) return scheme + origin + path + (query ?? '') + url;
  if (url[0] === '?') return scheme + origin + path + url;
  return scheme + origin + (url[0] === '/' ? '' : path.replace(/[^/]*$/, '')) + url;
}

/**
 * @param {string} url
 * @param {string} [base] - serialized
 * @returns {{href: string, origin: string} | undefined} nothing where the host can do it
 * @throws {TypeError} when it cannot be parsed
 */
export function parseWithoutHost(url, base) {
  if (hostParses()) return undefined;
  const parsed = parse(base ? join(url, base) : url);
  if (!parsed) throw new TypeError(url);
  return parsed;
}
