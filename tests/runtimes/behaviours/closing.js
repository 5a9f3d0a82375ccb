/** close(): at any moment, and nothing afterwards. */
import { LETTING_GO_TIMEOUT, letsGo } from './let_go.js';
import { inSection } from './section.js';

/**
 * @param {any} t
 * @param {any} source
 * @param {number} [count] How many requests there have been.
 * @param {string} [key]
 */
async function staysSilent(t, source, count, key) {
  const seen = t.record(source);
  await t.sleep(250);
  t.equal(seen.length, 0, 'events after close()');
  t.equal(source.readyState, 2, 'readyState');
  if (count !== undefined) t.equal((await t.requests(key)).length, count, 'requests');
}

export const closingBehaviours = inSection('Closing', [
  {
    id: 'close.state-at-once',
    title: 'close() sets CLOSED at once, dispatches nothing and returns undefined',
    async run(t) {
      const source = t.open({ chunks: ['data: a\n\n'] });
      await t.next(source, 'message');
      const seen = t.record(source);
      t.equal(source.close(), undefined, 'return value');
      t.equal(source.readyState, 2, 'readyState');
      await t.sleep(50);
      t.equal(seen.length, 0, 'events');
    },
  },
  {
    id: 'close.twice',
    title: 'close() may be called again',
    async run(t) {
      const source = t.open({});
      source.close();
      source.close();
      await staysSilent(t, source);
      source.close();
    },
  },
  {
    id: 'close.right-after-construction',
    title: 'a source closed right after its construction never opens',
    async run(t) {
      const source = t.open({ chunks: ['data: a\n\n'] });
      source.close();
      await staysSilent(t, source);
      t.ok((await t.requests()).length <= 1, 'at most one request');
    },
  },
  {
    id: 'close.aborts-a-waiting-request',
    title: 'close() before the response aborts the request',
    needs: ['abort-controller'],
    timeout: LETTING_GO_TIMEOUT,
    async run(t) {
      let source;
      const key = await letsGo(t, async (attempt) => {
        source = t.open(t.stream({ refuse: 'headers' }, { key: attempt }));
        await t.requestsReach(1, attempt);
        source.close();
      });
      await staysSilent(t, source, 1, key);
    },
  },
  {
    id: 'close.cancels-the-body',
    title: 'close() on an open stream cancels its body',
    timeout: LETTING_GO_TIMEOUT,
    async run(t) {
      let source;
      const script = { chunks: ['data: a\n\n', { wait: 5 }, ': more\n\n'] };
      const key = await letsGo(t, async (attempt) => {
        source = t.open(t.stream(script, { key: attempt }));
        await t.next(source, 'message');
        source.close();
      });
      await staysSilent(t, source, 1, key);
    },
  },
  {
    id: 'close.cancels-a-stalled-body',
    title: 'close() on a stream of headers alone lets the connection go',
    timeout: LETTING_GO_TIMEOUT,
    async run(t) {
      await letsGo(t, async (attempt) => {
        const source = t.open(t.stream({}, { key: attempt }));
        await t.next(source, 'open');
        source.close();
      });
    },
  },
  {
    id: 'close.while-waiting',
    title: 'close() while waiting for the reconnection prevents it',
    async run(t) {
      const source = t.open({ chunks: ['retry: 150\ndata: a\n\n'], end: 'end' });
      await t.next(source, 'error');
      source.close();
      await t.sleep(300);
      await staysSilent(t, source, 1);
    },
  },
  {
    id: 'close.in-open',
    title: 'close() in an open listener: no message follows',
    async run(t) {
      const source = t.open({ chunks: ['data: a\n\n', 'data: b\n\n'] });
      await new Promise((resolve) => {
        source.onopen = () => resolve(source.close());
      });
      await staysSilent(t, source, 1);
    },
  },
  {
    id: 'close.in-message',
    title: 'close() in a message listener stops the rest of the chunk',
    async run(t) {
      const source = t.open({
        chunks: ['data: 1\n\ndata: 2\n\nevent: x\ndata: 3\n\n', 'data: 4\n\n'],
      });
      const seen = t.record(source, ['open', 'message', 'x', 'error']);
      await new Promise((resolve) => {
        source.onmessage = () => resolve(source.close());
      });
      await staysSilent(t, source, 1);
      t.same(
        seen.map(({ type, data }) => [type, data]),
        [
          ['open', undefined],
          ['message', '1'],
        ],
        'events',
      );
    },
  },
  {
    id: 'close.in-named-event',
    title: 'close() in a listener of a named event stops the rest of the chunk',
    async run(t) {
      const source = t.open({ chunks: ['event: x\ndata: 1\n\nevent: x\ndata: 2\n\ndata: 3\n\n'] });
      const seen = t.record(source, ['message', 'x']);
      source.addEventListener('x', () => source.close());
      await t.until(() => source.readyState === 2, 'the listener closed it');
      await staysSilent(t, source);
      t.equal(seen.length, 1, 'events');
    },
  },
  {
    id: 'close.in-error',
    title: 'close() in an error listener prevents the reconnection',
    async run(t) {
      const source = t.open({ chunks: ['retry: 20\ndata: a\n\n'], end: 'end' });
      await new Promise((resolve) => {
        source.onerror = () => resolve(source.close());
      });
      await staysSilent(t, source, 1);
    },
  },
  {
    id: 'close.in-listener-of-same-event',
    title: 'close() in a listener does not keep the other listeners from the same event',
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\ndata: 2\n\n'] });
      /** @type {string[]} */
      const log = [];
      source.addEventListener('message', (/** @type {any} */ event) => {
        log.push(`a${event.data}`);
        source.close();
      });
      source.addEventListener('message', (/** @type {any} */ event) => log.push(`b${event.data}`));
      await t.until(() => log.length > 0, 'the event came');
      await staysSilent(t, source);
      t.same(log, ['a1', 'b1'], 'calls');
    },
  },
  {
    id: 'close.after-a-microtask',
    title: 'close() in the continuation of an async listener stops the rest of the chunk as well',
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\ndata: 2\n\ndata: 3\n\n'] });
      const seen = t.record(source, ['message']);
      source.addEventListener('message', async () => {
        await null;
        source.close();
      });
      await t.until(() => source.readyState === 2, 'the listener closed it');
      await staysSilent(t, source);
      t.equal(seen.length, 1, 'events');
    },
  },
  {
    id: 'close.another-source',
    title: 'a listener may close another source that has events of its own coming',
    async run(t) {
      const other = t.open(
        t.stream({ chunks: [':\n', { hold: 'go' }, 'data: x\n\n'] }, { key: `${t.key}-other` }),
      );
      const otherSeen = t.record(other, ['message', 'error']);
      await t.next(other, 'open');
      const source = t.open({ chunks: ['data: 1\n\ndata: 2\n\nevent: end\ndata: .\n\n'] });
      const seen = t.record(source, ['message']);
      source.onmessage = () => other.close();
      await t.next(source, 'end');
      await t.release('go', `${t.key}-other`);
      await t.sleep(150);
      t.equal(seen.length, 2, 'its own events went on');
      t.equal(otherSeen.length, 0, 'events of the other');
      t.equal(other.readyState, 2, 'readyState of the other');
    },
  },
  {
    id: 'close.opening-in-a-listener',
    title: 'a listener may open another source; both streams come out right',
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\ndata: 2\n\nevent: end\ndata: 3\n\n'] });
      const seen = t.record(source, ['message', 'end']);
      /** @type {any} */
      let inner;
      const innerDone = new Promise((resolve) => {
        source.addEventListener(
          'message',
          () => {
            inner = t.open(t.stream({ chunks: ['data: inner\n\n'] }, { key: `${t.key}-inner` }));
            inner.onmessage = (/** @type {any} */ event) => resolve(event.data);
          },
          { once: true },
        );
      });
      t.equal(await innerDone, 'inner', 'the inner one');
      await t.until(() => seen.length === 3, 'the outer one went on');
      t.same(
        seen.map(({ data }) => data),
        ['1', '2', '3'],
        'the outer one',
      );
    },
  },
  {
    id: 'close.and-reopen-in-a-listener',
    title: 'a listener may close its source and open the same URL anew',
    async run(t) {
      const url = t.stream([
        { chunks: ['id: 9\ndata: 1\n\ndata: dropped\n\n'] },
        { chunks: ['data: 2\n\n'] },
      ]);
      /** @type {string[]} */
      const log = [];
      const first = t.open(url);
      await new Promise((resolve) => {
        first.onmessage = (/** @type {any} */ event) => {
          log.push(event.data);
          first.close();
          const second = t.open(url);
          second.onmessage = (/** @type {any} */ { data, lastEventId }) => {
            log.push(data, lastEventId);
            resolve(undefined);
          };
        };
      });
      t.same(log, ['1', '2', ''], 'data, and no id of the first source');
      t.equal((await t.requests())[1].lastEventIdHex, null, 'Last-Event-ID of the second source');
    },
  },
  {
    id: 'close.many-before-response',
    title: 'a hundred sources opened and closed at once leave nothing behind',
    timeout: 15_000,
    async run(t) {
      const sources = Array.from({ length: 100 }, (_, index) =>
        t.open(t.stream({ chunks: ['data: a\n\n'] }, { key: `${t.key}-${index}` })),
      );
      let events = 0;
      for (const source of sources) {
        for (const type of ['open', 'message', 'error']) {
          source.addEventListener(type, () => (events += 1));
        }
        source.close();
      }
      await t.sleep(300);
      t.equal(events, 0, 'events');
      const event = await t.next(t.open({ chunks: ['data: after\n\n'] }), 'message');
      t.equal(event.data, 'after', 'a source opened afterwards');
    },
  },
  {
    id: 'close.failed-source',
    title: 'close() on a source that failed by itself is harmless',
    async run(t) {
      const source = t.open({ status: 500, end: 'end' });
      await t.next(source, 'error');
      source.close();
      await staysSilent(t, source, 1);
    },
  },
  {
    id: 'close.during-redirect',
    title: 'close() while a redirect is on its way aborts it',
    needs: ['abort-controller'],
    timeout: LETTING_GO_TIMEOUT,
    async run(t) {
      let source;
      const key = await letsGo(t, async (there) => {
        const redirect = t.stream({ refuse: 'headers' }, { key: there });
        source = t.open(t.stream({ status: 302, redirect }, { key: `${there}-from` }));
        await t.requestsReach(1, there);
        source.close();
      });
      await staysSilent(t, source, 1, `${key}-from`);
    },
  },
]);
