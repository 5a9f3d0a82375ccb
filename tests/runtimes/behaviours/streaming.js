/** The event stream in time: when an event is dispatched, where a response ends, and long streams. */
import { inSection } from './section.js';
import { FINISH, bytes, messages } from './stream_bytes.js';

export const streamingBehaviours = inSection('Event stream in time', [
  {
    id: 'parsing.cr-dispatches-at-once',
    title: 'a CR at the end of a chunk dispatches at once, without waiting for what follows',
    async run(t) {
      const source = t.open({ chunks: ['data: 1\r\r', { hold: 'rest' }, '\ndata: 2\n\n'] });
      t.equal((await t.next(source, 'message')).data, '1', 'before anything follows');
      const second = t.next(source, 'message');
      await t.release('rest');
      t.equal((await second).data, '2', 'after an LF that belonged to the CR');
    },
  },
  {
    id: 'parsing.crlf-cr-dispatches-at-once',
    title: 'CRLF CR dispatches at once, and the LF after it is no new line',
    async run(t) {
      const source = t.open({
        chunks: ['data: 1\r\n\r', { hold: 'lf' }, '\n', { hold: 'rest' }, 'data: 2\r\n\r\n'],
      });
      const seen = t.record(source, ['message']);
      await t.until(() => seen.length === 1, 'the first came');
      const second = t.next(source, 'message');
      await t.release('lf');
      await t.release('rest');
      t.equal((await second).data, '2', 'the second');
      t.equal(seen.length, 2, 'events');
    },
  },
  {
    id: 'parsing.dispatch-at-the-blank-line',
    title: 'an event is dispatched at its blank line, while the response is still open',
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n', { hold: 'blank' }, '\n'] });
      const seen = t.record(source, ['message']);
      await t.until(() => source.readyState === 1, 'the source opened');
      await t.sleep(60);
      t.equal(seen.length, 0, 'nothing before the blank line');
      await t.release('blank');
      await t.until(() => seen.length === 1, 'the event came');
    },
  },
  {
    id: 'parsing.incomplete-at-the-end',
    title: 'a block that the end of the stream cuts off is discarded',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\ndata: 1\n\ndata: lost'], end: 'end' },
        { chunks: ['data: 2\n\nevent: lost\ndata: lost\n'], end: 'end' },
        { chunks: ['data: 3\n\ndata: lost\r'], end: 'destroy' },
        { chunks: ['data: 4\n\n'] },
      ]);
      const seen = t.record(source, ['message', 'lost']);
      await t.until(() => seen.some(({ data }) => data === '4'), 'the last event came');
      t.same(
        seen.map(({ data }) => data),
        ['1', '2', '3', '4'],
        'events',
      );
    },
  },
  {
    id: 'parsing.state-is-new-for-each-response',
    title: 'buffers, half a character and the byte order mark begin anew with each response',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\ndata: 1\n\nevent: x\ndata: a', bytes(0xe2, 0x82)], end: 'end' },
        { chunks: ['\ufeffdata: 2\n\ndata: b\r'], end: 'end' },
        { chunks: ['\ndata: 3\n\n'] },
      ]);
      const seen = t.record(source, ['message', 'x']);
      await t.until(() => seen.length === 3, 'three events came');
      t.same(
        seen.map(({ type, data }) => [type, data]),
        messages('1', '2', '3'),
        'events',
      );
    },
  },
  {
    id: 'parsing.large-event',
    title: 'an event of a megabyte comes out whole',
    async run(t) {
      const source = t.open({
        chunks: ['data: ', { text: 'ab\u00e9', repeat: 250_000 }, '\n\ndata: next\n\n'],
      });
      const event = await t.next(source, 'message');
      t.equal(event.data.length, 750_000, 'length');
      t.equal(event.data.slice(-4), '\u00e9ab\u00e9', 'its end');
      t.ok(event.data === 'ab\u00e9'.repeat(250_000), 'its contents');
    },
  },
  {
    id: 'parsing.many-lines',
    title: 'an event of ten thousand lines comes out whole',
    async run(t) {
      const source = t.open({ chunks: [{ text: 'data: 12345\r\n', repeat: 10_000 }, '\r\n'] });
      const { data } = await t.next(source, 'message');
      t.ok(data === Array(10_000).fill('12345').join('\n'), `contents (length ${data.length})`);
    },
  },
  {
    id: 'parsing.many-events',
    title: 'five thousand events come in order, none lost and none doubled',
    async run(t) {
      const source = t.open({
        chunks: [{ text: 'data: a\n\nevent: b\ndata: \u20ac\n\n', repeat: 2500 }, FINISH],
      });
      let count = 0;
      let wrong = 0;
      source.onmessage = (/** @type {any} */ event) => {
        if (count++ % 2 !== 0 || event.data !== 'a') wrong += 1;
      };
      source.addEventListener('b', (/** @type {any} */ event) => {
        if (count++ % 2 !== 1 || event.data !== '\u20ac') wrong += 1;
      });
      await t.next(source, 'finish');
      t.same([count, wrong], [5000, 0], 'events, wrong ones');
    },
  },
  {
    id: 'parsing.two-sources-at-once',
    title: 'two sources that receive at the same time do not mix their events',
    async run(t) {
      const bodies = ['a', 'b'].map((name) =>
        Array.from({ length: 12 }, (_, index) => [
          `id: ${name}${index}\nda`,
          `ta: ${name}`,
          '\n\n',
        ]).flat(),
      );
      const sources = bodies.map((chunks, index) =>
        t.open(t.stream({ chunks: [...chunks, FINISH], gap: 3 }, { key: `${t.key}-${index}` })),
      );
      const seen = sources.map((source) => t.record(source, ['message']));
      await Promise.all(sources.map((source) => t.next(source, 'finish')));
      seen.forEach((events, index) => {
        const name = 'ab'[index];
        t.equal(events.length, 12, `events of ${name}`);
        t.ok(
          events.every((event, at) => event.data === name && event.lastEventId === `${name}${at}`),
          `contents of ${name}`,
        );
      });
    },
  },
]);
