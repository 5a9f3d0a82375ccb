/** A page whose network comes back does not wait any longer, and does not storm. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('online.js', import.meta.url));

/** Milliseconds. */
const LONGEST = 60_000;

/** Of a wait of 60 s. On a machine that is not busy it takes some tens of milliseconds. */
const AT_ONCE = 10_000;

describe.each(['chromium', 'firefox', 'webkit'])('%s', (browser) => {
  /** @type {import('./online.js').Outcome} */
  let outcome;
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, browser], {
      timeout: LONGEST - 5000,
    });
    outcome = JSON.parse(stdout);
  }, LONGEST);

  test('the network went and came', () => {
    // WebKitGTK's driver cannot take it away: the page fires the events.
    const { isReal, network } = outcome;
    expect(isReal).toBe(browser !== 'webkit');
    expect(network).toEqual(
      isReal ? ['offline false', 'online true'] : ['offline true', 'online true'],
    );
  });

  test('five sources that wait are open at once', () => {
    expect(outcome.after).toHaveLength(5);
    for (const milliseconds of outcome.after) expect(milliseconds).toBeLessThan(AT_ONCE);
  });

  test('each has asked once more, however often the network came and went', () => {
    const { asked, ...others } = outcome.asked;
    expect(Object.values(others)).toEqual([2, 2, 2, 2, 2]);
    expect(asked).toBe(1);
  });

  test('who was asked by the server to wait goes on waiting', () => {
    expect(outcome.readyStates).toEqual({ one: 1, two: 1, three: 1, four: 1, five: 1, asked: 0 });
  });
});
