/**
 * Runs the suite in every runtime and prints the table of passed and skipped behaviours:
 *
 *     npm run test:runtimes
 *     npm run test:runtimes -- --only deno
 *     npm run test:runtimes -- --write        keeps the table in docs/runtimes.md
 *
 * `npm test` runs the same through Jest. This needs dist/ (npm run build) and what `npm test` installs.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { matrix } from './matrix.js';

const CLI = fileURLToPath(new URL('cli.js', import.meta.url));
const PAGE = new URL('../../docs/runtimes.md', import.meta.url);

/**
 * @param {import('./matrix.js').Target} target
 * @returns {import('./run_suite.js').Result[]}
 */
function resultsOf({ title, args }) {
  const { stdout, stderr } = spawnSync(process.execPath, [CLI, ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 200_000,
  });
  try {
    return JSON.parse(stdout);
  } catch {
    return [
      { id: 'run', section: '', title, status: 'failed', error: stderr || 'no results', ms: 0 },
    ];
  }
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

/** @type {Map<string, Set<string>>} */
const reasons = new Map();
const rows = [];
let failed = 0;
for (const target of targets) {
  process.stderr.write(`${target.title} …\n`);
  const results = resultsOf(target);
  const count = (/** @type {string} */ status) =>
    results.filter((result) => result.status === status).length;
  for (const { status, id, error, reason } of results) {
    if (status === 'failed') console.log(`FAILED in ${target.title}: ${id}\n    ${error}`);
    if (status === 'skipped' && reason) {
      reasons.set(reason, (reasons.get(reason) ?? new Set()).add(target.title));
    }
  }
  failed += count('failed');
  rows.push(`| ${target.title} | ${count('passed')} | ${count('failed')} | ${count('skipped')} |`);
}

const table = ['| runtime | passed | failed | skipped |', '| --- | --: | --: | --: |', ...rows];
console.log(table.join('\n'));
if (values.write) {
  const skips = [...reasons].map(
    ([reason, where]) => `- ${reason} (in ${where.size} of the above)`,
  );
  writeFileSync(
    PAGE,
    `# The suite in every runtime\n\nWritten by \`npm run test:runtimes -- --write\`; do not edit. Each row is one run of the behaviours in\n\`tests/runtimes/behaviours/\`, over HTTP on one machine.\n\n${table.join('\n')}\n\nWhy behaviours are skipped:\n\n${skips.join('\n')}\n`,
  );
}
process.exitCode = failed > 0 ? 1 : 0;
