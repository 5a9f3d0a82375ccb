// The command line of the benchmark.
import { runtimes } from './runtimes/index.js';
import { shapes } from './workloads/shapes.js';
import { streamWorkloads } from './workloads/streams.js';

/** Suites that --workload takes beside the names of streams and shapes. */
const SUITES = ['stream', 'parse', 'parts', 'start', 'memory', 'size'];

const ROUNDS = { full: 7, quick: 3 };

export const HELP = `Usage: npm run bench -- [options]

Runs every implementation side by side and checks what each delivers. A run of everything writes
bench/results.json, docs/benchmarks.md and docs/benchmarks.svg; with --quick, --only, --workload or
--rounds the same files go to build/bench/.

  --quick                fewer and shorter rounds (${ROUNDS.quick} of ${ROUNDS.full}), and of the streams only the ticker, where
                         --workload asks for no other
  --only RUNTIME,…       ${Object.keys(runtimes).join(', ')}
  --workload NAME,…      suites: ${SUITES.join(', ')};
                         streams: ${Object.keys(streamWorkloads).join(', ')};
                         shapes to parse: ${Object.keys(shapes).join(', ')}
  --rounds N             how often everything is run
  --before FOLDER        runs this build against an earlier one alone, whose dist/ is FOLDER, and prints both
  --publish              with --only or --workload: puts what was measured in the place of the same rows of the
                         last whole run, in bench/results.json and on the pages, which say so
  --report               runs nothing, and writes the pages anew from bench/results.json
  --help`;

/**
 * @param {string[]} values
 * @param {string[]} known
 * @param {string} what
 */
function checked(values, known, what) {
  for (const value of values) {
    if (!known.includes(value)) throw new Error(`No ${what} is called ${value}: see --help.`);
  }
  return values;
}

/**
 * @param {string[]} args
 * @returns {import('./suites/cell.js').Plan & {help: boolean, report: boolean, publish: boolean,
 *   partial: boolean, before: string | undefined}}
 * @throws {Error} saying what is wrong with the command line
 */
export function parseOptions(args) {
  const rest = args.flatMap((arg) => (/^--\w+=/.test(arg) ? arg.split(/=(.*)/, 2) : [arg]));
  const options = { quick: false, help: false, report: false, publish: false };
  /** @type {{'--only': string[], '--workload': string[], '--rounds': string[], '--before': string[]}} */
  const lists = { '--only': [], '--workload': [], '--rounds': [], '--before': [] };
  while (rest.length > 0) {
    const arg = /** @type {string} */ (rest.shift());
    if (['--quick', '--help', '--report', '--publish'].includes(arg)) {
      options[/** @type {'quick'} */ (arg.slice(2))] = true;
    } else if (arg in lists) {
      const value = rest.shift();
      if (!value || value.startsWith('--')) throw new Error(`${arg} needs a value: see --help.`);
      const values = arg === '--before' ? [value] : value.split(',').filter(Boolean);
      lists[/** @type {'--only'} */ (arg)].push(...values);
    } else {
      throw new Error(`Unknown option ${arg}: see --help.`);
    }
  }
  const names = Object.keys(runtimes);
  const only = checked(lists['--only'], names, 'runtime');
  const known = [...SUITES, ...Object.keys(streamWorkloads), ...Object.keys(shapes)];
  const workloads = checked(lists['--workload'], known, 'workload');
  if (options.publish && (options.quick || lists['--rounds'].length > 0)) {
    throw new Error('--publish is for runs of all rounds: leave out --quick and --rounds.');
  }
  const before = lists['--before'].at(-1);
  if (options.publish && before !== undefined) {
    throw new Error(
      '--publish and --before do not go together: nothing of such a run is published.',
    );
  }
  const rounds = Number(lists['--rounds'].at(-1) ?? (options.quick ? ROUNDS.quick : ROUNDS.full));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds needs a number.');
  return {
    ...options,
    before,
    runtimes: only.length > 0 ? only : names,
    workloads,
    rounds,
    partial:
      options.quick ||
      only.length > 0 ||
      workloads.length > 0 ||
      rounds < ROUNDS.full ||
      before !== undefined,
  };
}
