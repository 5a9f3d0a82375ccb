/** Consecutive failures: the attempts grow apart, and no server makes a client storm. */
import { inSection } from './section.js';

/**
 * Counts the requests of two seconds in which the server keeps ending the stream.
 *
 * @param {any} t
 * @param {any} script
 */
async function requestsInTwoSeconds(t, script) {
  const source = t.open(script);
  await t.sleep(2000);
  source.close();
  return (await t.requests()).length;
}

/** A peer without backoff makes hundreds. */
const FEW = 20;

const ALLOWED =
  'the standard lets a source wait longer after failures and does not ask it to; browsers wait exactly the reconnection time';

export const backoffBehaviours = inSection('Backoff', [
  {
    id: 'storm.retry-zero',
    title: 'retry: 0 with a server that ends every stream makes few requests',
    beyond: ALLOWED,
    async run(t) {
      const count = await requestsInTwoSeconds(t, { chunks: ['retry: 0\n\n'], end: 'end' });
      t.ok(count >= 2 && count <= FEW, `requests in two seconds: ${count}`);
    },
  },
  {
    id: 'storm.retry-zero-with-events',
    title: 'retry: 0 with a server that sends one event and ends does not storm either',
    beyond: ALLOWED,
    async run(t) {
      const count = await requestsInTwoSeconds(t, {
        chunks: ['retry: 0\ndata: 1\n\n'],
        end: 'end',
      });
      t.ok(count >= 2 && count <= 60, `requests in two seconds: ${count}`);
    },
  },
  {
    id: 'storm.open-and-close',
    title: '200 and an empty stream again and again makes few requests, growing apart',
    beyond: ALLOWED,
    async run(t) {
      const count = await requestsInTwoSeconds(t, [
        { chunks: ['retry: 10\n\n'], end: 'end' },
        { chunks: [], end: 'end' },
      ]);
      t.ok(count >= 2 && count <= FEW, `requests in two seconds: ${count}`);
    },
  },
  {
    id: 'storm.broken-attempts',
    title: 'attempts that break before any response grow apart',
    beyond: ALLOWED,
    async run(t) {
      const count = await requestsInTwoSeconds(t, [
        { chunks: ['retry: 10\ndata: 1\n\n'], end: 'end' },
        { refuse: 'socket' },
      ]);
      t.ok(count >= 3 && count <= FEW, `requests in two seconds: ${count}`);
    },
  },
  {
    id: 'storm.huge-retry',
    title: 'a huge retry with a server that ends every stream makes one request',
    async run(t) {
      const count = await requestsInTwoSeconds(t, {
        chunks: ['retry: 99999999999\ndata: 1\n\n'],
        end: 'end',
      });
      t.equal(count, 1, 'requests in two seconds');
    },
  },
  {
    id: 'storm.proved-connection',
    title:
      'after failures, a connection that proved itself is followed by a quick reconnection again',
    timeout: 20_000,
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 30\ndata: 1\n\n'], end: 'end' },
        { refuse: 'socket', until: 'well' },
        { chunks: ['data: 2\n\n', { wait: 1500 }, 'data: 3\n\n', { wait: 1500 }], end: 'end' },
        { chunks: ['event: again\ndata: .\n\n'] },
      ]);
      const seen = t.record(source, ['message', 'error']);
      await t.until(() => seen.length >= 4, 'the first end and two failures were told', 7000);
      await t.release('well');
      await t.until(() => seen.some(({ data }) => data === '3'), 'the proved one came', 8000);
      await t.next(source, 'again', 4500);
    },
  },
]);
