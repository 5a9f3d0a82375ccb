/** A page that is put into the back/forward cache and restored keeps its stream, or establishes it again. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('bfcache.js', import.meta.url));

/** Milliseconds. */
const LONGEST = 90_000;

/**
 * @param {string} browser
 * @param {string} kind
 * @returns {Promise<import('./bfcache.js').Outcome>}
 */
async function run(browser, kind) {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, browser, kind], {
    timeout: LONGEST - 5000,
  });
  return JSON.parse(stdout);
}

/**
 * @param {import('./bfcache.js').Outcome} outcome
 * @returns What the source's listeners were told after the page was restored.
 */
function afterwards({ log, askedBack, why }) {
  const hidden = log.findIndex(({ type }) => type === 'pagehide');
  const shown = log.findIndex(({ type, persisted }) => type === 'pageshow' && persisted);
  if (shown < 0) throw new Error(`the page was not kept, but loaded anew: ${why}`);
  expect(log[hidden].persisted).toBe(true);
  const later = log.slice(hidden + 1);
  // Nothing ran in between: Chromium restores the page first and fires pageshow a little later.
  expect(later.filter(({ at }) => at < askedBack)).toEqual([]);
  return later
    .filter(({ type }) => type !== 'pageshow')
    .map(({ type, data, lastEventId, readyState }) => [type, data, lastEventId, readyState]);
}

/** In Chromium, whose connections stay open while the page is away. */
describe('Chromium', () => {
  test(
    'an event that comes while the page is away is dispatched when it is back',
    async () => {
      const outcome = await run('chromium', 'event');
      expect(afterwards(outcome)).toEqual([['message', 'late', '2', 1]]);
      expect(outcome.ids).toEqual([null]);
    },
    LONGEST,
  );

  test(
    'a stream that is cut while the page is away is established again, with the last event ID',
    async () => {
      const outcome = await run('chromium', 'cut');
      expect(afterwards(outcome)).toEqual([
        ['error', undefined, undefined, 0],
        ['open', undefined, undefined, 1],
        ['message', 'again', '3', 1],
      ]);
      expect(outcome.ids).toEqual([null, '31']);
    },
    LONGEST,
  );
});

/** WebKit breaks the connection when the page is put away, and says so just before. */
describe('WebKitGTK', () => {
  test(
    'the stream is established again, with the last event ID',
    async () => {
      const outcome = await run('webkit', 'event');
      expect(afterwards(outcome).slice(-2)).toEqual([
        ['open', undefined, undefined, 1],
        ['message', 'again', '3', 1],
      ]);
      expect(outcome.log.filter(({ type }) => type === 'error')).toMatchObject([{ readyState: 0 }]);
      expect(outcome.ids).toEqual([null, '31']);
    },
    LONGEST,
  );
});
