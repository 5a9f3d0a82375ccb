/**
 * Each event is dispatched by a task of its own, so promises settle between two events even when both
 * came in one chunk.
 */
import { inSection } from './section.js';

const COUNT = 60;
const ONE_CHUNK = {
  chunks: [
    Array.from({ length: COUNT }, (_, index) => `data: ${index}\n\n`).join('') +
      'event: end\ndata: .\n\n',
  ],
};
const EXPECTED = Array.from({ length: COUNT }, (_, index) => String(index));

/**
 * Runs `loop` until the stream's last event, and gives it half a second for what may still come.
 *
 * @param {any} t
 * @param {(source: any, log: string[]) => Promise<void>} loop
 * @param {any} [script]
 */
async function everyEventOf(t, loop, script = ONE_CHUNK) {
  const source = t.open(script);
  /** @type {string[]} */
  const log = [];
  loop(source, log).catch(() => {});
  await t.next(source, 'end');
  await t.sleep(20);
  t.same(log, EXPECTED, `events seen by the loop (${log.length} of ${COUNT})`);
}

export const deliveryBehaviours = inSection('Delivery', [
  {
    id: 'delivery.once-in-a-loop',
    title: 'a loop that awaits one event at a time with once sees every event of a chunk',
    async run(t) {
      await everyEventOf(t, async (source, log) => {
        while (log.length < COUNT) {
          const event = await new Promise((resolve) =>
            source.addEventListener('message', resolve, { once: true }),
          );
          log.push(event.data);
        }
      });
    },
  },
  {
    id: 'delivery.handler-in-a-loop',
    title: 'a loop that sets onmessage anew for every event sees every event of a chunk',
    async run(t) {
      await everyEventOf(t, async (source, log) => {
        while (log.length < COUNT) {
          const event = await new Promise((resolve) => {
            source.onmessage = resolve;
          });
          source.onmessage = null;
          log.push(event.data);
        }
      });
    },
  },
  {
    id: 'delivery.deep-promises',
    title: 'a chain of many promises settles before the next event',
    async run(t) {
      await everyEventOf(t, async (source, log) => {
        while (log.length < COUNT) {
          const event = await new Promise((resolve) =>
            source.addEventListener('message', resolve, { once: true }),
          );
          for (let depth = 0; depth < 50; depth += 1) await null;
          log.push(event.data);
        }
      });
    },
  },
  {
    id: 'delivery.cr-and-many-chunks',
    title: 'the loop sees every event of several chunks, however they are cut',
    async run(t) {
      const whole = ONE_CHUNK.chunks[0].replace(/\n\n/g, '\r\n\r\n');
      const chunks = [];
      for (let at = 0; at < whole.length; at += 97) chunks.push(whole.slice(at, at + 97));
      await everyEventOf(
        t,
        async (source, log) => {
          while (log.length < COUNT) {
            const event = await new Promise((resolve) =>
              source.addEventListener('message', resolve, { once: true }),
            );
            log.push(event.data);
          }
        },
        { chunks },
      );
    },
  },
  {
    id: 'delivery.microtasks-in-order',
    title: 'what a listener puts into the microtask queue runs before the next event',
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\ndata: 2\n\nevent: end\ndata: .\n\n'] });
      /** @type {string[]} */
      const log = [];
      source.addEventListener('message', (/** @type {any} */ { data }) => {
        log.push(`event ${data}`);
        Promise.resolve().then(() => log.push(`after ${data}`));
      });
      source.addEventListener('end', () => log.push('end'));
      await t.next(source, 'end');
      t.same(log, ['event 1', 'after 1', 'event 2', 'after 2', 'end'], 'order');
    },
  },
  {
    id: 'delivery.awaited-open',
    title: 'who awaits open and adds a listener then misses no event of the first chunk',
    async run(t) {
      await everyEventOf(t, async (source, log) => {
        await new Promise((resolve) => source.addEventListener('open', resolve));
        source.addEventListener('message', (/** @type {any} */ { data }) => log.push(data));
      });
    },
  },
  {
    id: 'delivery.end-after-events',
    title: 'the error at the end of the body comes after every event, and after their promises',
    async run(t) {
      const source = t.open({
        chunks: ['retry: 60000\ndata: 1\n\ndata: 2\n\ndata: 3\n\n'],
        end: 'end',
      });
      /** @type {string[]} */
      const log = [];
      source.onmessage = async (/** @type {any} */ { data }) => {
        await null;
        log.push(data);
      };
      source.onerror = () => log.push('error');
      await t.next(source, 'error');
      t.same(log, ['1', '2', '3', 'error'], 'order');
    },
  },
  {
    id: 'delivery.ready-state-while-dispatching',
    title: 'readyState is OPEN for every event of a last chunk, though the stream has ended',
    async run(t) {
      const source = t.open({
        chunks: ['retry: 60000\ndata: 1\n\ndata: 2\n\ndata: 3\n\n'],
        end: 'end',
      });
      const seen = t.record(source);
      await t.next(source, 'error');
      t.same(
        seen.map(({ readyState }) => readyState),
        [1, 1, 1, 1, 0],
        'readyState',
      );
    },
  },
  {
    id: 'delivery.two-chunks-and-a-slow-listener',
    title: 'a listener that blocks for a while loses nothing of what comes meanwhile',
    async run(t) {
      const source = t.open({
        chunks: ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n', 'event: end\ndata: .\n\n'],
      });
      const seen = t.record(source, ['message']);
      source.addEventListener(
        'message',
        () => {
          const end = Date.now() + 120;
          while (Date.now() < end);
        },
        { once: true },
      );
      await t.next(source, 'end');
      t.same(
        seen.map(({ data }) => data),
        ['1', '2', '3'],
        'data',
      );
    },
  },
]);
