/** The options `body` and `method`: the body goes out again with every reconnection. */
import { inSection } from './section.js';
import { QUIET } from './stream_bytes.js';

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['extras'];

const ONCE = { chunks: ['id: 7\ndata: 1\n\n'], end: 'end' };
const SOON = { reconnectionTime: 1 };

/** The UTF-8 of a snowman, as the log has it: one UTF-16 unit for each byte. */
const SNOWMAN = '\u00e2\u0098\u0083';

/** @typedef {import('../../support/server.js').LoggedRequest} LoggedRequest */

/**
 * @param {any} t
 * @param {string} [key]
 * @returns {Promise<LoggedRequest[]>} But preflights and what asks for the log.
 */
const sent = async (t, key) =>
  (await t.allRequests(key)).filter((/** @type {any} */ { method }) => method !== 'OPTIONS');

/**
 * @param {any} t
 * @param {any} init
 * @returns {Promise<LoggedRequest[]>} Two: the first, and that of the reconnection.
 */
async function twice(t, init) {
  const source = t.open([ONCE, QUIET], { ...SOON, ...init });
  await t.next(source, 'error');
  await t.next(source, 'open');
  const requests = await sent(t);
  t.same(
    requests.map(({ method }) => method),
    [init.method ?? 'POST', init.method ?? 'POST'],
    'methods',
  );
  t.equal(requests[1].headers['last-event-id'], '7', 'Last-Event-ID');
  return requests;
}

/** @type {[string, string, () => any, (request: LoggedRequest) => boolean, import('../capabilities.js').Capability[]?][]} */
const KINDS = [
  ['string', 'a string', () => 'a=\u2603', ({ body }) => body === `a=${SNOWMAN}`],
  ['empty', 'an empty string', () => '', ({ body }) => body === ''],
  [
    'bytes',
    'a view of bytes',
    () => new Uint8Array([9, 0, 1, 128, 255, 9]).subarray(1, 5),
    ({ body }) => body === '\0\u0001\u0080\u00ff',
  ],
  [
    'buffer',
    'an ArrayBuffer',
    () => new Uint8Array([0, 1, 128, 255]).buffer,
    ({ body }) => body === '\0\u0001\u0080\u00ff',
  ],
  [
    'blob',
    'a Blob, with its type',
    () => new Blob(['{"a":', '1}'], { type: 'application/json' }),
    ({ body, headers }) =>
      body === '{"a":1}' && /^application\/json(;|$)/.test(headers['content-type']),
    ['blob'],
  ],
  [
    'form-data',
    'FormData, with its boundary',
    () => {
      const form = new FormData();
      form.append('name', 'value');
      return form;
    },
    ({ body, headers }) => {
      const boundary = /^multipart\/form-data; ?boundary="?([^"]+)"?$/.exec(
        headers['content-type'],
      )?.[1];
      return (
        boundary !== undefined &&
        body.startsWith(`--${boundary}\r\n`) &&
        body.trimEnd().endsWith(`--${boundary}--`) &&
        /name="name"\r\n(.+\r\n)*\r\nvalue\r\n/.test(body)
      );
    },
    ['form-data'],
  ],
  [
    'url-search-params',
    'URLSearchParams, with its type',
    () => new URLSearchParams([['a', '1 \u2603']]),
    ({ body, headers }) =>
      /^a=1(\+|%20)%E2%98%83$/.test(body) &&
      headers['content-type'].startsWith('application/x-www-form-urlencoded'),
    ['url-search-params'],
  ],
];

/** @type {[string, unknown, RegExp][]} Each with what the message says beside the option. */
const REFUSED = [
  ['a number', 1, /\(number\)/],
  ['true', true, /\(boolean\)/],
  ['an object', { a: 1 }, /JSON\.stringify/],
  ['an array', [1], /JSON\.stringify/],
  ['a stream', { getReader() {}, locked: false }, /function.*once/],
  ['what gives chunks', { async *[Symbol.asyncIterator]() {} }, /function.*once/],
];

export const requestBodyBehaviours = inSection('The request: method and body', [
  ...KINDS.map(([id, what, make, fits, needs = []]) => ({
    id: `request-body.${id}`,
    title: `${what}: POST, and sent again at the reconnection`,
    needs: [...NEEDS, ...needs],
    async run(/** @type {any} */ t) {
      for (const request of await twice(t, { body: make() })) {
        const { body, headers } = request;
        t.ok(fits(request), `what came: ${headers['content-type']}, ${JSON.stringify(body)}`);
      }
    },
  })),
  {
    id: 'request-body.own-type',
    title: "the user's own Content-Type stands",
    needs: NEEDS,
    async run(t) {
      const headers = { 'content-type': 'application/json' };
      for (const request of await twice(t, { body: '{}', headers })) {
        t.ok(
          /^application\/json(;|$)/.test(request.headers['content-type']),
          `Content-Type: ${request.headers['content-type']}`,
        );
      }
    },
  },
  {
    id: 'request-body.method',
    title: 'a method of its own, with a body and without',
    needs: NEEDS,
    async run(t) {
      for (const { body } of await twice(t, { method: 'PUT', body: 'a' })) {
        t.equal(body, 'a', 'body');
      }
      const key = `${t.key}-without`;
      await t.next(t.open(t.stream(QUIET, { key }), { method: 'POST' }), 'open');
      const [{ method, body }] = await sent(t, key);
      t.same([method, body], ['POST', ''], 'method and body');
    },
  },
  ...[false, true].map((isAsync) => ({
    id: `request-body.${isAsync ? 'async-' : ''}function`,
    title: `${isAsync ? 'an asynchronous' : 'a'} function is called anew for each attempt`,
    needs: NEEDS,
    async run(/** @type {any} */ t) {
      const about = (/** @type {any} */ { failures, lastEventId }) =>
        JSON.stringify([failures, lastEventId]);
      const body = isAsync
        ? async (/** @type {any} */ attempt) => {
            await t.sleep(20);
            return about(attempt);
          }
        : about;
      const requests = await twice(t, { body });
      t.same(
        requests.map((request) => request.body),
        ['[0,""]', '[1,"7"]'],
        'bodies',
      );
    },
  })),
  {
    id: 'request-body.function-of-nothing',
    title: 'a function that gives nothing, for once, makes it a GET',
    needs: NEEDS,
    async run(t) {
      const source = t.open([ONCE, QUIET], {
        ...SOON,
        body: (/** @type {any} */ { lastEventId }) => lastEventId || undefined,
      });
      await t.next(source, 'error');
      await t.next(source, 'open');
      t.same(
        (await sent(t)).map(({ method, body }) => [method, body]),
        [
          ['GET', ''],
          ['POST', '7'],
        ],
        'methods and bodies',
      );
    },
  },
  {
    id: 'request-body.function-rejects',
    title: 'a function that rejects, or gives what cannot be sent, is a network error',
    needs: NEEDS,
    async run(t) {
      const mistake = new Error('no body');
      let calls = 0;
      const source = t.open(QUIET, {
        ...SOON,
        body: async () => {
          calls += 1;
          if (calls === 1) throw mistake;
          return calls === 2 ? { a: 1 } : 'well';
        },
      });
      const seen = t.record(source, ['open', 'error']);
      await t.until(() => seen.length === 3, 'it opens in the end');
      t.same(
        seen.map(({ type, event }) => [type, event.reason]),
        [
          ['error', 'network'],
          ['error', 'network'],
          ['open', undefined],
        ],
        'events',
      );
      t.equal(seen[0].event.error, mistake, 'error');
      t.ok(/'body'/.test(seen[1].event.message), `message: ${seen[1].event.message}`);
      t.same(
        (await sent(t)).map(({ body }) => body),
        ['well'],
        'what came',
      );
    },
  },
  {
    id: 'request-body.stream',
    title: 'a ReadableStream is refused, and a message says what to do instead',
    needs: [...NEEDS, 'readable-stream'],
    run(t) {
      const body = new ReadableStream();
      const error = t.throws(() => t.open(QUIET, { body }), 'TypeError', 'the constructor');
      t.ok(/'body'.*function/.test(error.message), `message: ${error.message}`);
      t.equal(body.locked, false, 'it is left alone');
    },
  },
  {
    id: 'request-body.function-of-a-stream',
    title: 'a function that gives a ReadableStream: each is sent',
    needs: [...NEEDS, 'request-streams'],
    async run(t) {
      let calls = 0;
      const body = () => {
        calls += 1;
        const parts = [`part of ${calls}, `, 'the rest'];
        return new ReadableStream({
          pull(controller) {
            const part = parts.shift();
            if (part) controller.enqueue(new TextEncoder().encode(part));
            else controller.close();
          },
        });
      };
      t.same(
        (await twice(t, { body })).map((request) => request.body),
        ['part of 1, the rest', 'part of 2, the rest'],
        'bodies',
      );
    },
  },
  {
    id: 'request-body.refused',
    title: 'what cannot be a body throws in the constructor',
    needs: NEEDS,
    async run(t) {
      for (const [what, body, says] of REFUSED) {
        const error = t.throws(() => t.open(QUIET, { body }), 'TypeError', what);
        t.ok(
          error.message.includes("'body'") && says.test(error.message),
          `message of ${what}: ${error.message}`,
        );
      }
      for (const method of ['GET', 'get', 'HEAD']) {
        const error = t.throws(() => t.open(QUIET, { method, body: '' }), 'RangeError', method);
        t.ok(error.message.includes("'method'"), `message of ${method}: ${error.message}`);
      }
      await t.sleep(50);
      t.equal((await sent(t)).length, 0, 'requests');
    },
  },
]);
