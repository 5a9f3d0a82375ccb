/**
 * EventSource.fromReadableStream(), as proposed for the HTML Standard in
 * https://github.com/whatwg/html/pull/12272
 */
import { inSection } from './section.js';

/** @param {string} text Of ASCII characters: some engines have no TextEncoder. */
function bytes(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * @typedef {object} OpenStream What a behaviour writes to.
 * @property {any} readable
 * @property {(chunk: any) => void} enqueue
 * @property {() => void} end
 * @property {(error: unknown) => void} breakOff
 * @property {() => boolean} cancelled
 */

/** @returns {OpenStream} The host's own kind. */
function hostStream() {
  /** @type {any} */
  let controller;
  let cancelled = false;
  const readable = new ReadableStream({
    start(given) {
      controller = given;
    },
    cancel() {
      cancelled = true;
    },
  });
  return {
    readable,
    enqueue: (chunk) => controller.enqueue(chunk),
    end: () => controller.close(),
    breakOff: (error) => controller.error(error),
    cancelled: () => cancelled,
  };
}

/** @returns {OpenStream} For hosts that have no streams: as much of one as an EventSource looks at. */
function standIn() {
  /** @type {(() => any)[]} */
  const results = [];
  /** @type {(() => void)[]} */
  const waiting = [];
  let cancelled = false;
  const settle = (/** @type {() => any} */ result) => {
    results.push(result);
    waiting.shift()?.();
  };
  const readable = {
    locked: false,
    getReader() {
      readable.locked = true;
      return {
        async read() {
          if (results.length === 0) await new Promise((resolve) => waiting.push(() => resolve(0)));
          return /** @type {() => any} */ (results.shift())();
        },
        async cancel() {
          cancelled = true;
        },
      };
    },
  };
  return {
    readable,
    enqueue: (value) => settle(() => ({ done: false, value })),
    end: () => settle(() => ({ done: true, value: undefined })),
    breakOff: (error) =>
      settle(() => {
        throw error;
      }),
    cancelled: () => cancelled,
  };
}

/** @param {string} [text] Of ASCII characters, which is written at once. */
function openStream(text = '') {
  const stream = typeof ReadableStream === 'function' ? hostStream() : standIn();
  const write = (/** @type {string} */ more) => stream.enqueue(bytes(more));
  if (text) write(text);
  return { ...stream, write };
}

/**
 * @param {import('../toolkit.js').Toolkit} t
 * @param {any} readable
 */
function from(t, readable) {
  return t.keep(t.EventSource.fromReadableStream(readable));
}

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['stream-source'];

export const streamSourceBehaviours = inSection('Streams that are open already', [
  {
    id: 'stream.interface',
    title: 'fromReadableStream and from are enumerable static methods of length 1',
    needs: NEEDS,
    run(t) {
      for (const name of ['fromReadableStream', 'from']) {
        const found = Object.getOwnPropertyDescriptor(t.EventSource, name);
        t.same(
          [found?.writable, found?.enumerable, found?.configurable],
          [true, true, true],
          `${name}: writable, enumerable, configurable`,
        );
        t.same([found?.value.name, found?.value.length], [name, 1], `${name}: name and length`);
      }
    },
  },
  {
    id: 'stream.initial-state',
    title: 'it begins CONNECTING, as about:event-stream, without credentials and without an ID',
    needs: NEEDS,
    run(t) {
      const source = from(t, openStream('data: a\n\n').readable);
      t.ok(source instanceof t.EventSource, 'it is an EventSource');
      t.equal(source.readyState, 0, 'readyState');
      t.equal(source.url, 'about:event-stream', 'url');
      t.equal(source.withCredentials, false, 'withCredentials');
      t.equal(source.lastEventId, '', 'lastEventId');
      t.equal(source.reconnectionTime, 3000, 'reconnectionTime');
    },
  },
  {
    id: 'stream.max-event-size',
    title: 'maxEventSize limits its events, and a wrong value leaves the stream unlocked',
    needs: NEEDS,
    async run(t) {
      const { readable } = openStream('data: 12345\n\ndata: 123456\n\n');
      for (const [maxEventSize, name] of [
        [0, 'RangeError'],
        ['5', 'TypeError'],
      ]) {
        t.throws(
          () => t.EventSource.fromReadableStream(readable, { maxEventSize }),
          String(name),
          `maxEventSize: ${maxEventSize}`,
        );
      }
      t.equal(readable.locked, false, 'locked');
      const source = t.keep(t.EventSource.from(readable, { maxEventSize: 5 }));
      const seen = t.record(source, ['message', 'error']);
      await t.until(() => seen.length === 2, 'an event and the error came');
      t.equal(seen[0].data, '12345', 'data');
      t.ok(/** @type {any} */ (seen[1].event).message.includes('5 bytes'), 'message of the error');
      t.equal(source.readyState, 2, 'readyState');
    },
  },
  {
    id: 'stream.opens',
    title: 'it fires open, and then the events of what had been written before',
    needs: NEEDS,
    async run(t) {
      const source = from(t, openStream('data: a\n\ndata: b\n\n').readable);
      const seen = t.record(source);
      t.equal(seen.length, 0, 'events before the caller had its turn');
      await t.until(() => seen.length === 3, 'three events came');
      t.same(
        seen.map(({ type, data, readyState }) => [type, data, readyState]),
        [
          ['open', seen[0].data, 1],
          ['message', 'a', 1],
          ['message', 'b', 1],
        ],
        'events',
      );
    },
  },
  {
    id: 'stream.events',
    title: 'its events have types and IDs as any others, and the origin "null"',
    needs: NEEDS,
    async run(t) {
      const stream = openStream('retry: 77\nid: 5\nevent: tick\ndata: a\ndata: b\n\n');
      const event = await t.next(from(t, stream.readable), 'tick');
      t.same(
        [event.type, event.data, event.lastEventId, event.origin],
        ['tick', 'a\nb', '5', 'null'],
        'event',
      );
      t.equal(event.target.reconnectionTime, 77, 'reconnectionTime');
      t.equal(event.target.lastEventId, '5', 'lastEventId');
    },
  },
  {
    id: 'stream.cut-anywhere',
    title: 'chunks of one byte give the same events',
    needs: NEEDS,
    async run(t) {
      const stream = openStream();
      const seen = t.record(from(t, stream.readable), ['message', 'x']);
      for (const character of 'id: 1\r\ndata: a\r\n\r\nevent: x\ndata: b\n\n') {
        stream.write(character);
      }
      await t.until(() => seen.length === 2, 'two events came');
      t.same(
        seen.map(({ type, data, lastEventId }) => [type, data, lastEventId]),
        [
          ['message', 'a', '1'],
          ['x', 'b', '1'],
        ],
        'events',
      );
    },
  },
  {
    id: 'stream.response-body',
    title: "a response's body is a stream of that kind",
    needs: NEEDS,
    async run(t) {
      const url = t.stream({ chunks: ['data: a\n\n', 'id: 2\ndata: b\n\n'], gap: 20, end: 'end' });
      const response = await t.fetch(url);
      const source = from(t, response.body);
      const seen = t.record(source);
      await t.until(() => source.readyState === 2, 'it is CLOSED');
      t.same(
        seen.map(({ type, data }) => [type, type === 'message' ? data : 0]),
        [
          ['open', 0],
          ['message', 'a'],
          ['message', 'b'],
          ['error', 0],
        ],
        'events',
      );
      t.equal((await t.requests()).length, 1, 'requests');
    },
  },
  {
    id: 'stream.end',
    title:
      'its end fires one error and leaves it CLOSED for good; what is unfinished commits nothing',
    needs: NEEDS,
    async run(t) {
      const stream = openStream('retry: 1\nid: 1\ndata: a\n\nid: 2\ndata: lost\n');
      stream.end();
      const source = from(t, stream.readable);
      const seen = t.record(source);
      await t.next(source, 'error');
      await t.sleep(50);
      t.same(
        seen.map(({ type, readyState }) => [type, readyState]),
        [
          ['open', 1],
          ['message', 1],
          ['error', 2],
        ],
        'events',
      );
      t.equal(source.readyState, 2, 'readyState');
      t.same([source.lastEventId, source.reconnectionTime], ['1', 1], 'what it remembers');
    },
  },
  {
    id: 'stream.breaks-off',
    title: 'its error fires one error event and leaves it CLOSED for good',
    needs: NEEDS,
    async run(t) {
      const stream = openStream('retry: 1\ndata: a\n\n');
      const source = from(t, stream.readable);
      const seen = t.record(source);
      await t.next(source, 'message');
      stream.breakOff(new Error('broken'));
      await t.next(source, 'error');
      await t.sleep(50);
      t.same(
        seen.map(({ type, readyState }) => [type, readyState]),
        [
          ['open', 1],
          ['message', 1],
          ['error', 2],
        ],
        'events',
      );
    },
  },
  {
    id: 'stream.not-bytes',
    title: 'a chunk that is not made of bytes ends it with one error, and cancels the stream',
    needs: NEEDS,
    async run(t) {
      for (const chunk of ['data: a\n\n', 5, null, { length: 2 }]) {
        const stream = openStream();
        const source = from(t, stream.readable);
        const seen = t.record(source);
        stream.enqueue(chunk);
        await t.next(source, 'error');
        t.same([source.readyState, seen.length], [2, 2], 'readyState, events');
        await t.until(() => stream.cancelled(), 'the stream is cancelled');
      }
    },
  },
  {
    id: 'stream.wrong-type',
    title: 'what is no stream throws a TypeError that names what is required',
    needs: NEEDS,
    run(t) {
      for (const name of ['fromReadableStream', 'from']) {
        for (const value of [undefined, null, {}, 'data: a', 1, true, () => {}, [], Symbol('s')]) {
          const error = t.throws(
            () => t.EventSource[name](value),
            'TypeError',
            `${name}(${String(value)})`,
          );
          t.ok(/ReadableStream/.test(error.message), `the message names it: ${error.message}`);
          // As it is where a response has none.
          const isNone = value === null || value === undefined;
          t.equal(/no body/.test(error.message), isNone, `${error.message}: of a body`);
        }
        t.throws(() => t.EventSource[name](), 'TypeError', `${name}()`);
      }
    },
  },
  {
    id: 'stream.locked',
    title: 'a locked stream throws a TypeError, and a source locks its own',
    needs: NEEDS,
    run(t) {
      const { readable } = openStream();
      readable.getReader();
      t.throws(() => from(t, readable), 'TypeError', 'with a reader of its own');
      // One that does not refuse by itself.
      const lenient = standIn().readable;
      lenient.locked = true;
      const error = t.throws(() => from(t, lenient), 'TypeError', 'of somebody else');
      t.ok(/locked/.test(error.message), `the message says so: ${error.message}`);
      const other = openStream().readable;
      from(t, other);
      t.equal(other.locked, true, 'locked');
      t.throws(() => from(t, other), 'TypeError', 'a second time');
    },
  },
  {
    id: 'stream.from',
    title: 'from() does the same',
    needs: NEEDS,
    async run(t) {
      const source = t.keep(t.EventSource.from(openStream('data: a\n\n').readable));
      t.equal(source.url, 'about:event-stream', 'url');
      t.equal((await t.next(source, 'message')).data, 'a', 'data');
    },
  },
  {
    id: 'stream.close',
    title: 'close() cancels the stream, and nothing is dispatched after it',
    needs: NEEDS,
    async run(t) {
      const stream = openStream('data: a\n\ndata: b\n\n');
      const source = from(t, stream.readable);
      const seen = t.record(source, ['message', 'error']);
      source.addEventListener('message', () => source.close());
      await t.until(() => stream.cancelled(), 'the stream is cancelled');
      await t.sleep(30);
      t.same(
        seen.map(({ data }) => data),
        ['a'],
        'events',
      );
      t.equal(source.readyState, 2, 'readyState');
    },
  },
  {
    id: 'stream.close-at-once',
    title: 'close() before open cancels the stream, and open is not fired',
    needs: NEEDS,
    async run(t) {
      const stream = openStream('data: a\n\n');
      const source = from(t, stream.readable);
      const seen = t.record(source);
      source.close();
      await t.until(() => stream.cancelled(), 'the stream is cancelled');
      await t.sleep(30);
      t.same([seen.length, source.readyState], [0, 2], 'events, readyState');
    },
  },
  {
    id: 'stream.reset-in-a-listener',
    title: 'reset() in a listener drops the events that are not dispatched yet',
    needs: NEEDS,
    async run(t) {
      const stream = openStream('data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4');
      const source = from(t, stream.readable);
      /** @type {string[]} */
      const seen = [];
      source.onmessage = (/** @type {any} */ { data }) => {
        seen.push(data);
        if (data !== '1') return;
        source.reset();
        stream.write('data: 5\n\n');
      };
      await t.until(() => seen.includes('5'), 'the event that came later');
      t.same(seen, ['1', '5'], 'events');
    },
  },
  {
    id: 'stream.reset-of-a-block',
    title: 'reset() drops the block that is begun; ID and reconnection time stay',
    needs: NEEDS,
    async run(t) {
      const stream = openStream('id: 1\nretry: 9\ndata: a\n\nid: 2\nevent: x\ndata: lost\nda');
      const source = from(t, stream.readable);
      await t.next(source, 'message');
      // The rest of the chunk has been parsed with it.
      await t.sleep(20);
      source.reset();
      const next = t.next(source, 'message');
      stream.write('data: b\n\n');
      const { data, lastEventId } = await next;
      t.same([data, lastEventId], ['b', '1'], 'data, lastEventId');
      t.same([source.readyState, source.reconnectionTime], [1, 9], 'readyState, reconnectionTime');
    },
  },
  {
    id: 'stream.several-responses',
    title: 'several responses through one TransformStream: ID and reconnection time persist',
    needs: [...NEEDS, 'transform-stream'],
    async run(t) {
      const { readable, writable } = new TransformStream();
      const source = from(t, readable);
      const seen = t.record(source, ['message', 'error']);
      for (const chunk of ['retry: 9\nid: 1\ndata: a\n\ndata: lost', 'data: b\n\n']) {
        const url = t.stream({ chunks: [chunk], end: 'end' }, { key: `${t.key}-${chunk.length}` });
        const response = await t.fetch(url);
        await response.body.pipeTo(writable, { preventClose: true });
        await t.until(() => seen.length > 0, 'the first event came');
        // What follows it has been read when the queue of tasks has been through.
        await t.sleep(20);
        if (seen.length === 1) source.reset();
      }
      await t.until(() => seen.length === 2, 'the second event came');
      t.same(
        seen.map(({ type, data, lastEventId }) => [type, data, lastEventId]),
        [
          ['message', 'a', '1'],
          ['message', 'b', '1'],
        ],
        'events',
      );
      t.equal(source.reconnectionTime, 9, 'reconnectionTime');
    },
  },
]);
