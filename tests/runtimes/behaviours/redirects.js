/** Redirects are followed, and forgotten: reconnection starts from the original URL. */
import { inSection } from './section.js';
import { failsForGood } from './responses.js';

/**
 * @param {any} t
 * @param {any} script
 * @param {{origin?: string}} [where]
 */
function destination(t, script, where) {
  const key = `${t.key}-destination`;
  return { key, url: t.stream(script, { ...where, key }) };
}

const BY_THE_LETTER =
  'by the letter, reconnection requests the URL where the last redirect led; engines differ, and the design goes back to the original one';

export const redirectBehaviours = inSection('Redirects', [
  ...[301, 302, 303, 307, 308].map((status) => ({
    id: `redirect.status-${status}`,
    title: `status ${status} is followed`,
    async run(/** @type {any} */ t) {
      const { key, url } = destination(t, { chunks: ['data: there\n\n'] });
      const source = t.open({ status, redirect: url });
      const seen = t.record(source);
      t.equal((await t.next(source, 'message')).data, 'there', 'data');
      t.same(
        seen.map((/** @type {any} */ { type }) => type),
        ['open', 'message'],
        'events',
      );
      const [request] = await t.requests(key);
      t.equal(request.method, 'GET', 'method');
      t.equal(request.headers.accept, 'text/event-stream', 'Accept of the second request');
    },
  })),
  {
    id: 'redirect.url-stays',
    title: 'source.url stays the original one',
    async run(t) {
      const { url } = destination(t, { chunks: ['data: a\n\n'] });
      const original = t.stream({ status: 302, redirect: url });
      const source = t.open(original);
      await t.next(source, 'message');
      t.equal(source.url, original, 'url');
    },
  },
  ...[301, 302, 303, 307, 308].map((status) => ({
    id: `redirect.reconnects-from-the-original-${status}`,
    title: `reconnection starts from the original URL after a ${status}`,
    beyond: BY_THE_LETTER,
    async run(/** @type {any} */ t) {
      const { url } = destination(t, [
        { chunks: ['retry: 20\ndata: 1\n\n'], end: 'end' },
        { chunks: ['data: wrong\n\n'] },
      ]);
      const source = t.open([{ status, redirect: url }, { chunks: ['data: 2\n\n'] }]);
      const seen = t.record(source, ['message']);
      await t.until(() => seen.length === 2, 'the second event came');
      t.equal(seen[1].data, '2', 'data');
      t.equal((await t.requests()).length, 2, 'requests of the original URL');
    },
  })),
  {
    id: 'redirect.chain',
    title: 'a chain of redirects is followed to its end',
    async run(t) {
      const end = t.stream({ chunks: ['data: end\n\n'] }, { key: `${t.key}-3` });
      const middle = t.stream({ status: 307, redirect: end }, { key: `${t.key}-2` });
      const source = t.open({ status: 301, redirect: middle });
      t.equal((await t.next(source, 'message')).data, 'end', 'data');
    },
  },
  {
    id: 'redirect.relative-location',
    title: 'a relative Location is resolved against the redirecting URL',
    async run(t) {
      const { url } = destination(t, { chunks: ['data: a\n\n'] });
      const source = t.open({ status: 302, redirect: url.slice(t.base.length) });
      t.equal((await t.next(source, 'message')).origin, t.base, 'origin');
    },
  },
  {
    id: 'redirect.origin-of-the-final-response',
    title: "the events' origin is that of the final response",
    async run(t) {
      const { url } = destination(
        t,
        { chunks: ['data: a\n\n'], cors: 'any' },
        { origin: t.crossBase },
      );
      const source = t.open({ status: 302, redirect: url });
      t.equal((await t.next(source, 'message')).origin, t.crossBase, 'origin');
    },
  },
  {
    id: 'redirect.origin-changes-with-the-response',
    title: 'the origin is that of each response, not of the first',
    beyond: BY_THE_LETTER,
    async run(t) {
      const { url } = destination(
        t,
        { chunks: ['retry: 20\ndata: 1\n\n'], end: 'end', cors: 'any' },
        { origin: t.crossBase },
      );
      const source = t.open([{ status: 302, redirect: url }, { chunks: ['data: 2\n\n'] }]);
      const seen = t.record(source, ['message']);
      await t.until(() => seen.length === 2, 'two events came');
      t.same(
        seen.map(({ origin }) => origin),
        [t.crossBase, t.base],
        'origins',
      );
    },
  },
  {
    id: 'redirect.carries-last-event-id',
    title: 'a redirected reconnection carries Last-Event-ID to its destination',
    async run(t) {
      const { key, url } = destination(t, { chunks: ['data: 2\n\n'] });
      const source = t.open([
        { chunks: ['retry: 20\nid: 7ä\ndata: 1\n\n'], end: 'end' },
        { status: 307, redirect: url },
      ]);
      const seen = t.record(source, ['message']);
      await t.until(() => seen.length === 2, 'the second event came');
      t.equal((await t.requests(key))[0].lastEventIdHex, '37c3a4', 'header, in hexadecimal bytes');
      t.equal(seen[1].lastEventId, '7ä', 'lastEventId');
    },
  },
  {
    id: 'redirect.manual',
    title:
      "fetch() with redirect: 'manual' hides where it leads in browsers, and tells it elsewhere",
    beyond: 'a fact of the host, which decides who follows redirects',
    needs: ['extras', 'host-fetch'],
    async run(t) {
      const { url } = destination(t, { chunks: ['data: a\n\n'], end: 'end' });
      for (const status of [301, 302, 303, 307, 308]) {
        const from = t.stream({ status, redirect: url, end: 'end' }, { key: `${t.key}-${status}` });
        const response = await fetch(from, { redirect: 'manual' });
        const location = response.headers.get('location');
        if (t.can('cors')) t.same([response.type, location], ['opaqueredirect', null], 'hidden');
        else t.same([response.status, location], [status, url], 'status, Location');
      }
    },
  },
  {
    id: 'redirect.id-to-another-origin',
    title:
      'the last event ID goes along to another origin in browsers alone, and where an XMLHttpRequest follows',
    beyond: 'the standard has fetch() follow, which takes it along',
    needs: ['extras', 'host-fetch'],
    async run(t) {
      const { key, url } = destination(
        t,
        [
          { chunks: ['retry: 20\nid: 8\ndata: 2\n\n'], end: 'end', cors: 'any' },
          { chunks: ['data: 3\n\n'], cors: 'any' },
        ],
        { origin: t.crossBase },
      );
      const source = t.open([
        { chunks: ['retry: 20\nid: 7\ndata: 1\n\n'], end: 'end' },
        { status: 307, redirect: url },
      ]);
      const seen = t.record(source, ['message']);
      await t.until(() => seen.length === 3, 'the third event came');
      t.same(
        (await t.requests()).map(({ lastEventIdHex }) => lastEventIdHex),
        [null, '37', '38'],
        'Last-Event-ID at the own origin',
      );
      t.same(
        (await t.requests(key)).map(({ lastEventIdHex }) => lastEventIdHex),
        t.can('cors') || t.can('xml-http-request') ? ['37', '38'] : [null, null],
        'Last-Event-ID at the other one',
      );
    },
  },
  {
    id: 'redirect.to-a-refusal',
    title: 'a redirect to a response that is no event stream fails the connection',
    async run(t) {
      /** @type {import('../../support/stream_script.js').Attempt[]} */
      const attempts = [
        { status: 404, end: 'end' },
        { type: 'text/html', end: 'end' },
      ];
      for (const attempt of attempts) {
        const url = t.stream(attempt, { key: `${t.key}-${attempt.status}` });
        const source = t.open(
          t.stream({ status: 302, redirect: url }, { key: `${t.key}-from-${attempt.status}` }),
        );
        await t.next(source, 'error');
        t.equal(source.readyState, 2, 'readyState');
      }
    },
  },
  {
    id: 'redirect.without-location',
    title: 'a redirect without Location is a response like any other, and fails the connection',
    run: (t) => failsForGood(t, { status: 302, chunks: [], end: 'end' }),
  },
]);
