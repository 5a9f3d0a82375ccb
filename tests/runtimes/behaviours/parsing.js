/**
 * Interpreting an event stream (HTML Standard, section 9.2.6), as far as it shows over HTTP. Every cut
 * of every byte is the business of `tests/vectors`; here it is chunks as a network really brings them.
 */
import { inSection } from './section.js';
import { FINISH, bytes, messages } from './stream_bytes.js';

/**
 * A stream, and the events that come out of it.
 *
 * @param {string} id
 * @param {string} title
 * @param {import('../../support/stream_script.js').Step[]} chunks
 * @param {[string, string][]} expected Type and data.
 * @returns {import('./section.js').Described}
 */
function streamCase(id, title, chunks, expected) {
  return {
    id: `parsing.${id}`,
    title,
    async run(t) {
      const source = t.open({ chunks: [...chunks, FINISH] });
      const types = new Set(['message', ...expected.map(([type]) => type)]);
      const seen = t.record(source, [...types]);
      await t.next(source, 'finish');
      // A stream may name its events like the source's own ones, which carry no data.
      const fromStream = seen.filter(({ data }) => data !== undefined);
      t.same(
        fromStream.map(({ type, data }) => [type, data]),
        expected,
        'events',
      );
    },
  };
}

export const parsingBehaviours = inSection('Event stream', [
  streamCase('one-event', 'a block of one data line is a message', ['data: a\n\n'], messages('a')),
  streamCase(
    'space-after-colon',
    'one space after the colon is dropped, no more',
    ['data:a\n\ndata: a\n\ndata:  a\n\ndata:\ta\n\ndata: a \n\n'],
    messages('a', 'a', ' a', '\ta', 'a '),
  ),
  streamCase(
    'colons-in-value',
    'only the first colon separates field and value',
    ['data: a:b: c\n\ndata::\n\n'],
    messages('a:b: c', ':'),
  ),
  streamCase(
    'data-lines-joined',
    'several data lines are joined by line feeds',
    ['data: a\ndata: b\ndata:\ndata: c\n\n'],
    messages('a\nb\n\nc'),
  ),
  streamCase(
    'empty-data',
    'data without colon, with a colon and with a space append an empty line',
    ['data\n\ndata:\n\ndata: \n\ndata\ndata\n\n'],
    messages('', '', '', '\n'),
  ),
  streamCase(
    'no-data-no-event',
    'a block without data dispatches nothing and resets the event type buffer',
    ['event: x\n\ndata: a\n\nevent: x\nid: 1\nretry: 50\n\ndata: b\n\n'],
    messages('a', 'b'),
  ),
  streamCase(
    'event-names',
    'the last event field of a block names the event; an empty one means message',
    [
      'event: a\nevent: b\ndata: 1\n\nevent: a\nevent:\ndata: 2\n\nevent: a\nevent\ndata: 3\n\ndata: 4\nevent: b\n\n',
    ],
    [
      ['b', '1'],
      ['message', '2'],
      ['message', '3'],
      ['b', '4'],
    ],
  ),
  streamCase(
    'odd-event-names',
    'an event name may be anything that fits on a line',
    ['event: open\ndata: 1\n\nevent: error\ndata: 2\n\nevent:  ö 😀 \ndata: 3\n\n'],
    [
      ['open', '1'],
      ['error', '2'],
      [' ö 😀 ', '3'],
    ],
  ),
  streamCase(
    'comments',
    'comments are ignored, also in the midst of a block',
    [': hello\n\n:\n\ndata: a\n: in between\ndata: b\n\n:data: c\n\n'],
    messages('a\nb'),
  ),
  streamCase(
    'unknown-fields',
    'unknown fields are ignored, and names are case-sensitive and exact',
    ['DATA: x\nData: x\n data: x\ndata : x\ndatax: x\ndat: x\nfoo\n\ndata: a\nmore: x\n\n'],
    messages('a'),
  ),
  streamCase(
    'line-ends',
    'LF, CR and CRLF end a line, also mixed',
    ['data: 1\n\ndata: 2\r\rdata: 3\r\n\r\ndata: 4\ndata: 5\rdata: 6\r\n\ndata: 7\r\r\n'],
    messages('1', '2', '3', '4\n5\n6', '7'),
  ),
  streamCase(
    'lf-cr-is-two',
    'LF CR is two line ends',
    ['data: 1\n\rdata: 2\n\n'],
    messages('1', '2'),
  ),
  streamCase(
    'no-other-line-ends',
    'no other character ends a line',
    ['data: a\u000bb\u000cc\u0085d\u2028e\u2029f\u0000g\n\n'],
    messages('a\u000bb\u000cc\u0085d\u2028e\u2029f\u0000g'),
  ),
  streamCase(
    'blank-lines',
    'blank lines in a row dispatch nothing',
    ['\n\n\r\n\r\r\n\ndata: a\n\n\n\n\n\r\rdata: b\n\n'],
    messages('a', 'b'),
  ),
  streamCase(
    'crlf-cut',
    'a CRLF cut between two chunks is one line end',
    ['data: 1\r', '\ndata: 2\r', '\n\r', '\ndata: 3\r\n\r', '\n'],
    messages('1\n2', '3'),
  ),
  streamCase(
    'cut-anywhere',
    'fields cut in their names, at the colon and in their values come out whole',
    ['da', 'ta', ':', ' ', 'a', 'b\n', 'eve', 'nt: na', 'me\n', '\n', 'd', 'ata: c\n', '\n'],
    [
      ['name', 'ab'],
      ['message', 'c'],
    ],
  ),
  streamCase(
    'byte-by-byte',
    'a stream that comes one byte at a time is the same stream',
    [...'event: x\r\ndata: 1\r\ndata: 2\r\n\r\n'],
    [['x', '1\n2']],
  ),
  streamCase(
    'utf8-cut',
    'characters cut in mid-UTF-8 come out whole',
    [
      'data: ',
      bytes(0xc3),
      bytes(0xa4),
      ' ',
      bytes(0xe2, 0x82),
      bytes(0xac),
      bytes(0x20, 0xf0),
      bytes(0x9f),
      bytes(0x98, 0x80),
      '\n\n',
    ],
    messages('ä € 😀'),
  ),
  streamCase(
    'utf8-invalid',
    'invalid UTF-8 gives the replacement characters of the Encoding Standard',
    [
      'data: a',
      bytes(0xff, 0x62, 0xc0, 0x80, 0x63),
      bytes(0xe2, 0x82, 0x64),
      bytes(0xed, 0xa0, 0x80, 0x65, 0xf0, 0x9f, 0x98),
      '\n\n',
    ],
    messages('a\ufffdb\ufffd\ufffdc\ufffdd\ufffd\ufffd\ufffde\ufffd'),
  ),
  streamCase(
    'utf8-invalid-before-line-end',
    'an incomplete character does not swallow the line end after it',
    ['data: a', bytes(0xe2), '\n', 'data: b', bytes(0xf0, 0x9f), '\r\r'],
    messages('a\ufffd\nb\ufffd'),
  ),
  streamCase(
    'astral-and-mixed',
    'values after characters of every width are cut at the right places',
    ['data: äöü€😀\ndata: z\n\nevent: ñame\ndata: 한국어\n\ndata: plain\n\n'],
    [
      ['message', 'äöü€😀\nz'],
      ['ñame', '한국어'],
      ['message', 'plain'],
    ],
  ),
  streamCase(
    'bom',
    'one byte order mark at the very start is dropped',
    ['\ufeffdata: a\n\n'],
    messages('a'),
  ),
  streamCase(
    'bom-cut',
    'a byte order mark cut into its bytes is dropped as well',
    [bytes(0xef), bytes(0xbb), bytes(0xbf), 'data: a\n\n'],
    messages('a'),
  ),
  streamCase(
    'bom-twice',
    'a second byte order mark belongs to the name of the field',
    ['\ufeff\ufeffdata: a\n\ndata: b\n\n'],
    messages('b'),
  ),
  streamCase(
    'bom-later',
    'a byte order mark later on, or inside a value, stays',
    ['data: 1\n\n', '\ufeffdata: 2\n\ndata: \ufeff3\ufeff\n\ndata:\ufeff4\n\n'],
    messages('1', '\ufeff3\ufeff', '\ufeff4'),
  ),
  streamCase(
    'almost-a-bom',
    'bytes that only begin like a byte order mark are text',
    [bytes(0xef), bytes(0xbb), 'data: a\n\ndata: b\n\n'],
    messages('b'),
  ),
]);
