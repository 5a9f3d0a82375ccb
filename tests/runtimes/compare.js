/**
 * Runs the suite on the runtimes' own EventSource and on those of npm packages, and writes the comparison
 * to docs/comparison.md:
 *
 *     npm run compare
 *     npm run compare -- --only firefox       runs those rows, and leaves the page as it is
 *     npm run compare -- --kept               writes the page anew from what the last runs found
 *
 * It installs the packages in peers/ and takes a quarter of an hour or more. All
 * results, with the words of every failure, are kept in build/compare/. The exit code is 1 where this
 * project's own EventSource fails, where a row gave no results, or where two browsers' engines differ from a
 * behaviour and no page of docs/decisions/ settles it.
 *
 * This needs dist/ (npm run build) and what `npm test` installs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { disputes, pageOf } from './compare/page.js';
import { rows } from './compare/rows.js';
import { runFairly } from './compare/run_fairly.js';
import { versions } from './compare/versions.js';

const PAGE = new URL('../../docs/comparison.md', import.meta.url);
const KEPT = new URL('../../build/compare/', import.meta.url);

/** A row is mostly waiting for timers. */
const AT_A_TIME = 3;

function installPeers() {
  const folder = fileURLToPath(new URL('peers', import.meta.url));
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
}

/** @param {import('./compare/rows.js').Row} row */
const titleOf = ({ runtime, implementation }) => `${runtime}, ${implementation}`;

/** @param {import('./compare/rows.js').Row} row */
const fileOf = (row) => new URL(`${titleOf(row).toLowerCase().replace(/\W+/g, '-')}.json`, KEPT);

/**
 * @param {import('./compare/rows.js').Row} row
 * @returns {import('./compare/page.js').Outcome}
 */
const keptOutcomeOf = (row) => ({ ...JSON.parse(readFileSync(fileOf(row), 'utf8')), row });

/** @param {import('./run_suite.js').Result[]} results */
function summary(results) {
  return ['passed', 'failed', 'skipped']
    .map((each) => `${results.filter(({ status }) => status === each).length} ${each}`)
    .join(', ');
}

/**
 * @param {import('./compare/rows.js').Row} row
 * @returns {Promise<import('./compare/page.js').Outcome>}
 */
async function outcomeOf(row) {
  const started = Date.now();
  /** @type {import('./compare/page.js').Outcome} */
  let outcome;
  try {
    outcome = { row, results: await runFairly(row.run) };
  } catch (error) {
    outcome = { row, results: [], failure: /** @type {Error} */ (error).message };
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  console.error(`${titleOf(row)}: ${outcome.failure ?? summary(outcome.results)} (${seconds} s)`);
  writeFileSync(fileOf(row), `${JSON.stringify(outcome, null, 1)}\n`);
  return outcome;
}

/** @param {string} markdown */
async function write(markdown) {
  const { format, resolveConfig } = await import('prettier');
  const filepath = fileURLToPath(PAGE);
  writeFileSync(PAGE, await format(markdown, { ...(await resolveConfig(filepath)), filepath }));
}

/**
 * @param {import('./compare/page.js').Outcome[]} outcomes
 * @returns {string[]} What has to be seen to.
 */
function complaints(outcomes) {
  const missing = outcomes
    .filter(({ failure }) => failure)
    .map(({ row, failure }) => `${titleOf(row)} gave no results: ${failure}`);
  const ours = outcomes
    .filter(({ row }) => row.implementation === 'eventsource-wasm')
    .flatMap(({ row, results }) =>
      results
        .filter(({ status }) => status === 'failed')
        .map(({ id, error }) => `${titleOf(row)} fails ${id}: ${error}`),
    );
  const unsettled = disputes(outcomes)
    .filter(({ engines, page }) => engines.length > 1 && !page)
    .map(
      ({ result, engines }) =>
        `${result.id} fails in the own EventSource of ${engines.join(' and ')}: read the standard again, and settle it in docs/decisions/ and compare/settled.js`,
    );
  return [...missing, ...ours, ...unsettled];
}

/**
 * @param {import('./compare/rows.js').Row[]} chosen
 * @returns {Promise<import('./compare/page.js').Outcome[]>}
 */
async function outcomesOf(chosen) {
  installPeers();
  mkdirSync(KEPT, { recursive: true });
  // So that whatever was started is stopped: the drivers do that when the process exits.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  /** @type {import('./compare/page.js').Outcome[]} */
  const outcomes = [];
  const queue = [...chosen.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      outcomes[next[0]] = await outcomeOf(next[1]);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  return outcomes;
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, kept: { type: 'boolean', default: false } },
});
const only = values.only?.toLowerCase() ?? '';
const chosen = rows.filter((row) => titleOf(row).toLowerCase().includes(only));
if (chosen.length === 0) {
  console.error(`No row is called "${values.only}". There are:`);
  for (const row of rows) console.error(`  ${titleOf(row)}`);
  process.exit(2);
}

const outcomes = values.kept ? chosen.map(keptOutcomeOf) : await outcomesOf(chosen);
if (!only) await write(pageOf(outcomes, versions()));
const toSeeTo = complaints(outcomes);
for (const complaint of toSeeTo) console.error(complaint);
process.exitCode = toSeeTo.length > 0 ? 1 : 0;
