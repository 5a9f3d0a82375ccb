/**
 * Hands the suite's results to Jest: one Jest test for each behaviour.
 *
 * The run itself happens in a process of its own (`cli.js`), because uncaught errors are part of what the
 * suite observes and Jest takes them for its own.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('cli.js', import.meta.url));

/**
 * @param {string[]} args For `cli.js`.
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
function resultsOf(args) {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [CLI, ...args, '--json'],
      { maxBuffer: 64 * 1024 * 1024, timeout: 200_000 },
      (error, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout));
        } catch {
          reject(new Error(`${args.join(' ')}: ${error?.message ?? 'no results'}\n${stderr}`));
        }
      },
    );
  });
}

/** @typedef {{title: string, args: string[]}} Runtime `args` are for `cli.js`. */
/** @typedef {{results: import('./run_suite.js').Result[], failure?: unknown}} Outcome */

/** A run is mostly waiting for timers; two of them leave a small machine time to spare. */
const AT_A_TIME = 2;

/**
 * @param {Runtime[]} runtimes
 * @returns {Promise<Outcome[]>}
 */
async function outcomesOf(runtimes) {
  /** @type {Outcome[]} */
  const outcomes = [];
  const queue = [...runtimes.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, { args }] = next;
      try {
        outcomes[index] = { results: await resultsOf(args) };
      } catch (failure) {
        outcomes[index] = { results: [], failure };
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  return outcomes;
}

/**
 * @param {string} title
 * @param {Outcome} outcome
 */
function declare(title, { results, failure }) {
  describe(title, () => {
    test('the suite ran', () => {
      if (failure) throw failure;
      expect(results.length).toBeGreaterThan(120);
    });
    for (const { id, section, title: sentence, status, reason, error } of results) {
      const name = `${section}: ${sentence} (${id})`;
      if (status === 'skipped') {
        test.skip(`${name}, skipped: ${reason}`, () => {});
      } else {
        test(name, () => {
          if (status === 'failed') throw new Error(error);
        });
      }
    }
  });
}

/**
 * Runs the suite and declares its tests. To be awaited at the top of a test file: Jest wants its tests
 * declared synchronously, and a skip is only known, with its reason, when the run is over.
 *
 * @param {Runtime[]} runtimes
 */
export async function describeRuntimes(runtimes) {
  const outcomes = await outcomesOf(runtimes);
  runtimes.forEach(({ title }, index) => declare(title, outcomes[index]));
}
