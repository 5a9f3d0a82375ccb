/**
 * Runs the suite in every runtime and prints the table of passed and skipped behaviours:
 *
 *     npm run test:runtimes
 *     npm run test:runtimes -- --only deno
 *     npm run test:runtimes -- --write        keeps the table in docs/runtimes.md
 *
 * `npm test` runs the same through Jest. This needs dist/ (npm run build) and what `npm test` installs.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { matrix } from './matrix.js';

const CLI = fileURLToPath(new URL('cli.js', import.meta.url));
const PAGE = new URL('../../docs/runtimes.md', import.meta.url);

/** Behaviours mostly wait: more runs than this at a time would only make them late. */
const AT_A_TIME = 3;

/**
 * @param {import('./matrix.js').Target} target
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
function resultsOf({ title, args }) {
  const limits = { maxBuffer: 64 * 1024 * 1024, timeout: 240_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args, '--json'], limits, (_, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        const error = stderr || 'no results';
        resolve([{ id: 'run', section: '', title, status: 'failed', error, ms: 0 }]);
      }
    });
  });
}

/**
 * @param {import('./matrix.js').Target[]} targets
 * @returns {Promise<Map<import('./matrix.js').Target, import('./run_suite.js').Result[]>>}
 */
async function runAll(targets) {
  const queue = [...targets];
  const all = new Map();
  const lane = async () => {
    for (let target = queue.shift(); target; target = queue.shift()) {
      process.stderr.write(`${target.title} …\n`);
      all.set(target, await resultsOf(target));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  return all;
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, write: { type: 'boolean', default: false } },
});
const only = values.only?.toLowerCase() ?? '';
const targets = matrix.filter(({ title }) => title.toLowerCase().includes(only));
if (targets.length === 0) {
  console.error(`No runtime is called "${values.only}". There are:`);
  for (const { title } of matrix) console.error(`  ${title}`);
  process.exit(2);
}
if (values.write && only) {
  console.error('--write keeps the whole table: leave --only out.');
  process.exit(2);
}

/** @type {Map<string, {ids: Set<string>, where: Set<string>}>} */
const reasons = new Map();
const rows = [];
let failed = 0;
const started = Date.now();
const all = await runAll(targets);
const minutes = ((Date.now() - started) / 60_000).toFixed(1);
for (const target of targets) {
  const results = all.get(target) ?? [];
  const count = (/** @type {string} */ status) =>
    results.filter((result) => result.status === status).length;
  for (const { status, id, error, reason } of results) {
    if (status === 'failed') console.log(`FAILED in ${target.title}: ${id}\n    ${error}`);
    if (status === 'skipped' && reason) {
      const about = reasons.get(reason) ?? { ids: new Set(), where: new Set() };
      about.ids.add(id);
      about.where.add(target.title);
      reasons.set(reason, about);
    }
  }
  failed += count('failed');
  rows.push(`| ${target.title} | ${count('passed')} | ${count('failed')} | ${count('skipped')} |`);
}

const table = ['| runtime | passed | failed | skipped |', '| --- | --: | --: | --: |', ...rows];
console.log(`${table.join('\n')}\n\n${targets.length} runs in ${minutes} minutes`);
if (values.write) {
  const skips = [...reasons].map(
    ([reason, { ids, where }]) =>
      `- ${reason}, in ${where.size} of the above: ${[...ids].map((id) => `\`${id}\``).join(', ')}`,
  );
  const text = [
    '# The suite in every runtime',
    'Written by `npm run test:runtimes -- --write`; do not edit. Each row is one run of the behaviours in\n`tests/runtimes/behaviours/`, over HTTP on one machine.',
    table.join('\n'),
    `All of them took ${minutes} minutes, ${AT_A_TIME} at a time.`,
    'Why behaviours are skipped:',
    skips.join('\n'),
  ].join('\n\n');
  const { format, resolveConfig } = await import('prettier');
  const options = { ...(await resolveConfig(PAGE)), parser: 'markdown' };
  writeFileSync(PAGE, await format(text, options));
}
process.exitCode = failed > 0 ? 1 : 0;
