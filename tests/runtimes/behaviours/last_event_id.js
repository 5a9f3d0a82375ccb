/** The last event ID buffer, the last event ID string, and the header that carries it. */
import { inSection } from './section.js';
import { FINISH, bytes } from './stream_bytes.js';

/**
 * @param {string} id
 * @param {string} title
 * @param {import('../../support/stream_script.js').Step[]} chunks
 * @param {[string, string][]} expected Data and lastEventId.
 * @returns {import('./section.js').Described}
 */
function idCase(id, title, chunks, expected) {
  return {
    id: `id.${id}`,
    title,
    async run(t) {
      const source = t.open({ chunks: [...chunks, FINISH] });
      const seen = t.record(source, ['message']);
      await t.next(source, 'finish');
      t.same(
        seen.map(({ data, lastEventId }) => [data, lastEventId]),
        expected,
        'data and lastEventId',
      );
    },
  };
}

/**
 * What Last-Event-ID says when the stream ended after these chunks.
 *
 * @param {string} id
 * @param {string} title
 * @param {import('../../support/stream_script.js').Step[]} chunks
 * @param {string | null} hex The bytes of the header, null for no header.
 * @param {'end' | 'destroy'} [end]
 * @returns {import('./section.js').Described}
 */
function headerCase(id, title, chunks, hex, end = 'end') {
  return {
    id: `id.${id}`,
    title,
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\ndata: first\n\n', ...chunks], end },
        { chunks: ['event: again\ndata: .\n\n'] },
      ]);
      await t.next(source, 'again');
      const [first, second] = await t.requests();
      t.equal(first.lastEventIdHex, null, 'the first request');
      t.equal(second.lastEventIdHex, hex, 'the second request, in hexadecimal bytes');
    },
  };
}

export const lastEventIdBehaviours = inSection('Last event ID', [
  idCase(
    'sticks',
    'an id sticks: later events without one carry it',
    ['data: a\n\nid: 1\ndata: b\n\ndata: c\n\n', 'data: d\n\nid: 2\ndata: e\n\n'],
    [
      ['a', ''],
      ['b', '1'],
      ['c', '1'],
      ['d', '1'],
      ['e', '2'],
    ],
  ),
  idCase(
    'order-in-block',
    'the place of id in its block does not matter, and the last one counts',
    ['data: a\nid: 1\n\nid: 2\nid: 3\ndata: b\n\nid: 4\ndata: c\nid: 5\n\n'],
    [
      ['a', '1'],
      ['b', '3'],
      ['c', '5'],
    ],
  ),
  idCase(
    'id-only-block',
    'a block with an id alone counts, though it dispatches nothing',
    ['id: 1\ndata: a\n\nid: 2\n\ndata: b\n\n'],
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ),
  idCase(
    'empty-resets',
    'an empty id resets it, with and without a colon',
    [
      'id: 1\ndata: a\n\nid:\ndata: b\n\ndata: c\n\nid: 2\ndata: d\n\nid\ndata: e\n\nid: \ndata: f\n\n',
    ],
    [
      ['a', '1'],
      ['b', ''],
      ['c', ''],
      ['d', '2'],
      ['e', ''],
      ['f', ''],
    ],
  ),
  idCase(
    'null-ignored',
    'an id that contains U+0000 is ignored, whatever stands around it',
    [
      'id: 1\ndata: a\n\nid: 2\u0000\ndata: b\n\nid: \u0000\ndata: c\n\nid: 3\nid: \u00004\ndata: d\n\n',
    ],
    [
      ['a', '1'],
      ['b', '1'],
      ['c', '1'],
      ['d', '3'],
    ],
  ),
  idCase(
    'spaces-and-unicode',
    'an id keeps its spaces, its colons and every character',
    ['id:  a b:c \ndata: 1\n\nid: …😀\ndata: 2\n\nid:', bytes(0xff), '\ndata: 3\n\n'],
    [
      ['1', ' a b:c '],
      ['2', '…😀'],
      ['3', '\ufffd'],
    ],
  ),
  {
    id: 'id.named-events',
    title: 'events with a name of their own carry and set it too',
    async run(t) {
      const source = t.open({ chunks: ['event: x\nid: 5\ndata: 1\n\nevent: y\ndata: 2\n\n'] });
      const seen = t.record(source, ['x', 'y']);
      await t.next(source, 'y');
      t.same(
        seen.map(({ lastEventId }) => lastEventId),
        ['5', '5'],
        'lastEventId',
      );
    },
  },
  {
    id: 'id.survives-reconnection',
    title: 'it survives a reconnection: events of the next response carry it',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\nid: 7\ndata: 1\n\n'], end: 'end' },
        { chunks: ['data: 2\n\nid:\ndata: 3\n\n'] },
      ]);
      const seen = t.record(source, ['message']);
      await t.until(() => seen.length === 3, 'three events came');
      t.same(
        seen.map(({ lastEventId }) => lastEventId),
        ['7', '7', ''],
        'lastEventId',
      );
    },
  },
  headerCase(
    'header',
    'the next request carries it as Last-Event-ID',
    ['id: 7 b\ndata: 2\n\n'],
    '372062',
  ),
  headerCase('header-none', 'without an id no Last-Event-ID is sent', ['data: 2\n\n'], null),
  headerCase(
    'header-id-only',
    'a block with an id alone is what the next request carries',
    ['id: 7\ndata: 2\n\nid: 8\n\n'],
    '38',
  ),
  headerCase(
    'header-reset',
    'after an empty id no Last-Event-ID is sent',
    ['id: 7\ndata: 2\n\nid\n\n'],
    null,
  ),
  headerCase(
    'header-null-ignored',
    'an id with U+0000 does not reach the header',
    ['id: 7\ndata: 2\n\nid: 8\u0000\n\n'],
    '37',
  ),
  headerCase(
    'header-utf8',
    'Last-Event-ID carries UTF-8, byte for byte',
    ['id: äß…😀\ndata: 2\n\n'],
    'c3a4c39fe280a6f09f9880',
  ),
  headerCase(
    'header-latin1',
    'an id of Latin-1 characters is UTF-8 as well, not one byte each',
    ['id: é\ndata: 2\n\n'],
    'c3a9',
  ),
  headerCase(
    'header-replacement',
    'an id with invalid UTF-8 is sent with replacement characters',
    ['id: a', bytes(0xff), 'b\ndata: 2\n\n'],
    '61efbfbd62',
  ),
  headerCase(
    'header-cut-off',
    'a block cut off by the end of the stream commits nothing',
    ['id: 7\ndata: 2\n\nid: 8\ndata: 3\n'],
    '37',
  ),
  headerCase(
    'header-cut-off-by-the-network',
    'a block cut off by a broken connection commits nothing',
    ['id: 7\ndata: 2\n\nid: 8\n'],
    '37',
    'destroy',
  ),
  {
    id: 'id.buffer-does-not-leak',
    title: 'an id that was never committed does not show in the events of the next response',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\nid: 1\ndata: 1\n\nid: 2\n'], end: 'end' },
        { chunks: ['data: 2\n\n'] },
      ]);
      const seen = t.record(source, ['message']);
      await t.until(() => seen.length === 2, 'two events came');
      t.same(
        seen.map(({ lastEventId }) => lastEventId),
        ['1', '1'],
        'lastEventId',
      );
    },
  },
  {
    id: 'id.header-every-time',
    title: 'every further request carries the latest one, also after requests that brought none',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 20\nid: 1\ndata: 1\n\n'], end: 'end' },
        { chunks: ['data: 2\n\n'], end: 'end' },
        { chunks: ['id: 3\ndata: 3\n\n'], end: 'end' },
        { chunks: ['event: end\ndata: .\n\n'] },
      ]);
      await t.next(source, 'end');
      const requests = await t.requests();
      t.same(
        requests.map(({ lastEventIdHex }) => lastEventIdHex),
        [null, '31', '31', '33'],
        'headers, in hexadecimal bytes',
      );
    },
  },
  {
    id: 'id.echo',
    title: 'a server that writes the header into the stream gets the same text back to the page',
    async run(t) {
      const id = 'naïve ☃ 😀';
      const source = t.open([
        { chunks: [`retry: 20\nid: ${id}\ndata: 1\n\n`], end: 'end' },
        { chunks: ['event: echo\ndata: ', { echo: 'Last-Event-ID' }, '\n\n'] },
      ]);
      const event = await t.next(source, 'echo');
      t.equal(event.data, id, 'data');
      t.equal(event.lastEventId, id, 'lastEventId');
    },
  },
  {
    id: 'id.long',
    title: 'an id of two thousand characters is sent whole',
    async run(t) {
      const id = 'x'.repeat(2000);
      const source = t.open([
        { chunks: [`retry: 20\nid: ${id}\ndata: 1\n\n`], end: 'end' },
        { chunks: ['event: again\ndata: .\n\n'] },
      ]);
      t.equal((await t.next(source, 'again')).lastEventId, id, 'lastEventId');
      const [, second] = await t.requests();
      t.equal(second.headers['last-event-id'], id, 'header');
    },
  },
]);
