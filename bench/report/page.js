// docs/benchmarks.md
import { goals, goalTable } from './goals.js';
import { sections } from './sections.js';
import { markdownTable } from './table.js';

/**
 * @param {import('../merge.js').Part} part
 * @returns {string} in words
 */
function whatOf({ runtimes, workloads }) {
  const names = workloads.map((name) => `\`${name}\``).join(', ');
  if (runtimes.length === 0) return names;
  return `${runtimes.join(', ')}${names && `; of these ${names}`}`;
}

/**
 * @param {import('../bench.js').Results} results
 * @returns {string} Markdown
 */
export function page(results) {
  const { machine, date, rounds, quick, seconds, runtimes, workloads = [], parts = [] } = results;
  const missing = Object.values(runtimes).filter((each) => 'missing' in each);
  return [
    '# Benchmarks',
    '',
    quick
      ? '**A quick run: fewer and shorter rounds. Its figures are no measure of anything.**\n'
      : '',
    `Written by \`npm run bench\` on ${date.slice(0, 10)}, in ${Math.ceil(seconds / 60)} minutes; all samples are in`,
    '`bench/results.json`. Every implementation runs side by side with the others, in turns:',
    `${rounds} rounds, in each of them a fresh process or page that warms up first. Given are the median and half the`,
    'distance between the quartiles. What an implementation delivers is counted and hashed, and samples are',
    'compared in full; one that misses an event or gives wrong content is shown as wrong, not as fast.',
    '',
    ...(workloads.length > 0
      ? [
          `This run was of some workloads only: ${workloads.map((name) => `\`${name}\``).join(', ')}.\n`,
        ]
      : []),
    ...parts.map(
      (part) =>
        `Measured anew on ${part.date.slice(0, 10)}, all else as before: ${whatOf(part)}.\n`,
    ),
    `Machine: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}.`,
    '',
    ...missing.map((each) => `Not measured: ${each.title}: ${/** @type {any} */ (each).missing}\n`),
    '![Events per second, by runtime and implementation](benchmarks.svg)',
    '',
    '## Goals',
    '',
    markdownTable(goalTable(goals(results))),
    ...sections(results).flatMap(({ title, text, tables }) => [
      `## ${title}`,
      '',
      ...text,
      '',
      ...tables.map(markdownTable),
    ]),
  ].join('\n');
}
