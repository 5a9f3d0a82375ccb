// A stream of what the standard allows and feeds seldom do, in turns.

/**
 * Each block, and the event that it dispatches: `id` is what the block itself sets, undefined where it
 * sets none.
 *
 * @type {{text: string, event?: {id?: string, type: string, data: string}}[]}
 */
const BLOCKS = [
  { text: 'data: plain\n\n', event: { type: 'message', data: 'plain' } },
  { text: 'event: add\r\ndata: CRLF\r\n\r\n', event: { type: 'add', data: 'CRLF' } },
  { text: 'id: 7\rdata: CR alone\r\r', event: { id: '7', type: 'message', data: 'CR alone' } },
  { text: ': a comment\ndata: after it\n\n', event: { type: 'message', data: 'after it' } },
  { text: 'data:none\ndata:  two\n\n', event: { type: 'message', data: 'none\n two' } },
  { text: 'retry: 1000\nid\ndata: reset\n\n', event: { id: '', type: 'message', data: 'reset' } },
  { text: 'foo: bar\ndatax: 1\nevent: price\n\n' },
  { text: 'data: a:b: c\nid: x y\n\n', event: { id: 'x y', type: 'message', data: 'a:b: c' } },
  { text: 'event:\ndata: é漢🎉\n\n', event: { type: 'message', data: 'é漢🎉' } },
  { text: 'data\ndata\n\n', event: { type: 'message', data: '\n' } },
  { text: 'data: 1\nignored\nretry: no\ndata: 2\n\n', event: { type: 'message', data: '1\n2' } },
];

/**
 * @param {number} times how often each block comes
 * @param {boolean} sticky whether an event without an ID carries the last one, as an EventSource's does
 * @returns {{text: string, events: import('./tally.js').BenchEvent[]}}
 */
export function edgeCases(times, sticky) {
  const text = BLOCKS.map((block) => block.text).join('');
  /** @type {import('./tally.js').BenchEvent[]} */
  const events = [];
  let last = '';
  for (let i = 0; i < times; i += 1) {
    for (const { event } of BLOCKS) {
      if (!event) continue;
      last = event.id ?? last;
      events.push({ ...event, id: sticky ? last : (event.id ?? '') });
    }
  }
  return { text: text.repeat(times), events };
}
