/** What an EventSource of the project has beyond the standard, streams from elsewhere aside. */
import { inSection } from './section.js';
import { instancesOfCore } from '../watch_webassembly.js';
import { QUIET } from './stream_bytes.js';

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['extras'];

export const extrasBehaviours = inSection('Beyond the standard', [
  {
    id: 'extras.webassembly-core',
    title: 'the entry instantiates one WebAssembly module, and that is the core',
    needs: ['core-module'],
    run(t) {
      t.equal(instancesOfCore(), 1, 'instances');
    },
  },
  {
    id: 'extras.attributes',
    title: 'lastEventId, reconnectionTime and closed are enumerable accessors without a setter',
    needs: NEEDS,
    run(t) {
      const source = t.open({});
      for (const name of ['lastEventId', 'reconnectionTime', 'closed']) {
        const found = Object.getOwnPropertyDescriptor(t.EventSource.prototype, name);
        t.same(
          [typeof found?.get, found?.set, found?.enumerable, found?.configurable],
          ['function', undefined, true, true],
          `${name}: get, set, enumerable, configurable`,
        );
        t.equal(Reflect.set(source, name, 'other'), false, `Reflect.set of ${name}`);
        t.throws(() => found?.get?.call({}), 'TypeError', `${name} of {}`);
      }
    },
  },
  {
    id: 'extras.last-event-id',
    title: 'lastEventId is "" at first, then what the last block said, and stays after close()',
    needs: NEEDS,
    async run(t) {
      const source = t.open({
        chunks: [
          'data: a\n\n',
          'id: 7\ndata: b\n\n',
          'data: c\n\nid: 8\n\n',
          'id\ndata: d\n\nid: 9\n',
        ],
      });
      t.equal(source.lastEventId, '', 'at first');
      /** @type {string[]} */
      const ids = [];
      source.onmessage = (/** @type {any} */ event) => {
        t.equal(source.lastEventId, event.lastEventId, 'of the source and of the event');
        ids.push(source.lastEventId);
      };
      await t.until(() => ids.length >= 3, 'three events came');
      await t.until(() => ids.length === 4 || source.lastEventId === '8', 'the block without data');
      await t.until(() => ids.length === 4, 'four events came');
      t.same(ids, ['', '7', '7', ''], 'in the listener');
      source.close();
      t.equal(source.lastEventId, '', 'what the end cuts off does not count');
    },
  },
  {
    id: 'extras.last-event-id-alone',
    title: 'a block with nothing but an ID sets lastEventId',
    needs: NEEDS,
    async run(t) {
      const source = t.open({ chunks: ['id: \u00e9\u2603\n\n'] });
      await t.until(() => source.lastEventId === '\u00e9\u2603', 'lastEventId is set');
      source.close();
      t.equal(source.lastEventId, '\u00e9\u2603', 'after close()');
    },
  },
  {
    id: 'extras.reconnection-time',
    title: 'reconnectionTime is 3000 at first, then what the stream said, and stays after close()',
    needs: NEEDS,
    async run(t) {
      const source = t.open({ chunks: ['retry: 41x\nretry: 42\nretry: -1\nretry\ndata: a\n\n'] });
      t.equal(source.reconnectionTime, 3000, 'at first');
      await t.next(source, 'message');
      t.equal(source.reconnectionTime, 42, 'then');
      source.close();
      t.equal(source.reconnectionTime, 42, 'after close()');
      const closed = t.open({});
      closed.close();
      t.equal(closed.reconnectionTime, 3000, 'of one that was closed at once');
    },
  },
  {
    id: 'extras.reconnection-time-largest',
    title: 'reconnectionTime is at most what a timer can hold',
    needs: NEEDS,
    async run(t) {
      const source = t.open({ chunks: ['retry: 99999999999999999999\ndata: a\n\n'] });
      await t.next(source, 'message');
      t.equal(source.reconnectionTime, 2147483647, 'reconnectionTime');
    },
  },
  {
    id: 'extras.closed-by-close',
    title: 'closed is one promise, which close() fulfils',
    needs: NEEDS,
    async run(t) {
      const source = t.open([{ chunks: ['retry: 1\ndata: a\n\n'], end: 'end' }, QUIET]);
      const { closed } = source;
      t.equal(source.closed, closed, 'asked for twice');
      let settled = false;
      closed.then(() => (settled = true));
      await t.next(source, 'error');
      await t.next(source, 'open');
      t.equal(settled, false, 'settled by a reconnection');
      source.close();
      t.equal(await closed, undefined, 'its value');
      t.equal(await source.closed, undefined, 'asked for afterwards');
    },
  },
  {
    id: 'extras.closed-by-failure',
    title: 'closed is fulfilled, not rejected, when the connection fails',
    needs: NEEDS,
    async run(t) {
      const source = t.open({ status: 404, end: 'end' });
      await source.closed;
      t.equal(source.readyState, 2, 'readyState');
      const late = t.open({ status: 404, end: 'end' });
      await t.next(late, 'error');
      await late.closed;
    },
  },
  {
    id: 'extras.reset-method',
    title: 'reset is an enumerable method of length 0 that insists on an EventSource',
    needs: NEEDS,
    run(t) {
      const found = Object.getOwnPropertyDescriptor(t.EventSource.prototype, 'reset');
      t.same(
        [found?.writable, found?.enumerable, found?.configurable, found?.value.length],
        [true, true, true, 0],
        'writable, enumerable, configurable, length',
      );
      t.throws(() => found?.value.call({}), 'TypeError', 'reset() of {}');
    },
  },
  {
    id: 'extras.reset',
    title: 'reset() drops what is begun and not dispatched, and the connection goes on',
    needs: NEEDS,
    async run(t) {
      const source = t.open({
        chunks: ['id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: lost\n', { hold: 'go' }, 'data: c\n\n'],
      });
      const seen = t.record(source, ['message', 'error']);
      source.addEventListener('message', (/** @type {any} */ { data }) => {
        if (data === 'a') source.reset();
      });
      await t.next(source, 'message');
      await t.release('go');
      await t.until(() => seen.length === 2, 'the event after it came');
      t.same(
        seen.map(({ type, data, lastEventId }) => [type, data, lastEventId]),
        [
          ['message', 'a', '1'],
          ['message', 'c', '1'],
        ],
        'events',
      );
    },
  },
  {
    id: 'extras.reset-at-any-time',
    title: 'reset() before open, while waiting and after close() does no harm',
    needs: NEEDS,
    async run(t) {
      const source = t.open([{ chunks: ['retry: 1\n'], end: 'end' }, { chunks: ['data: a\n\n'] }]);
      source.reset();
      await t.next(source, 'error');
      source.reset();
      t.equal((await t.next(source, 'message')).data, 'a', 'data');
      source.close();
      source.reset();
      t.equal(source.readyState, 2, 'readyState');
    },
  },
  {
    id: 'extras.dispose',
    title: 'Symbol.dispose closes',
    needs: [...NEEDS, 'symbol-dispose'],
    run(t) {
      const { dispose } = /** @type {any} */ (Symbol);
      const source = t.open({});
      t.equal(source[dispose](), undefined, 'its value');
      t.equal(source.readyState, 2, 'readyState');
      const found = Object.getOwnPropertyDescriptor(t.EventSource.prototype, dispose);
      t.equal(found?.enumerable, false, 'enumerable');
    },
  },
  {
    id: 'extras.resumed',
    title: 'an open event tells whether the request carried the last event ID',
    needs: ['extras'],
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\nid: 1\ndata: a\n\n'], end: 'end' },
        { chunks: ['id\ndata: a\n\n'], end: 'end' },
        { chunks: ['data: a\n\n'] },
      ]);
      const seen = t.record(source, ['open']);
      await t.until(() => seen.length === 3, 'it opened three times');
      t.same(
        seen.map(({ event }) => event.resumed),
        [undefined, true, undefined],
        'resumed',
      );
      t.ok('resumed' in seen[0].event, 'it has the attribute');
    },
  },
  {
    id: 'extras.supports-fetch-override',
    title: 'the class tells libraries that it takes the option fetch, and no enumeration does',
    needs: ['extras'],
    run(t) {
      const symbol = Symbol.for('eventsource.supports-fetch-override');
      t.equal(t.EventSource[symbol], true, 'its value');
      t.equal(
        Object.getOwnPropertyDescriptor(t.EventSource, symbol)?.enumerable,
        false,
        'enumerable',
      );
    },
  },
  {
    id: 'extras.inspection',
    title: 'Node, Deno and Bun print url, readyState and lastEventId',
    needs: NEEDS,
    async run(t) {
      const source = t.open({ chunks: ['id: 5\ndata: a\n\n'] });
      await t.next(source, 'message');
      const inspect = (/** @type {unknown} */ value) => JSON.stringify(value);
      const expected = `EventSource ${inspect({ url: source.url, readyState: 1, lastEventId: '5' })}`;
      const node = Symbol.for('nodejs.util.inspect.custom');
      const deno = Symbol.for('Deno.customInspect');
      t.equal(source[node](2, {}, inspect), expected, 'as Node calls it');
      t.equal(source[deno](inspect, {}), expected, 'as Deno calls it');
      t.equal(typeof t.EventSource.prototype[node](2, {}, inspect), 'string', 'of the prototype');
      t.ok(!Object.keys(t.EventSource.prototype).includes('inspect'), 'no name of its own');
    },
  },
  {
    id: 'extras.unref',
    title: 'unref is converted to a boolean, and changes nothing while something else is going on',
    needs: NEEDS,
    async run(t) {
      for (const unref of [true, 'yes', 1, {}, false, 0, null, undefined]) {
        const source = t.open(
          t.stream([{ chunks: ['retry: 1\n'], end: 'end' }, { chunks: ['data: a\n\n'] }], {
            key: `${t.key}-${String(unref)}`,
          }),
          { unref },
        );
        t.equal((await t.next(source, 'message')).data, 'a', `unref: ${String(unref)}`);
        source.close();
      }
    },
  },
  {
    id: 'extras.unref-exception',
    title: 'what a getter of unref throws passes through',
    needs: NEEDS,
    run(t) {
      const own = new RangeError('mine');
      const init = {
        get unref() {
          throw own;
        },
      };
      t.throws(
        () => t.open(t.stream({}), init),
        (error) => error === own,
        'the same error',
      );
    },
  },
  {
    id: 'extras.max-event-size-values',
    title:
      'maxEventSize is an integer from 1 to 268435456; anything else throws, and says what is allowed',
    needs: NEEDS,
    run(t) {
      /** @type {[unknown, string, string][]} */
      const wrong = [
        ['1000', 'TypeError', '1000 (string)'],
        [null, 'TypeError', 'null (object)'],
        [true, 'TypeError', 'true (boolean)'],
        [{}, 'TypeError', '[object Object] (object)'],
        [Object.create(null), 'TypeError', '[object Object] (object)'],
        [Symbol('s'), 'TypeError', 'Symbol(s) (symbol)'],
        [0, 'RangeError', '0 (number)'],
        [-1, 'RangeError', '-1 (number)'],
        [1.5, 'RangeError', '1.5 (number)'],
        [NaN, 'RangeError', 'NaN (number)'],
        [Infinity, 'RangeError', 'Infinity (number)'],
        [268435457, 'RangeError', '268435457 (number)'],
        [4294967297, 'RangeError', '4294967297 (number)'],
      ];
      for (const [maxEventSize, name, shown] of wrong) {
        t.throws(
          () => t.open(t.stream({}), { maxEventSize }),
          (/** @type {any} */ error) =>
            error.name === name &&
            ["'maxEventSize'", 'from 1 to 268435456', `not ${shown}`].every((part) =>
              error.message.includes(part),
            ),
          `${name} for ${shown}`,
        );
      }
      for (const maxEventSize of [undefined, 1, 268435456]) {
        t.open(t.stream({}), { maxEventSize }).close();
      }
    },
  },
  {
    id: 'extras.max-event-size',
    title:
      'an event of maxEventSize bytes comes, and a larger one ends the source, which says the limit',
    needs: NEEDS,
    async run(t) {
      // 4 of data, 3 of type and 2 of ID.
      const chunks = ['event: abc\nid: 12\ndata: 1234\n\n', 'data: next\n\ndata: 1234567890\n\n'];
      const source = t.open(t.stream({ chunks: [...chunks, 'data: lost\n\n'] }), {
        maxEventSize: 9,
      });
      const seen = t.record(source, ['abc', 'message', 'error']);
      await t.until(() => seen.length >= 3, 'the events and the error came');
      await t.sleep(100);
      t.same(
        seen.map(({ type, data, readyState }) => [type, data, readyState]),
        [
          ['abc', '1234', 1],
          ['message', 'next', 1],
          ['error', undefined, 2],
        ],
        'events',
      );
      const other = t.open(
        t.stream({ chunks: ['data: 12345', '67890\n\n'] }, { key: `${t.key}-cut` }),
        { maxEventSize: 9 },
      );
      const event = await t.next(other, 'error');
      t.equal(Object.prototype.toString.call(event.error), '[object Error]', 'error');
      t.equal(event.error.name, 'RangeError', 'its name');
      t.equal(
        event.message,
        "An event is larger than 9 bytes: see the option 'maxEventSize'.",
        'message',
      );
      t.equal(other.readyState, 2, 'readyState');
    },
  },
  {
    id: 'extras.error-of-a-response',
    title: 'the error event of a refused response has its status and a message',
    needs: NEEDS,
    async run(t) {
      const event = await t.next(t.open({ status: 503, end: 'end' }), 'error');
      t.equal(event.status, 503, 'status');
      t.equal(event.code, 503, 'code, as npm eventsource calls it');
      t.ok(typeof event.message === 'string' && event.message !== '', 'message');
      t.equal(event.error, undefined, 'error');
      const type = await t.next(t.open({ type: 'text/html', end: 'end' }), 'error');
      t.ok(type.message.includes('text/html'), `message: ${type.message}`);
    },
  },
  {
    id: 'extras.error-of-the-network',
    title: 'the error event of a network error has the exception and a message',
    needs: NEEDS,
    async run(t) {
      const event = await t.next(t.open(`${await t.closedOrigin()}/`), 'error');
      t.equal(event.status, undefined, 'status');
      t.equal(event.code, undefined, 'code');
      t.ok(typeof event.message === 'string' && event.message !== '', 'message');
      t.ok(Object.prototype.toString.call(event.error) === '[object Error]', 'error');
    },
  },
]);
