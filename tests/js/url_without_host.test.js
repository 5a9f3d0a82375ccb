// URLs in hosts that have no URL, compared with the one of this host.
import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { parseUrl, provideUrlParser } from '../../js/connection/url.js';
import { parseWithoutHost } from '../../js/connection/url_without_host.js';

const { URL } = globalThis;
provideUrlParser(parseWithoutHost);
beforeEach(() => {
  Reflect.deleteProperty(globalThis, 'URL');
});
afterEach(() => {
  globalThis.URL = URL;
});

const bases = [
  'http://a.example/',
  'http://a.example/b/c?d=/e/#f/g',
  'https://a.example:8443/b/?/c',
  'http://[::1]:9/b/c/../d',
  'http://user:pass@a.example/b',
];
const locations = [
  'https://b.example/x?y#z',
  'HTTP://B.example:80',
  '//b.example/x',
  '//b.example:9',
  '/x/y?z#f',
  '/',
  'x',
  'x/y',
  './x',
  '../x',
  '../../../x',
  '.',
  '..',
  '?x=/..',
  '#f',
  '',
  'x?y=http://c.example/',
  'a b/\u00e4',
];

test.each(bases.flatMap((base) => locations.map((location) => [location, base])))(
  '%j relative to %s',
  (location, base) => {
    const { href, origin } = new URL(location, base);
    expect(parseUrl(location, new URL(base).href)).toEqual({ href, origin });
  },
);

test.each(['http://', 'http://a:99999/', '//', 'http://a<b/'])(
  '%s cannot be parsed',
  (location) => {
    expect(() => parseUrl(location, bases[0])).toThrow('cannot parse the URL');
  },
);
