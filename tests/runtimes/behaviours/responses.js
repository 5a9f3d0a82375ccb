/** Which responses open a source, and which fail the connection for good. */
import { LETTING_GO_TIMEOUT, letsGo } from './let_go.js';
import { inSection } from './section.js';

/**
 * The connection fails: one error, CLOSED, neither open nor message nor another request.
 *
 * @param {any} t
 * @param {import('../../support/stream_script.js').Attempt} attempt
 */
export async function failsForGood(t, attempt) {
  const source = t.open({ chunks: ['retry: 10\ndata: a\n\n'], end: 'end', ...attempt });
  const seen = t.record(source);
  const event = await t.next(source, 'error');
  t.equal(event.target.readyState, 2, `readyState (${event.message})`);
  await t.sleep(250);
  t.same(
    seen.map((/** @type {any} */ { type, readyState }) => [type, readyState]),
    [['error', 2]],
    'events',
  );
  t.equal((await t.requests()).length, 1, 'requests');
}

/**
 * @param {any} t
 * @param {import('../../support/stream_script.js').Attempt} attempt
 */
async function opens(t, attempt) {
  const source = t.open({ chunks: ['data: ä\n\n'], ...attempt });
  const seen = t.record(source);
  await t.until(() => seen.length >= 2, 'an event came');
  t.same(
    seen.map((/** @type {any} */ { type, data }) => [type, data]),
    [
      ['open', undefined],
      ['message', 'ä'],
    ],
    'events',
  );
}

/**
 * @param {string} name
 * @param {string | null} type
 * @param {boolean} good
 * @param {string} [nativeMayFail]
 * @returns {import('./section.js').Described}
 */
function typeCase(name, type, good, nativeMayFail) {
  return {
    nativeMayFail,
    id: `response.type-${name}`,
    title: `Content-Type ${type ?? '(none)'} ${good ? 'opens' : 'fails the connection'}`,
    run: (t) => (good ? opens(t, { type }) : failsForGood(t, { type })),
  };
}

const STATUSES = [201, 202, 203, 204, 205, 206, 304, 400, 403, 404, 410, 429, 500, 502, 503];

export const responseBehaviours = inSection('Responses', [
  {
    id: 'response.open-before-messages',
    title: 'open comes first, with readyState OPEN, as soon as the headers are there',
    async run(t) {
      const source = t.open({ chunks: [{ hold: 'body' }, 'data: a\n\n'] });
      const seen = t.record(source);
      t.equal(source.readyState, 0, 'before');
      await t.next(source, 'open');
      t.equal(source.readyState, 1, 'after');
      await t.release('body');
      await t.until(() => seen.length === 2, 'the message came');
      t.same(
        seen.map(({ type, readyState }) => [type, readyState]),
        [
          ['open', 1],
          ['message', 1],
        ],
        'events',
      );
    },
  },
  {
    id: 'response.stalled-headers',
    title: 'a server that never answers leaves the source CONNECTING, without any event',
    async run(t) {
      const source = t.open({ refuse: 'headers' });
      const seen = t.record(source);
      await t.requestsReach(1);
      await t.sleep(300);
      t.equal(source.readyState, 0, 'readyState');
      t.equal(seen.length, 0, 'events');
    },
  },
  {
    id: 'response.stalled-body',
    title: 'a body that never begins leaves the source OPEN, without a message',
    async run(t) {
      const source = t.open({});
      const seen = t.record(source);
      await t.next(source, 'open');
      await t.sleep(300);
      t.equal(source.readyState, 1, 'readyState');
      t.equal(seen.length, 1, 'events');
    },
  },
  typeCase('plain', 'text/event-stream', true),
  typeCase('case', 'Text/EVENT-Stream', true),
  typeCase('charset', 'text/event-stream; charset=utf-8', true),
  typeCase(
    'other-charset',
    'text/event-stream;charset=windows-1252',
    true,
    'Chromium refuses every charset but UTF-8; the standard looks at the essence alone',
  ),
  typeCase('trailing-semicolon', 'text/event-stream;', true),
  typeCase('spaces', '  text/event-stream ; x=y ', true),
  typeCase('quoted-parameter', 'text/event-stream; a="b;c"; =; d', true),
  typeCase('missing', null, false),
  typeCase('text-plain', 'text/plain', false),
  typeCase('json', 'application/json', false),
  typeCase('longer', 'text/event-streams', false),
  typeCase('x-prefix', 'text/x-dom-event-stream', false),
  typeCase(
    'inner-space',
    'text/event-stream charset=utf-8',
    false,
    'browsers end a media type at the first space; the MIME Sniffing Standard calls this one invalid',
  ),
  typeCase('empty', '', false),
  ...STATUSES.map((status) => ({
    id: `response.status-${status}`,
    title: `status ${status} fails the connection`,
    run: (/** @type {any} */ t) =>
      failsForGood(
        t,
        [204, 205, 304].includes(status) ? { status, chunks: [], end: 'end' } : { status },
      ),
  })),
  {
    id: 'response.no-content-length-games',
    title: 'a Content-Length that ends the body ends the stream as any end does',
    async run(t) {
      const body = 'retry: 20\ndata: 1\n\n';
      const source = t.open([
        { headers: [['Content-Length', String(body.length)]], chunks: [body], end: 'end' },
        { chunks: ['data: 2\n\n'] },
      ]);
      const seen = t.record(source);
      await t.until(() => seen.length === 5, 'the second response came');
      t.same(
        seen.map(({ type }) => type),
        ['open', 'message', 'error', 'open', 'message'],
        'events',
      );
    },
  },
  {
    id: 'response.failing-is-asynchronous',
    title: 'a refused stream says so after the constructor has returned',
    async run(t) {
      const source = t.open({ status: 404, end: 'end' });
      t.equal(source.readyState, 0, 'at once');
      await t.next(source, 'error');
      t.equal(source.readyState, 2, 'later');
    },
  },
  {
    id: 'response.failed-request-is-let-go',
    title: 'the body of a refused response is not kept open',
    timeout: LETTING_GO_TIMEOUT,
    async run(t) {
      await letsGo(t, async (key) => {
        const script = { status: 500, chunks: ['data: a\n\n'], end: 'hang' };
        await t.next(t.open(t.stream(script, { key })), 'error');
      });
    },
  },
]);
