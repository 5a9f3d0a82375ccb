/** Time-outs, reconnect(), ref() and unref(), and signals: what ends a connection beside the network, beyond the standard. */
import { inSection } from './section.js';
import { QUIET } from './stream_bytes.js';

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['extras'];

/** Attempts are this far apart, in milliseconds; clocks of two processes are compared nowhere. */
const APART = 500;

/** @param {any} event An `error` event. */
const told = ({ status, reason, failures, retryIn }) => ({
  status,
  reason,
  failures,
  isFinal: retryIn === null,
});

export const stayingConnectedBehaviours = inSection('Staying connected', [
  {
    id: 'time-out.connect',
    title: 'connectTimeout: a server that never answers is given up, and asked again',
    needs: [...NEEDS, 'abort-controller'],
    async run(t) {
      const source = t.open([{ refuse: 'headers' }, QUIET], {
        connectTimeout: 300,
        reconnectionTime: 10,
      });
      const error = await t.next(source, 'error');
      t.same(
        told(error),
        { status: undefined, reason: 'timeout', failures: 1, isFinal: false },
        'error',
      );
      await t.next(source, 'open');
      await t.until(async () => (await t.requests())[0].clientClosed, 'the first request is ended');
    },
  },
  {
    id: 'time-out.idle',
    title: 'idleTimeout: a stream that has fallen silent is given up, and asked for again',
    needs: NEEDS,
    async run(t) {
      const source = t.open([{ chunks: ['id: 5\ndata: 1\n\n'] }, { chunks: ['data: 2\n\n'] }], {
        idleTimeout: 400,
        reconnectionTime: 10,
      });
      await t.next(source, 'message');
      const error = await t.next(source, 'error');
      t.same(
        told(error),
        { status: undefined, reason: 'idle', failures: 1, isFinal: false },
        'error',
      );
      t.equal((await t.next(source, 'message')).lastEventId, '5', 'lastEventId afterwards');
    },
  },
  {
    id: 'time-out.idle-fed',
    title: 'idleTimeout is fed by comments and by parts of an event',
    needs: NEEDS,
    async run(t) {
      const chunks = [];
      for (const text of [': one\n', 'da', 'ta: ', 'x', '\n', ':\n', ': end\n', '\n']) {
        chunks.push(text, { wait: 250 });
      }
      const source = t.open({ chunks }, { idleTimeout: 1200, reconnectionTime: 60_000 });
      const seen = t.record(source, ['message', 'error']);
      await t.until(() => seen.length === 2, 'the event came, and then silence');
      t.same(
        seen.map(({ type, data, event }) => [type, data ?? event.reason]),
        [
          ['message', 'x'],
          ['error', 'idle'],
        ],
        'events',
      );
    },
  },
  {
    id: 'reconnect-method.open',
    title: 'reconnect() of an open source: a new request with the ID, and no error',
    needs: NEEDS,
    async run(t) {
      const source = t.open([{ chunks: ['id: 8\ndata: 1\n\n'] }, { chunks: ['data: 2\n\n'] }]);
      const seen = t.record(source);
      await t.next(source, 'message');
      t.equal(source.reconnect(), undefined, 'its value');
      t.equal(source.readyState, 0, 'readyState');
      await t.next(source, 'message');
      t.same(
        seen.map(({ type, data }) => [type, data]),
        [
          ['open', undefined],
          ['message', '1'],
          ['open', undefined],
          ['message', '2'],
        ],
        'events',
      );
      const [first, second] = await t.requests();
      t.equal(second.headers['last-event-id'], '8', 'Last-Event-ID');
      // They begin so far apart here, but the first one may take longer to arrive.
      t.ok(second.at - first.at >= APART / 2, `apart: ${second.at - first.at} ms`);
      t.equal(first.clientClosed, true, 'the first request is ended');
    },
  },
  {
    id: 'reconnect-method.waiting',
    title: 'reconnect() ends a wait',
    needs: NEEDS,
    async run(t) {
      const source = t.open([{ chunks: ['data: 1\n\n'], end: 'end' }, QUIET], {
        reconnectionTime: 600_000,
      });
      await t.next(source, 'error');
      source.reconnect();
      await t.next(source, 'open');
    },
  },
  {
    id: 'reconnect-method.in-listeners',
    title: 'reconnect() in a listener of error, of open or of an event: one attempt follows',
    needs: NEEDS,
    async run(t) {
      for (const type of ['error', 'open', 'message']) {
        const key = `${t.key}-${type}`;
        const script = [
          { chunks: ['data: 1\n\ndata: 2\n\n'], end: 'end' },
          { chunks: ['data: 3\n\n'] },
        ];
        const source = t.open(t.stream(script, { key }), { reconnectionTime: 600_000 });
        const seen = t.record(source, ['message']);
        const once = () => {
          source.removeEventListener(type, once);
          source.reconnect();
        };
        source.addEventListener(type, once);
        await t.until(() => seen.some(({ data }) => data === '3'), `the second stream (${type})`);
        t.equal((await t.requests(key)).length, 2, `requests (${type})`);
        source.close();
      }
    },
  },
  {
    id: 'reconnect-method.closed',
    title: 'reconnect() of a closed source does nothing',
    needs: NEEDS,
    async run(t) {
      const source = t.open(QUIET);
      await t.next(source, 'open');
      source.close();
      source.reconnect();
      await t.sleep(600);
      t.equal(source.readyState, 2, 'readyState');
      t.equal((await t.requests()).length, 1, 'requests');
    },
  },
  {
    id: 'reconnect-method.often',
    title: 'reconnect() again and again keeps attempts apart',
    needs: NEEDS,
    async run(t) {
      const source = t.open(QUIET);
      const seen = t.record(source, ['error']);
      await t.next(source, 'open');
      for (let i = 0; i < 60; i++) {
        source.reconnect();
        await t.sleep(20);
      }
      const opened = t.next(source, 'open');
      const count = (await t.requests()).length;
      t.ok(count >= 1 && count <= 6, `requests: ${count}`);
      await opened;
      t.equal(seen.length, 0, 'errors');
    },
  },
  {
    id: 'staying.ref-and-unref',
    title: 'ref() and unref() give the source',
    needs: NEEDS,
    run(t) {
      const source = t.open(QUIET);
      t.equal(source.ref(), source, 'ref()');
      t.equal(source.unref(), source, 'unref()');
      t.equal(source.ref(), source, 'ref() again');
    },
  },
  {
    id: 'signal.before',
    title: 'a signal that is aborted already: CLOSED, and no request',
    needs: [...NEEDS, 'abort-controller'],
    async run(t) {
      const controller = new AbortController();
      controller.abort();
      const source = t.open(QUIET, { signal: controller.signal });
      const seen = t.record(source);
      t.equal(source.readyState, 2, 'readyState');
      t.equal(await source.closed, undefined, 'closed');
      await t.sleep(100);
      t.same([seen.length, (await t.requests()).length], [0, 0], 'events, requests');
    },
  },
  {
    id: 'signal.connecting',
    title: 'a signal that is aborted while connecting',
    needs: [...NEEDS, 'abort-controller'],
    async run(t) {
      const controller = new AbortController();
      const source = t.open({ refuse: 'headers' }, { signal: controller.signal });
      const seen = t.record(source);
      await t.requestsReach(1);
      controller.abort();
      t.equal(source.readyState, 2, 'readyState');
      await t.until(async () => (await t.requests())[0].clientClosed, 'the request is ended');
      t.equal(seen.length, 0, 'events');
    },
  },
  {
    id: 'signal.open',
    title: 'a signal that is aborted while the stream is open, or after close()',
    needs: [...NEEDS, 'abort-controller'],
    async run(t) {
      const controller = new AbortController();
      const source = t.open(QUIET, { signal: controller.signal });
      const other = t.open(t.stream(QUIET, { key: `${t.key}-other` }), {
        signal: controller.signal,
      });
      await Promise.all([t.next(source, 'open'), t.next(other, 'open')]);
      const seen = t.record(source);
      other.close();
      controller.abort();
      t.same([source.readyState, other.readyState], [2, 2], 'readyState of both');
      await source.closed;
      await t.sleep(50);
      t.equal(seen.length, 0, 'events');
    },
  },
]);
