/**
 * What happens when a stream ends or breaks.
 *
 * Times are coarse on purpose: order and counts are asserted, and bounds that only a wrong unit, an
 * overflow or a missing wait would break.
 */
import { inSection } from './section.js';

/**
 * @param {import('../toolkit.js').Seen[]} seen
 */
function told(seen) {
  return seen.map(({ type, readyState, data }) => `${type} ${readyState}${data ? ` ${data}` : ''}`);
}

/**
 * @param {string} body
 * @returns {import('../../support/stream_script.js').Attempt}
 */
function ends(body) {
  return { chunks: [body], end: 'end' };
}

export const reconnectionBehaviours = inSection('Reconnection', [
  {
    id: 'reconnect.end-of-body',
    title: 'the end of the body: CONNECTING, one error, then a new attempt that opens again',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\ndata: 1\n\n'], end: 'end' },
        { chunks: ['data: 2\n\n'] },
      ]);
      const seen = t.record(source);
      await t.until(() => seen.length >= 5, 'the second message came');
      t.same(told(seen), ['open 1', 'message 1 1', 'error 0', 'open 1', 'message 1 2'], 'events');
    },
  },
  {
    id: 'reconnect.broken-connection',
    title: 'a connection that breaks in mid-event: the same',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\ndata: 1\n\ndata: lost'], end: 'destroy' },
        { chunks: ['data: 2\n\n'] },
      ]);
      const seen = t.record(source);
      await t.until(() => seen.length >= 5, 'the second message came');
      t.same(told(seen), ['open 1', 'message 1 1', 'error 0', 'open 1', 'message 1 2'], 'events');
    },
  },
  {
    id: 'reconnect.network-error',
    title: 'attempts that break before any response: an error each, CONNECTING, until one succeeds',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\ndata: 1\n\n'], end: 'end' },
        { refuse: 'socket', until: 'well' },
        { chunks: ['data: 2\n\n'] },
      ]);
      const seen = t.record(source);
      await t.until(() => seen.length >= 5, 'the first end and two failures were told', 7000);
      await t.release('well');
      await t.until(() => seen.some(({ data }) => data === '2'), 'the second message came');
      const story = told(seen);
      t.same(
        story.slice(0, 5),
        ['open 1', 'message 1 1', 'error 0', 'error 0', 'error 0'],
        'events while the server fails',
      );
      t.same(story.slice(-2), ['open 1', 'message 1 2'], 'events afterwards');
    },
  },
  {
    id: 'reconnect.empty-body',
    title: 'a response without a body opens, then reconnects',
    async run(t) {
      const source = t.open({ chunks: [], end: 'end' });
      const seen = t.record(source);
      await t.next(source, 'error');
      t.same(told(seen), ['open 1', 'error 0'], 'events');
    },
  },
  {
    id: 'reconnect.one-error-each',
    title: 'every end is one error, never two',
    async run(t) {
      const source = t.open([
        ...[1, 2, 3].map((n) => ends(`retry: 20\ndata: ${n}\n\n`)),
        { chunks: ['event: end\ndata: .\n\n'] },
      ]);
      const seen = t.record(source);
      await t.next(source, 'end');
      t.equal(seen.filter(({ type }) => type === 'error').length, 3, 'errors');
      t.equal(seen.filter(({ type }) => type === 'open').length, 4, 'opens');
    },
  },
  ...[204, 404, 500].map((status) => ({
    id: `reconnect.then-${status}`,
    title: `a reconnection answered with ${status} ends the source`,
    async run(/** @type {any} */ t) {
      const source = t.open([
        { chunks: ['retry: 20\ndata: 1\n\n'], end: 'end' },
        { status, end: 'end' },
        { chunks: ['data: 2\n\n'] },
      ]);
      const seen = t.record(source);
      await t.until(() => source.readyState === 2, 'the source is closed');
      await t.sleep(200);
      t.same(told(seen), ['open 1', 'message 1 1', 'error 0', 'error 2'], 'events');
      t.equal((await t.requests()).length, 2, 'requests');
    },
  })),
  {
    id: 'reconnect.then-another-type',
    title: 'a reconnection answered with another type ends the source',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\ndata: 1\n\n'], end: 'end' },
        { type: 'text/html', chunks: ['data: 2\n\n'], end: 'end' },
      ]);
      const seen = t.record(source);
      await t.until(() => source.readyState === 2, 'the source is closed');
      t.same(told(seen), ['open 1', 'message 1 1', 'error 0', 'error 2'], 'events');
    },
  },
  {
    id: 'reconnect.handlers-stay',
    title: 'listeners and handlers stay through all attempts',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\ndata: 1\n\n'], end: 'end' },
        { chunks: ['data: 2\n\n'], end: 'end' },
        { chunks: ['data: 3\n\n'] },
      ]);
      /** @type {string[]} */
      const log = [];
      source.onmessage = (/** @type {any} */ { data }) => log.push(data);
      await t.until(() => log.length === 3, 'three messages came');
      t.same(log, ['1', '2', '3'], 'data');
    },
  },
  {
    id: 'reconnect.error-before-waiting',
    title: 'the error comes at once, not after the reconnection time',
    async run(t) {
      const source = t.open({ chunks: ['retry: 60000\ndata: 1\n\n'], end: 'end' });
      await t.next(source, 'message');
      await t.next(source, 'error', 2500);
      t.equal(source.readyState, 0, 'readyState');
    },
  },
  {
    id: 'reconnect.default-time',
    title: 'without retry a source waits a few seconds: neither none nor a minute',
    timeout: 20_000,
    async run(t) {
      const source = t.open([
        { chunks: ['data: 1\n\n'], end: 'end' },
        { chunks: ['event: again\ndata: .\n\n'] },
      ]);
      await t.next(source, 'again', 15_000);
      const [first, second] = await t.requests();
      t.ok(second.at - first.at > 500, `time between the requests: ${second.at - first.at} ms`);
    },
  },
]);
