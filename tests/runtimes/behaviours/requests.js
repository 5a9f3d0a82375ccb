/** The request that opens a stream: its headers, its cache mode and its credentials. */
import { inSection } from './section.js';
import { QUIET } from './stream_bytes.js';

export const requestBehaviours = inSection('Requests', [
  {
    id: 'request.method-and-accept',
    title: 'it is a GET with Accept: text/event-stream and no body',
    async run(t) {
      await t.next(t.open(QUIET), 'open');
      const [{ method, headers }] = await t.requests();
      t.equal(method, 'GET', 'method');
      t.equal(headers.accept, 'text/event-stream', 'Accept');
      t.equal(headers['content-type'], undefined, 'Content-Type');
      t.equal(headers['content-length'] ?? '0', '0', 'Content-Length');
    },
  },
  {
    id: 'request.no-cache-header',
    title: 'it tells caches on the way not to answer themselves',
    needs: ['http-cache'],
    async run(t) {
      await t.next(t.open(QUIET), 'open');
      const [{ headers }] = await t.requests();
      t.equal(headers['cache-control'], 'no-cache', 'Cache-Control');
    },
  },
  {
    id: 'request.first-without-id',
    title: 'the first request has no Last-Event-ID',
    async run(t) {
      await t.next(t.open(QUIET), 'open');
      t.equal((await t.requests())[0].lastEventIdHex, null, 'Last-Event-ID');
    },
  },
  {
    id: 'request.not-from-the-cache',
    title: 'a cacheable response is fetched anew by the next source and by a reconnection',
    async run(t) {
      const url = t.stream({
        headers: [
          ['Cache-Control', 'public, max-age=3600'],
          ['ETag', '"1"'],
        ],
        chunks: ['retry: 20\ndata: a\n\n'],
        end: 'end',
      });
      const first = t.open(url);
      const seen = t.record(first, ['message']);
      await t.until(() => seen.length >= 2, 'the reconnection brought the event again');
      first.close();
      const before = (await t.requests()).length;
      await t.next(t.open(url), 'message');
      const requests = await t.requests();
      t.ok(requests.length > before && before >= 2, 'every response came from the server');
      t.ok(
        requests.every(({ headers }) => headers['if-none-match'] === undefined),
        'no conditional request',
      );
    },
  },
  {
    id: 'request.two-sources',
    title: 'two sources of one URL are two requests',
    async run(t) {
      const url = t.stream({ chunks: ['data: a\n\n'] });
      const sources = [t.open(url), t.open(url)];
      await Promise.all(sources.map((source) => t.next(source, 'message')));
      t.equal((await t.requests()).length, 2, 'requests');
    },
  },
  {
    id: 'request.query-and-fragment',
    title: 'the query is sent as it is, the fragment is not',
    async run(t) {
      const source = t.open(`${t.stream(QUIET)}&x=%C3%A4&y=a+b#part`);
      await t.next(source, 'open');
      const [{ url }] = await t.requests();
      t.ok(url.endsWith('&x=%C3%A4&y=a+b'), `URL at the server: ${url.slice(-40)}`);
      t.ok(source.url.endsWith('#part'), 'source.url keeps the fragment');
    },
  },
  {
    id: 'request.same-origin-cookies',
    title: 'cookies go to the own origin, with withCredentials and without',
    needs: ['cookies'],
    async run(t) {
      const cookie = `same${t.key.replace(/\W/g, '')}=1`;
      const setter = t.open({
        ...QUIET,
        headers: [['Set-Cookie', `${cookie}; Path=/; Max-Age=60`]],
      });
      await t.next(setter, 'open');
      setter.close();
      for (const withCredentials of [false, true]) {
        const key = `${t.key}-${withCredentials}`;
        await t.next(t.open(t.stream(QUIET, { key }), { withCredentials }), 'open');
        const [{ headers }] = await t.requests(key);
        t.ok(headers.cookie?.includes(cookie), `withCredentials ${withCredentials}`);
      }
    },
  },
  {
    id: 'request.cookie-set-by-the-stream',
    title: 'a cookie that the stream sets comes with the reconnection',
    needs: ['cookies'],
    async run(t) {
      const cookie = `again${t.key.replace(/\W/g, '')}=1`;
      const source = t.open([
        {
          headers: [['Set-Cookie', `${cookie}; Path=/; Max-Age=60`]],
          chunks: ['retry: 20\ndata: 1\n\n'],
          end: 'end',
        },
        { chunks: ['event: again\ndata: .\n\n'] },
      ]);
      await t.next(source, 'again');
      const [first, second] = await t.requests();
      t.ok(!first.headers.cookie?.includes(cookie), 'not at first');
      t.ok(second.headers.cookie?.includes(cookie), 'with the second request');
    },
  },
  {
    id: 'request.fetch-metadata',
    title: 'it is a CORS request of empty destination',
    needs: ['cors'],
    async run(t) {
      await t.next(t.open(QUIET), 'open');
      const [{ headers }] = await t.requests();
      t.same(
        [headers['sec-fetch-mode'], headers['sec-fetch-dest'], headers['sec-fetch-site']],
        ['cors', 'empty', 'same-origin'],
        'Sec-Fetch-Mode, -Dest, -Site',
      );
    },
  },
  {
    id: 'request.url-credentials',
    title: 'a user name and a password in the URL go to its own origin with the first request',
    beyond: 'fetch() refuses such URLs, and runtimes differ: docs/decisions/0026',
    async run(t) {
      const url = t.stream({ chunks: ['retry: 20\ndata: a\n\n'], end: 'end' });
      const source = t.open(url.replace('://', '://us%C3%A4r:p%40ss@'));
      const seen = t.record(source, ['message']);
      await t.until(() => seen.length === 2, 'it reconnected');
      for (const { headers } of await t.requests()) {
        t.equal(headers.authorization, 'Basic dXPDpHI6cEBzcw==', 'Authorization');
      }
    },
  },
]);
