/** What the constructor makes of its URL. */
import { inSection } from './section.js';

/**
 * The source fails, once and for good, and the constructor does not throw.
 *
 * @param {import('../toolkit.js').Toolkit} t
 * @param {string} url
 */
async function failsAtOnce(t, url) {
  const source = t.open(url);
  const seen = t.record(source);
  t.equal(source.readyState, 0, 'readyState after construction');
  await t.next(source, 'error', 2000);
  t.equal(source.readyState, 2, 'readyState after the error');
  await t.sleep(100);
  t.equal(seen.length, 1, 'events');
}

/**
 * A scheme that no event stream can come from.
 *
 * @param {string} name
 * @param {string} url
 * @returns {import('./section.js').Described}
 */
function schemeCase(name, url) {
  return {
    needs: ['host-fetch'],
    id: `url.scheme-${name}`,
    title: `a ${name}: URL fails the connection at once, asynchronously`,
    run: (t) => failsAtOnce(t, url),
  };
}

export const urlBehaviours = inSection('URLs', [
  {
    id: 'url.serialised',
    title: 'source.url is the parsed URL in its serialised form',
    run(t) {
      const host = t.base.slice('http://'.length);
      const cases = [
        [`HTTP://${host}/stream`, `${t.base}/stream`],
        [t.base, `${t.base}/`],
        [`${t.base}/a/../b/./c`, `${t.base}/b/c`],
        [`  ${t.base}/x \n`, `${t.base}/x`],
        [`${t.base}/ä ö?ü`, `${t.base}/%C3%A4%20%C3%B6?%C3%BC`],
        [`${t.base}/x#y z`, `${t.base}/x#y%20z`],
      ];
      for (const [given, expected] of cases) {
        const source = t.open(given);
        t.equal(source.url, expected, `url of ${JSON.stringify(given)}`);
        source.close();
      }
    },
  },
  {
    id: 'url.default-port',
    title: 'the default port is left out',
    run(t) {
      const source = t.open('http://127.0.0.1:80/x');
      source.close();
      t.equal(source.url, 'http://127.0.0.1/x', 'url');
    },
  },
  {
    id: 'url.stringified',
    title: 'the argument is converted to a string once, as Web IDL does',
    run(t) {
      let calls = 0;
      const url = `${t.base}/stream`;
      const source = t.keep(
        new t.EventSource({
          toString() {
            calls += 1;
            return url;
          },
        }),
      );
      t.equal(source.url, url, 'url');
      t.equal(calls, 1, 'calls of toString');
    },
  },
  {
    id: 'url.of-a-url-object',
    title: 'a URL object will do',
    run(t) {
      if (typeof URL !== 'function') return;
      const source = t.keep(new t.EventSource(new URL('/stream', t.base)));
      t.equal(source.url, `${t.base}/stream`, 'url');
    },
  },
  {
    id: 'url.not-convertible',
    title: 'a symbol throws a TypeError, and what toString throws passes through',
    run(t) {
      t.throws(() => new t.EventSource(Symbol('url')), 'TypeError', 'a symbol');
      const own = new RangeError('mine');
      t.throws(
        () =>
          new t.EventSource({
            toString() {
              throw own;
            },
          }),
        (error) => error === own,
        'the same error',
      );
    },
  },
  {
    id: 'url.lone-surrogate',
    title: 'a lone surrogate becomes U+FFFD, as in every USVString',
    run(t) {
      const source = t.open(`${t.base}/\ud800?\udc00`);
      t.equal(source.url, `${t.base}/%EF%BF%BD?%EF%BF%BD`, 'url');
    },
  },
  {
    id: 'url.relative',
    title: 'a relative URL is resolved against the document or the worker script',
    needs: ['base-url'],
    async run(t) {
      const base = t.environment.baseURL ?? '';
      for (const relative of ['/stream', 'stream?x', '?y', '../a', '', '#z', './b/../c']) {
        const source = t.open(relative);
        t.equal(source.url, new URL(relative, base).href, `url of ${JSON.stringify(relative)}`);
        source.close();
      }
      const path = t.stream({ chunks: ['data: a\n\n'] }).slice(t.base.length);
      const event = await t.next(t.open(path), 'message');
      t.equal(event.origin, t.base, 'origin');
    },
  },
  {
    id: 'url.relative-to-the-scheme',
    title: 'a URL that begins with // takes the scheme of the base',
    needs: ['base-url'],
    run(t) {
      const source = t.open(`${t.base.slice('http:'.length)}/stream`);
      t.equal(source.url, `${t.base}/stream`, 'url');
    },
  },
  {
    id: 'url.base-element',
    title: 'a base element counts, as it stands when the source is made',
    needs: ['document'],
    run(t) {
      // In one go, so that behaviours that run at the same time never see it.
      const element = document.createElement('base');
      element.href = `${t.crossBase}/folder/`;
      document.head.append(element);
      let source;
      try {
        source = t.open('stream');
      } finally {
        element.remove();
      }
      t.equal(source.url, `${t.crossBase}/folder/stream`, 'url');
    },
  },
  {
    id: 'url.undefined-is-a-string',
    title: 'undefined and null are the relative URLs "undefined" and "null"',
    needs: ['base-url'],
    run(t) {
      for (const value of [undefined, null, 5]) {
        const source = t.keep(new t.EventSource(value));
        t.ok(source.url.endsWith(`/${value}`), `url: ${source.url}`);
        source.close();
      }
    },
  },
  {
    id: 'url.relative-without-base',
    title: 'a relative URL throws a SyntaxError where there is nothing to resolve it against',
    needs: ['no-base-url'],
    run(t) {
      for (const url of ['/stream', 'stream', '', undefined]) {
        t.throws(() => new t.EventSource(url), 'SyntaxError', `new EventSource(${String(url)})`);
      }
    },
  },
  {
    id: 'url.syntax-error',
    title: 'a URL that does not parse throws a SyntaxError from the constructor',
    run(t) {
      const bad = ['http://', 'http://[::1', 'http://a<b/', 'https://x:99999/'];
      // Against the URL of a file, it is the root folder.
      if (!t.environment.baseURL?.startsWith('file:')) bad.push('//');
      for (const url of bad) {
        const error = t.throws(() => new t.EventSource(url), 'SyntaxError', JSON.stringify(url));
        t.equal(typeof error.message, 'string', 'message');
      }
    },
  },
  {
    id: 'url.forbidden-in-host',
    title: 'a host with a forbidden code point throws a SyntaxError, and one without opens',
    run(t) {
      const forbidden = [
        'this is invalid',
        'a%20b',
        'a\u3000b',
        'a|b',
        'a^b',
        'a%b',
        'a%00b',
        'a]b',
      ];
      for (const host of forbidden) {
        t.throws(() => new t.EventSource(`http://${host}/`), 'SyntaxError', JSON.stringify(host));
      }
      for (const host of ['a_b', 'a..b', '[::1]', '-a']) {
        t.equal(t.open(`http://${host}:9/`).url, `http://${host}:9/`, `url with ${host}`);
      }
      const source = t.open('http://a%41b/');
      t.equal(source.url, 'http://aab/', 'url with an escaped letter');
    },
  },
  {
    id: 'url.syntax-error-names-the-url',
    title: 'the message of that SyntaxError names the URL',
    needs: ['extras'],
    run(t) {
      for (const url of ['http://[::1', 'http://a<b/', 'https://x:99999/']) {
        const { message } = t.throws(() => new t.EventSource(url), 'SyntaxError', url);
        t.ok(message.includes(url), `the message: ${message}`);
      }
    },
  },
  {
    id: 'url.syntax-error-is-a-dom-exception',
    title: 'that SyntaxError is a DOMException with code 12, not a JavaScript SyntaxError',
    needs: ['dom-exception'],
    run(t) {
      const error = t.throws(() => new t.EventSource('http://[::1'), 'SyntaxError', 'a bad URL');
      t.ok(error instanceof DOMException, 'instanceof DOMException');
      t.ok(!(error instanceof SyntaxError), 'not instanceof SyntaxError');
      t.equal(error.code, 12, 'code');
    },
  },
  {
    id: 'url.checked-before-any-request',
    title: 'arguments are converted before the URL is parsed',
    run(t) {
      const own = new RangeError('mine');
      const init = {
        get withCredentials() {
          throw own;
        },
      };
      t.throws(
        () => new t.EventSource('http://[::1', init),
        (error) => error === own,
        'the error of the dictionary comes first',
      );
    },
  },
  schemeCase('ftp', 'ftp://127.0.0.1/stream'),
  schemeCase('mailto', 'mailto:a@b.example'),
  schemeCase('about', 'about:blank'),
  schemeCase('javascript', 'javascript:void(0)'),
  schemeCase('unknown', 'unknown-scheme:whatever'),
  schemeCase('file', 'file:///stream'),
  {
    id: 'url.data',
    title:
      'a data: URL opens in browsers, gives its events and ends, again and again; elsewhere it fails',
    beyond: 'by the letter a data: URL is fetched as any other, in every host: docs/decisions/0022',
    needs: ['host-fetch'],
    async run(t) {
      const text = 'retry: 20\nid: 1\ndata: ä\n\n';
      const url = `data:text/event-stream,${encodeURIComponent(text)}`;
      if (!t.can('cors')) {
        await failsAtOnce(t, url);
        return;
      }
      const source = t.open(url);
      const seen = t.record(source);
      await t.until(() => seen.length >= 6, 'it opened twice');
      t.same(
        seen.slice(0, 6).map(({ type, data, origin }) => [type, data, origin || undefined]),
        [0, 1].flatMap(() => [
          ['open', undefined, undefined],
          ['message', 'ä', 'null'],
          ['error', undefined, undefined],
        ]),
        'events',
      );
    },
  },
  {
    id: 'url.blob',
    title: 'in a browser a blob: URL opens, with the origin of whoever made it',
    needs: ['cors'],
    async run(t) {
      // Service workers make none.
      if (typeof URL.createObjectURL !== 'function') return;
      const url = URL.createObjectURL(new Blob(['data: a\n\n'], { type: 'text/event-stream' }));
      t.cleanup(() => URL.revokeObjectURL(url));
      const event = await t.next(t.open(url), 'message');
      t.equal(event.data, 'a', 'data');
      t.equal(event.origin, t.base, 'origin');
    },
  },
]);
