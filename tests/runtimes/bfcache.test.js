/**
 * A page with sources that is put into the back/forward cache: their requests end, and are made again when it is back,
 * with the last event ID, without an `error` event and without a wait. https://github.com/whatwg/html/issues/12381
 */
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

/** A wait would be one of ten minutes. */
const OPENED_AGAIN = [
  ['open', undefined, undefined],
  ['message', 'first', '1'],
  ['open', true, undefined],
  ['message', 'again', '2'],
];
const CLOSED = OPENED_AGAIN.slice(0, 2);
const WAITED = [...CLOSED, ['error', undefined, undefined], ...OPENED_AGAIN.slice(2)];

/** @param {import('./bfcache.js').Outcome} outcome */
function expectKept({ log, hidden, askedBack, why, open, asked }) {
  const put = log.findIndex(({ type }) => type === 'pagehide');
  const shown = log.findIndex(({ type, persisted }) => type === 'pageshow' && persisted);
  if (shown < 0) throw new Error(`the page was not kept, but loaded anew: ${why}`);
  expect(hidden).toBe('true');
  // Nothing ran in between.
  expect(log.slice(put + 1).filter(({ at }) => at < askedBack)).toEqual([]);
  // What the server saw while the page was away: no request open, and none that was new.
  expect(open).toEqual([]);
  expect(new Set(Object.values(asked))).toEqual(new Set([1]));
}

/**
 * @param {import('./bfcache.js').Outcome} outcome
 * @param {string} source
 */
const told = ({ log }, source) =>
  log
    .filter(({ name }) => name === source)
    .map(({ type, data, lastEventId, resumed }) => [
      type,
      type === 'open' ? resumed : data,
      type === 'open' ? undefined : lastEventId,
    ]);

describe.each(['chromium', 'webkit'])('%s', (browser) => {
  /** @type {import('./bfcache.js').Outcome} */
  let outcome;
  beforeAll(async () => {
    outcome = await run(browser, 'all');
  }, LONGEST);

  test('the page is kept, and no request of it is open while it is away', () => {
    expectKept(outcome);
  });

  test.each(['open', 'another'])('a source that is open is opened again: %s', (name) => {
    expect(told(outcome, name)).toEqual(OPENED_AGAIN);
    expect(outcome.ids[name]).toEqual([null, '31']);
    expect(outcome.readyStates[name]).toBe(1);
  });

  test('the wait of one that waits is over', () => {
    expect(told(outcome, 'waiting')).toEqual(WAITED);
    expect(outcome.ids.waiting).toEqual([null, '31']);
  });

  test('one that is connecting asks again', () => {
    expect(told(outcome, 'connecting')).toEqual([
      ['open', undefined, undefined],
      ['message', 'again', '2'],
    ]);
    expect(outcome.ids.connecting).toEqual([null, null]);
  });

  test.each(['closedBefore', 'closedAfter'])('one that the page closes stays so: %s', (name) => {
    expect(told(outcome, name)).toEqual(CLOSED);
    expect(outcome.ids[name]).toEqual([null]);
    expect(outcome.readyStates[name]).toBe(2);
  });
});

/**
 * Firefox decides before `pagehide` whether it keeps a page, and keeps none with an open request: of fetch() or of its own
 * EventSource, which `bfcache.js firefox native` shows.
 */
describe('firefox', () => {
  test(
    'a page with a source that waits is kept, and then the wait is over',
    async () => {
      const outcome = await run('firefox', 'waiting');
      expectKept(outcome);
      expect(told(outcome, 'waiting')).toEqual(WAITED);
      expect(outcome.ids.waiting).toEqual([null, '31']);
    },
    LONGEST,
  );

  test.each(['all', 'native'])(
    'one with open sources is not kept: whatever is in it (%s)',
    async (kind) => {
      const { hidden, open } = await run('firefox', kind);
      // Where this fails, the tests of the other browsers can have this one, too.
      expect(hidden).toBe('false');
      expect(open).toEqual([]);
    },
    LONGEST,
  );
});
