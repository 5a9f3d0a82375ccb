/** The option `headers`: a value, or a function of the attempt that is called before each. */
import { inSection } from './section.js';
import { QUIET } from './stream_bytes.js';

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['extras'];

/** Ends, so that a second request follows. */
const ONCE = { chunks: ['id: 7\ndata: 1\n\n'], end: 'end' };

/** Attempts are 500 ms apart whatever the reconnection time. */
const SOON = { reconnectionTime: 1 };

/** @type {[string, string, any, import('../capabilities.js').Capability[]?][]} */
const FORMS = [
  ['record', 'a record', () => ({ 'X-Own': ' one ', 'x-other': '2' })],
  [
    'pairs',
    'pairs, joined where a name comes twice',
    () => [
      ['X-Own', 'one'],
      ['x-other', '2'],
      ['X-OTHER', '3'],
    ],
  ],
  [
    'iterator',
    'something that gives its pairs once',
    () =>
      new Map([
        ['X-Own', 'one'],
        ['x-other', '2'],
      ]).entries(),
  ],
  ['headers', 'Headers', () => new Headers({ 'X-Own': 'one', 'x-other': '2' }), ['headers-class']],
];

/** Each is a TypeError that names the option. */
const ILL_FORMED = [
  { 'X Y': '1' },
  { '': '1' },
  { 'X-Own:': '1' },
  { 'X-\u00e4': '1' },
  { 'X-Own': 'a\nb' },
  { 'X-Own': 'a\rb' },
  { 'X-Own': 'a\0b' },
  { 'X-Own': '\u2603' },
  { 'X-Own': undefined },
  [['X-Own']],
  [['X-Own', '1', '2']],
  [['X Y', '1']],
  null,
  'X-Own: 1',
  1,
  true,
  Promise.resolve({}),
];

export const requestHeaderBehaviours = inSection('The request: headers', [
  ...FORMS.map(([id, what, make, needs = []]) => ({
    id: `request-headers.${id}`,
    title: `${what}: sent with every request, our own beside them`,
    needs: [...NEEDS, ...needs],
    async run(/** @type {any} */ t) {
      const source = t.open([ONCE, QUIET], { ...SOON, headers: make() });
      await t.next(source, 'error');
      await t.next(source, 'open');
      const requests = await t.requests();
      t.equal(requests.length, 2, 'requests');
      for (const { headers } of requests) {
        t.equal(headers['x-own'], 'one', 'X-Own');
        t.equal(headers['x-other'], id === 'pairs' ? '2, 3' : '2', 'X-Other');
        t.equal(headers.accept, 'text/event-stream', 'Accept');
      }
      t.equal(requests[1].headers['last-event-id'], '7', 'Last-Event-ID');
    },
  })),
  ...[false, true].map((isAsync) => ({
    id: `request-headers.${isAsync ? 'async-' : ''}function`,
    title: `${isAsync ? 'an asynchronous' : 'a'} function is called anew for each attempt, and told about it`,
    needs: NEEDS,
    async run(/** @type {any} */ t) {
      /** @type {any[]} */
      const attempts = [];
      const token = (/** @type {any} */ attempt) => {
        attempts.push(attempt);
        return { Authorization: `Bearer ${attempts.length}` };
      };
      const headers = isAsync
        ? async (/** @type {any} */ attempt) => {
            await t.sleep(20);
            return token(attempt);
          }
        : token;
      const source = t.open([ONCE, { status: 503, end: 'end' }, QUIET], {
        ...SOON,
        headers,
        retry: 'transient',
      });
      await t.until(() => source.readyState === 1 && attempts.length === 3, 'the third is open');
      t.same(
        attempts.map(({ failures, lastEventId }) => [failures, lastEventId]),
        [
          [0, ''],
          [1, '7'],
          [2, '7'],
        ],
        'failures and lastEventId',
      );
      const requests = await t.requests();
      t.same(
        requests.map((/** @type {any} */ request) => request.headers.authorization),
        ['Bearer 1', 'Bearer 2', 'Bearer 3'],
        'Authorization',
      );
    },
  })),
  {
    id: 'request-headers.function-of-nothing',
    title: 'a function that gives nothing adds nothing',
    needs: NEEDS,
    async run(t) {
      await t.next(t.open(QUIET, { headers: () => undefined }), 'open');
      const [{ headers }] = await t.requests();
      t.equal(headers.accept, 'text/event-stream', 'Accept');
    },
  },
  {
    id: 'request-headers.signal',
    title: 'the attempt has the signal of its request, which close() aborts; nothing is sent then',
    needs: [...NEEDS, 'abort-controller'],
    async run(t) {
      /** @type {any} */
      let attempt;
      /** @type {(headers: object) => void} */
      let give = () => {};
      const source = t.open(QUIET, {
        headers: (/** @type {any} */ each) => {
          attempt = each;
          return new Promise((resolve) => (give = resolve));
        },
      });
      const seen = t.record(source);
      await t.until(() => attempt, 'it is called');
      t.equal(attempt.signal.aborted, false, 'aborted before');
      source.close();
      t.equal(attempt.signal.aborted, true, 'aborted after');
      give({});
      await t.sleep(100);
      t.same([seen.length, (await t.requests()).length], [0, 0], 'events, requests');
    },
  },
  {
    id: 'request-headers.rejects',
    title: 'a function that throws or rejects is a network error, told and tried again',
    needs: NEEDS,
    async run(t) {
      const mistake = new Error('no token');
      /** @type {Record<string, (call: number) => unknown>} */
      const ways = {
        throws(call) {
          if (call < 3) throw mistake;
          return { 'X-Own': `${call}` };
        },
        rejects: async (call) => ways.throws(call),
      };
      for (const [name, way] of Object.entries(ways)) {
        const key = `${t.key}-${name}`;
        let calls = 0;
        const source = t.open(t.stream(QUIET, { key }), {
          ...SOON,
          headers: () => way(++calls),
        });
        const seen = t.record(source, ['open', 'error']);
        await t.until(() => seen.length === 3, `it opens in the end (${name})`);
        t.same(
          seen.map(({ type, readyState, event }) => [type, readyState, event.reason]),
          [
            ['error', 0, 'network'],
            ['error', 0, 'network'],
            ['open', 1, undefined],
          ],
          `events (${name})`,
        );
        t.ok(
          seen.slice(0, 2).every(({ event }) => event.error === mistake),
          `error is the exception (${name})`,
        );
        const requests = await t.requests(key);
        t.equal(requests.length, 1, `requests (${name})`);
        t.equal(requests[0].headers['x-own'], '3', `X-Own (${name})`);
        source.close();
      }
    },
  },
  {
    id: 'request-headers.function-of-ill-formed',
    title: 'a function that gives what cannot be sent is a network error that names the header',
    needs: NEEDS,
    async run(t) {
      const error = await t.next(t.open(QUIET, { headers: () => ({ 'X Y': '1' }) }), 'error');
      t.same([error.reason, error.target.readyState], ['network', 0], 'reason, readyState');
      t.ok(
        /'headers'/.test(error.message) && /'X Y'/.test(error.message),
        `message: ${error.message}`,
      );
      t.equal((await t.requests()).length, 0, 'requests');
    },
  },
  {
    id: 'request-headers.in-place-of-ours',
    title: "the user's own Accept, Last-Event-ID and Authorization take the place of ours",
    needs: NEEDS,
    async run(t) {
      const script = [ONCE, QUIET];
      const url = t.stream(script).replace('://', '://user:secret@');
      const source = t.open(url, {
        ...SOON,
        headers: { accept: 'text/event-stream, */*', 'LAST-EVENT-ID': 'own', authorization: 'x y' },
      });
      await t.next(source, 'error');
      await t.next(source, 'open');
      for (const { headers } of await t.requests()) {
        t.same(
          [headers.accept, headers['last-event-id'], headers.authorization],
          ['text/event-stream, */*', 'own', 'x y'],
          'headers',
        );
      }
    },
  },
  {
    id: 'request-headers.ill-formed',
    title: 'what is no list of headers, and an ill-formed name or value, throws in the constructor',
    needs: NEEDS,
    async run(t) {
      for (const headers of ILL_FORMED) {
        t.throws(
          () => t.open(QUIET, { headers }),
          (/** @type {any} */ error) =>
            error instanceof TypeError && error.message.includes("'headers'"),
          `a TypeError that names the option, of ${String(JSON.stringify(headers))}`,
        );
      }
      await t.sleep(50);
      t.equal((await t.requests()).length, 0, 'requests');
    },
  },
]);
