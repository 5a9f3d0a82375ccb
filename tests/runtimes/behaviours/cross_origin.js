/** Streams from another origin: what CORS allows, what it refuses, and how a refusal ends. */
import { inSection } from './section.js';
import { QUIET } from './stream_bytes.js';

/**
 * @param {any} t
 * @param {any} script
 * @param {any} [init]
 */
function openAcross(t, script, init) {
  return t.open(t.stream(script, { origin: t.crossBase }), init);
}

/**
 * @param {any} t
 * @param {any} source
 */
async function isRefused(t, source) {
  const seen = t.record(source);
  await t.next(source, 'error');
  t.equal(source.readyState, 2, 'readyState');
  await t.sleep(300);
  t.same(
    seen.map((/** @type {any} */ { type }) => type),
    ['error'],
    'events',
  );
}

/** It ends by itself: browsers keep a refused response's connection for seconds, and have only six. */
const REFUSED = /** @type {const} */ ({ chunks: ['data: a\n\n'], end: 'end' });

/**
 * A server that knows no preflight, and goes on after an ID that it is given; six events have happened when it is asked
 * again.
 *
 * @type {import('../../support/stream_script.js').Attempt[]}
 */
const GOING_ON = [
  {
    cors: 'any',
    preflight: 'refuse',
    chunks: ['retry: 20\n', { after: 'after', from: 1, to: 3 }],
    end: 'end',
  },
  {
    cors: 'any',
    preflight: 'refuse',
    chunks: [{ after: 'after', from: 6, to: 6 }, { hold: 'end' }],
    end: 'end',
  },
];

/**
 * @param {import('../toolkit.js').Seen[]} seen
 * @returns Type and data of events, and of `open` whether the stream was resumed.
 */
const gist = (seen) =>
  seen.map(({ type, data, event }) => [type, type === 'open' ? event.resumed : data]);

/**
 * @param {any} t
 * @param {object} [init]
 * @returns {Promise<import('../toolkit.js').Seen[]>} What came of GOING_ON, up to its last event.
 */
async function untilTheLast(t, init) {
  const seen = t.record(openAcross(t, GOING_ON, init));
  await t.until(
    () => seen.some((/** @type {any} */ { data }) => data === '6'),
    'the last event came',
  );
  return seen;
}

export const crossOriginBehaviours = inSection('Cross-origin', [
  {
    id: 'cors.events',
    title: "a stream from another origin brings events with that origin's name",
    async run(t) {
      for (const cors of /** @type {const} */ (['any', 'credentials'])) {
        const key = `${t.key}-${cors}`;
        const url = t.stream({ cors, chunks: ['data: a\n\n'] }, { origin: t.crossBase, key });
        const event = await t.next(t.open(url), 'message');
        t.equal(event.origin, t.crossBase, `origin with cors ${cors}`);
      }
    },
  },
  {
    id: 'cors.origin-header',
    title: 'the request names the origin of the page',
    needs: ['cors'],
    async run(t) {
      await t.next(openAcross(t, { ...QUIET, cors: 'any' }), 'open');
      const [{ headers }] = await t.requests();
      t.equal(headers.origin, t.base, 'Origin');
    },
  },
  {
    id: 'cors.refused',
    title: 'a stream without Access-Control-Allow-Origin ends CLOSED, with one error',
    needs: ['cors'],
    async run(t) {
      await isRefused(t, openAcross(t, REFUSED));
      // One more may be made to be sure that it is CORS which refuses, not a network that was away.
      const { length } = await t.requests();
      t.ok(length <= 2, `requests: ${length}`);
      await t.sleep(500);
      t.equal((await t.requests()).length, length, 'requests half a second later');
    },
  },
  {
    id: 'cors.refused-is-let-go',
    title: 'a refused stream leaves no connection open',
    timeout: 15_000,
    needs: ['cors'],
    async run(t) {
      await isRefused(t, openAcross(t, { chunks: ['data: a\n\n'] }));
      await t.until(
        async () => (await t.allRequests()).every(({ finishedAt }) => finishedAt !== null),
        'every connection was let go',
        // Chromium itself takes five seconds.
        12_000,
      );
    },
  },
  {
    id: 'cors.refused-other-origin',
    title: 'a stream that allows another origin only is refused',
    needs: ['cors'],
    async run(t) {
      const headers = [['Access-Control-Allow-Origin', 'http://elsewhere.example']];
      await isRefused(t, openAcross(t, { headers, chunks: ['data: a\n\n'], end: 'end' }));
    },
  },
  {
    id: 'cors.refused-with-error-status',
    title: 'an error status without Access-Control-Allow-Origin ends CLOSED as well',
    needs: ['cors'],
    async run(t) {
      await isRefused(t, openAcross(t, { status: 500, end: 'end' }));
    },
  },
  {
    id: 'cors.refused-on-reconnection',
    title: 'a server that stops allowing the origin ends the source at the reconnection',
    needs: ['cors'],
    async run(t) {
      const source = openAcross(t, [
        { cors: 'any', chunks: ['retry: 20\ndata: 1\n\n'], end: 'end' },
        { chunks: ['data: 2\n\n'], end: 'end' },
      ]);
      const seen = t.record(source);
      await t.until(() => source.readyState === 2, 'the source is closed');
      t.same(
        seen.map(({ type, readyState }) => [type, readyState]),
        [
          ['open', 1],
          ['message', 1],
          ['error', 0],
          ['error', 2],
        ],
        'events',
      );
    },
  },
  {
    id: 'cors.refused-though-fetch-is-another-now',
    title: 'a refusal is one as well when somebody has wrapped fetch since',
    needs: ['cors', 'extras'],
    async run(t) {
      // Other behaviours run beside this one: what takes its place has to do the same.
      const { fetch } = globalThis;
      t.cleanup(() => {
        globalThis.fetch = fetch;
      });
      const source = openAcross(t, REFUSED);
      globalThis.fetch = (...args) => fetch(...args);
      await isRefused(t, source);
    },
  },
  {
    id: 'cors.no-answer-in-time',
    title: 'a server that keeps its headers back does not keep the error back',
    needs: ['cors'],
    timeout: 20_000,
    async run(t) {
      const source = openAcross(t, [REFUSED, { refuse: 'headers' }]);
      await t.next(source, 'error', 15_000);
    },
  },
  {
    id: 'cors.no-password',
    title: 'a user name and a password in the URL do not go to another origin',
    // Chromium does not even ask.
    needs: ['cors', 'extras'],
    async run(t) {
      const url = t.stream({ cors: 'any', chunks: ['data: a\n\n'] }, { origin: t.crossBase });
      const source = t.open(url.replace('://', '://user:secret@'));
      await t.next(source, 'message');
      const [{ headers }] = await t.requests();
      t.equal(headers.authorization, undefined, 'Authorization');
    },
  },
  {
    id: 'cors.refused-after-redirect',
    title: 'a redirect to a foreign stream that does not allow the origin is refused',
    needs: ['cors'],
    async run(t) {
      const url = t.stream(
        { chunks: ['data: a\n\n'], end: 'end' },
        { origin: t.crossBase, key: `${t.key}-there` },
      );
      await isRefused(t, t.open({ status: 302, redirect: url }));
    },
  },
  {
    id: 'cors.no-credentials',
    title: 'without withCredentials no cookie goes to another origin',
    needs: ['cors', 'cookies'],
    async run(t) {
      const cookie = `cross${t.key.replace(/\W/g, '')}=1`;
      // Cookies know no ports: what the own origin sets would be sent to the other one too.
      const setter = t.open({
        ...QUIET,
        headers: [['Set-Cookie', `${cookie}; Path=/; Max-Age=60`]],
      });
      await t.next(setter, 'open');
      const key = `${t.key}-there`;
      const url = t.stream({ ...QUIET, cors: 'any' }, { origin: t.crossBase, key });
      await t.next(t.open(url), 'open');
      t.ok(!(await t.requests(key))[0].headers.cookie?.includes(cookie), 'no cookie');
    },
  },
  {
    id: 'cors.credentials',
    title: 'with withCredentials cookies go to another origin, also when reconnecting',
    needs: ['cors', 'cookies'],
    async run(t) {
      const cookie = `cross${t.key.replace(/\W/g, '')}=1`;
      const setter = t.open({
        ...QUIET,
        headers: [['Set-Cookie', `${cookie}; Path=/; Max-Age=60`]],
      });
      await t.next(setter, 'open');
      const key = `${t.key}-there`;
      const url = t.stream(
        [
          { cors: 'credentials', chunks: ['retry: 20\ndata: 1\n\n'], end: 'end' },
          { cors: 'credentials', chunks: ['event: again\ndata: .\n\n'] },
        ],
        { origin: t.crossBase, key },
      );
      const source = t.open(url, { withCredentials: true });
      await t.next(source, 'again');
      t.equal(source.withCredentials, true, 'withCredentials');
      for (const { headers } of await t.requests(key)) {
        t.ok(headers.cookie?.includes(cookie), 'the cookie was sent');
      }
    },
  },
  {
    id: 'cors.credentials-refused',
    title: 'with withCredentials, a wildcard is no permission',
    needs: ['cors'],
    async run(t) {
      await isRefused(
        t,
        openAcross(
          t,
          { cors: 'any', chunks: ['data: a\n\n'], end: 'end' },
          { withCredentials: true },
        ),
      );
    },
  },
  {
    id: 'cors.last-event-id',
    title: 'a reconnection across origins carries Last-Event-ID',
    async run(t) {
      const source = openAcross(t, [
        { cors: 'any', chunks: ['retry: 20\nid: 5ä\ndata: 1\n\n'], end: 'end' },
        { cors: 'any', chunks: ['event: again\ndata: .\n\n'] },
      ]);
      await t.next(source, 'again');
      const [, second] = await t.requests();
      t.equal(second.lastEventIdHex, '35c3a4', 'Last-Event-ID, in hexadecimal bytes');
    },
  },
  {
    id: 'cors.preflight-unknown',
    title: 'a server that allows the origin but knows no preflight gets its reconnections too',
    async run(t) {
      const source = openAcross(t, [
        { cors: 'any', chunks: ['retry: 20\nid: 5\ndata: 1\n\n'], end: 'end' },
        { cors: 'any', preflight: 'refuse', chunks: ['event: again\ndata: .\n\n'] },
      ]);
      const seen = t.record(source, ['error', 'again']);
      await t.next(source, 'again');
      t.same(
        seen.map(({ type, readyState, lastEventId }) => [type, readyState, lastEventId]),
        [
          ['error', 0, undefined],
          ['again', 1, '5'],
        ],
        'events',
      );
    },
  },
  {
    id: 'cors.not-resumed',
    title:
      'where the server knows no preflight, open says that the ID is missing, and the next error why',
    needs: ['cors', 'extras'],
    async run(t) {
      const refused = { cors: 'any', preflight: 'refuse', until: 'allowed' };
      const source = openAcross(t, [
        { cors: 'any', chunks: ['retry: 20\nid: 5\ndata: 1\n\n'], end: 'end' },
        { ...refused, chunks: ['event: second\ndata: 2\n\n', { hold: 'allowed' }], end: 'end' },
        { cors: 'any', chunks: ['data: 3\n\n'], end: 'end' },
        { cors: 'any', chunks: ['event: last\ndata: .\n\n'] },
      ]);
      const seen = t.record(source, ['open', 'error']);
      await t.next(source, 'second');
      await t.release('allowed');
      await t.next(source, 'last');
      const said = seen.map(({ type, event }) =>
        type === 'open'
          ? event.resumed
          : ['Last-Event-ID', 'lastEventIdParam'].map((name) => event.message.includes(name)),
      );
      const nothing = [false, false];
      t.same(said, [undefined, nothing, false, [true, true], true, nothing, true], 'what they say');
    },
  },
  {
    id: 'cors.id-in-the-query',
    title: 'with lastEventIdParam a server that knows no preflight goes on where it was',
    needs: ['cors', 'extras'],
    async run(t) {
      const seen = await untilTheLast(t, { lastEventIdParam: 'after' });
      t.same(
        gist(seen),
        [
          ['open', undefined],
          ['message', '1'],
          ['message', '2'],
          ['message', '3'],
          ['error', undefined],
          ['open', true],
          ['message', '4'],
          ['message', '5'],
          ['message', '6'],
        ],
        'events',
      );
      t.same(
        (await t.allRequests()).map(({ method }) => method),
        ['GET', 'GET'],
        'no preflight',
      );
    },
  },
  {
    id: 'cors.id-in-the-header',
    title:
      'without it what happened meanwhile is missing: the next open says so, and the error what helps',
    needs: ['cors', 'extras'],
    async run(t) {
      const seen = await untilTheLast(t);
      await t.release('end');
      await t.until(() => seen.at(-1)?.type === 'error', 'the second end was told');
      t.same(
        gist(seen),
        [
          ['open', undefined],
          ['message', '1'],
          ['message', '2'],
          ['message', '3'],
          ['error', undefined],
          ['open', false],
          ['message', '6'],
          ['error', undefined],
        ],
        'events',
      );
      const { message } = seen[7].event;
      t.ok(message.includes("'lastEventIdParam'"), `message: ${message}`);
    },
  },
  {
    id: 'cors.unreachable-is-no-refusal',
    title: 'an origin where nothing listens is a network error: the source goes on CONNECTING',
    async run(t) {
      const source = t.open(`${await t.closedOrigin()}/stream`);
      const seen = t.record(source);
      await t.next(source, 'error');
      await t.sleep(100);
      t.equal(source.readyState, 0, 'readyState');
      t.same(
        seen.map(({ type, readyState }) => [type, readyState]),
        [['error', 0]],
        'events',
      );
    },
  },
  {
    id: 'cors.broken-is-no-refusal',
    title: 'a foreign server that breaks the connection without a word is tried again',
    timeout: 15_000,
    async run(t) {
      const source = openAcross(t, [
        { cors: 'any', chunks: ['retry: 20\ndata: 1\n\n'], end: 'end' },
        { refuse: 'socket', until: 'well' },
        { cors: 'any', chunks: ['event: again\ndata: .\n\n'] },
      ]);
      const seen = t.record(source, ['error']);
      await t.until(() => seen.length >= 3, 'the first end and two failures were told', 8000);
      await t.release('well');
      await t.next(source, 'again', 6000);
      t.ok(
        seen.every(({ readyState }) => readyState === 0),
        'readyState at the errors is CONNECTING',
      );
    },
  },
]);
