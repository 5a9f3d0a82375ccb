/**
 * The reconnection time, and what of a `retry` field sets it.
 *
 * Times are coarse on purpose: order and counts are asserted, and bounds that only a wrong unit, an
 * overflow or a missing wait would break.
 */
import { inSection } from './section.js';

/** Shorter than the wrong values in these cases, and long enough for a busy machine. */
const BELOW_WRONG = 7000;

/**
 * The stream ends after `body`; says whether the next request comes soon.
 *
 * @param {string} id
 * @param {string} title
 * @param {string} body
 * @param {'soon' | 'not soon'} expected
 * @returns {import('./section.js').Described}
 */
function retryCase(id, title, body, expected) {
  return {
    id: `retry.${id}`,
    title,
    async run(t) {
      const source = t.open([
        { chunks: [`data: 1\n\n${body}`], end: 'end' },
        { chunks: ['event: again\ndata: .\n\n'] },
      ]);
      await t.next(source, 'error');
      if (expected === 'soon') {
        await t.next(source, 'again', BELOW_WRONG);
      } else {
        await t.sleep(1300);
        t.equal((await t.requests()).length, 1, 'requests after 1.3 s');
        t.equal(source.readyState, 0, 'readyState');
      }
    },
  };
}

export const retryBehaviours = inSection('Reconnection time', [
  {
    id: 'retry.order',
    title: 'of two sources the one with the shorter retry is back first',
    async run(t) {
      /** @type {string[]} */
      const log = [];
      const back = [1500, 100].map((milliseconds) => {
        const source = t.open(
          t.stream(
            [
              { chunks: [`retry: ${milliseconds}\ndata: 1\n\n`], end: 'end' },
              { chunks: ['event: again\ndata: .\n\n'] },
            ],
            { key: `${t.key}-${milliseconds}` },
          ),
        );
        return t.next(source, 'again').then(() => log.push(String(milliseconds)));
      });
      await Promise.all(back);
      t.same(log, ['100', '1500'], 'order');
      const [first, second] = await t.requests(`${t.key}-1500`);
      t.ok(second.at - first.at > 1000, `1500 ms were ${second.at - first.at} ms`);
    },
  },
  retryCase(
    'no-blank-line',
    'it counts as soon as its line ends',
    'retry: 60000\n\nretry: 50\n',
    'soon',
  ),
  retryCase(
    'leading-zeros',
    'leading zeros are digits too',
    'retry: 60000\n\nretry: 00050\n\n',
    'soon',
  ),
  retryCase(
    'latest',
    'digits set the reconnection time, and the latest count',
    'retry: 60000\n\nretry: 50\n\n',
    'soon',
  ),
  retryCase(
    'unfinished-line',
    'a line that does not end does not count',
    'retry: 50\n\nretry: 60000',
    'soon',
  ),
  ...[
    ['letters', '60000ms'],
    ['sign', '+60000'],
    ['negative', '-60000'],
    ['fraction', '60000.5'],
    ['exponent', '6e4'],
    ['hexadecimal', '0xEA60'],
    ['second-space', ' 60000'],
    ['trailing-space', '60000 '],
    ['fullwidth', '\uff16\uff10\uff10\uff10\uff10'],
  ].map(([name, value]) =>
    retryCase(
      `ignored-${name}`,
      `retry: ${JSON.stringify(value)} is ignored`,
      `retry: 50\n\nretry: ${value}\n\n`,
      'soon',
    ),
  ),
  retryCase(
    'ignored-empty',
    'an empty retry is ignored, with and without a colon',
    'retry: 60000\n\nretry:\n\nretry\n\nretry: \n\n',
    'not soon',
  ),
  retryCase(
    'huge',
    'a retry longer than timers can hold does not fire at once',
    'retry: 99999999999\n\n',
    'not soon',
  ),
  retryCase(
    'just-over-31-bits',
    'neither does one just over 31 bits',
    'retry: 2147483648\n\n',
    'not soon',
  ),
  retryCase(
    'just-over-32-bits',
    'neither does one just over 32 bits',
    'retry: 4294967297\n\n',
    'not soon',
  ),
  retryCase(
    'just-over-64-bits',
    'neither does one just over 64 bits',
    'retry: 18446744073709551617\n\n',
    'not soon',
  ),
  retryCase(
    'absurd',
    'neither does one of three hundred digits',
    `retry: ${'9'.repeat(300)}\n\n`,
    'not soon',
  ),
  {
    id: 'retry.survives',
    title: 'the reconnection time stays for all later reconnections',
    async run(t) {
      const source = t.open([
        { chunks: ['retry: 50\n\ndata: 1\n\n'], end: 'end' },
        { chunks: ['data: 2\n\n'], end: 'end' },
        { chunks: ['event: again\ndata: .\n\n'] },
      ]);
      await t.next(source, 'again', 4500);
    },
  },
]);
