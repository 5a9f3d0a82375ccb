/** Writes what the comparison found as a page. */
import { behaviours } from '../suite.js';
import { OUR_OWN } from '../capabilities.js';
import { settledBy } from './settled.js';

/**
 * @typedef {import('../run_suite.js').Result} Result
 *
 * @typedef {object} Outcome
 * @property {import('./rows.js').Row} row
 * @property {Result[]} results
 * @property {string} [failure] Why there are none.
 */

/** @type {Set<string>} */
const BEYOND = new Set(
  behaviours
    .filter(({ beyond, needs = [] }) => beyond || needs.some((need) => OUR_OWN.includes(need)))
    .map(({ id }) => id),
);

/** @param {Outcome} outcome @returns {Result[]} Those that the standard asks for. */
const ofTheStandard = ({ results }) => results.filter(({ id }) => !BEYOND.has(id));

/** @param {Result[]} results @param {Result['status']} status */
const count = (results, status) => results.filter((result) => result.status === status).length;

/** @param {string[][]} cells The first row is the head, whose cells begin with `:` where numbers follow. */
function table([head, ...rows]) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((cell) => (cell.startsWith(':') ? '--:' : '---'));
  return [line(head.map((cell) => cell.replace(/^:/, ''))), line(rule), ...rows.map(line)].join(
    '\n',
  );
}

/** @param {Outcome[]} outcomes */
function totals(outcomes) {
  const rows = outcomes.map((outcome) => {
    const { row, results, failure } = outcome;
    if (failure) return [row.runtime, row.implementation, 'did not run', '', '', ''];
    const standard = ofTheStandard(outcome);
    const beyond = results.filter(({ id }) => BEYOND.has(id));
    return [
      row.runtime,
      row.implementation,
      ...['passed', 'failed', 'skipped'].map((status) =>
        String(count(standard, /** @type {Result['status']} */ (status))),
      ),
      `${count(beyond, 'passed')} of ${beyond.length}`,
    ];
  });
  const head = ['runtime', 'EventSource', ':passed', ':failed', ':skipped', ':beyond the standard'];
  return table([head, ...rows]);
}

/** @param {Outcome[]} outcomes Of one implementation. */
function failuresBySection(outcomes) {
  const sections = [...new Set(outcomes.flatMap(ofTheStandard).map(({ section }) => section))];
  const failed = (/** @type {Outcome} */ outcome, /** @type {string} */ section) =>
    count(
      ofTheStandard(outcome).filter((result) => result.section === section),
      'failed',
    );
  const rows = sections
    .filter((section) => outcomes.some((outcome) => failed(outcome, section) > 0))
    .map((section) => [
      section,
      ...outcomes.map((outcome) => String(failed(outcome, section) || '')),
    ]);
  if (rows.length === 0) return 'None.';
  return table([['section', ...outcomes.map(({ row }) => `:${row.runtime}`)], ...rows]);
}

/**
 * @typedef {object} Dispute A behaviour in which the own EventSource of a browser's engine differs.
 * @property {Result} result
 * @property {string[]} engines Whose.
 * @property {string[]} runtimes Other runtimes whose own differs as well.
 * @property {string} [page] In docs/decisions/, that settles it.
 */

/**
 * @param {Outcome[]} outcomes
 * @returns {Dispute[]}
 */
export function disputes(outcomes) {
  const failing = (/** @type {string} */ own, /** @type {string} */ id) =>
    outcomes
      .filter(({ row }) => row.own === own)
      .filter(({ results }) =>
        results.some((result) => result.id === id && result.status === 'failed'),
      )
      .map(({ row }) => row.runtime);
  const disputed = new Map(
    outcomes
      .filter(({ row }) => row.own === 'engine')
      .flatMap(ofTheStandard)
      .filter(({ status }) => status === 'failed')
      .map((result) => [result.id, result]),
  );
  return [...behaviours.map(({ id }) => id), 'run.nothing-uncaught']
    .filter((id) => disputed.has(id))
    .map((id) => ({
      result: /** @type {Result} */ (disputed.get(id)),
      engines: failing('engine', id),
      runtimes: failing('runtime', id),
      page: settledBy(id),
    }));
}

/** @param {Outcome[]} outcomes */
function engineFailures(outcomes) {
  const rows = disputes(outcomes).map(({ result, engines, runtimes, page }) => [
    `\`${result.id}\``,
    result.title,
    engines.join(', ') + (runtimes.length > 0 ? ` (and ${runtimes.join(', ')})` : ''),
    page ? `[${page.slice(0, 4)}](decisions/${page}.md)` : '',
  ]);
  return table([['behaviour', 'what it says', "whose own doesn't", 'settled in'], ...rows]);
}

/** @param {Outcome[]} outcomes */
function skips(outcomes) {
  const reasons = new Map();
  for (const outcome of outcomes) {
    for (const { status, reason = '' } of ofTheStandard(outcome)) {
      if (status === 'skipped') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  return [...reasons].map(([reason, times]) => `- ${reason} (${times})`).join('\n');
}

/**
 * @param {Outcome[]} outcomes
 * @param {[name: string, version: string][]} versions
 * @returns {string} Markdown.
 */
export function pageOf(outcomes, versions) {
  const implementations = [...new Set(outcomes.map(({ row }) => row.implementation))];
  const sections = implementations.map((implementation) => {
    const its = outcomes.filter(({ row }) => row.implementation === implementation);
    return `### ${implementation === 'its own' ? "The runtimes' own" : implementation}\n\n${failuresBySection(its)}`;
  });
  return `# The suite on other implementations

Written by \`npm run compare\`; do not edit. One row is the behaviours of \`tests/runtimes/behaviours/\` on one
\`EventSource\` in one runtime: that of this project, the runtime's own, or that of an npm package. A behaviour
that failed was run again, apart from other sections, in a runtime of its own and with fewer at a time; it counts
as failed if it failed each time. "Failed" is what the standards ask for and the implementation does not do,
"skipped" what the runtime cannot show. What the project promises beyond the standards, such as its \`fetch\`
option and backing off, has a column of its own and counts against nobody.

The comparison is also a test of the suite. Where the own \`EventSource\` of two browsers' engines differs from a
behaviour, the text of the standard was read again; the last table names the page that settles it. By the same
reading, reconnection after a redirect counts as beyond the standards
([0009](decisions/0009-reconnection-from-the-original-url.md)).

Versions:

${versions.map(([name, version]) => `- ${name} ${version}`).join('\n')}

WebKitGTK is driven in
Debian's MiniBrowser; Node's own needs \`--experimental-eventsource\`; workerd is run at its newest compatibility
date.

${totals(outcomes)}

Why behaviours are skipped, and how often in all rows:

${skips(outcomes)}

## Failures by section

${sections.join('\n\n')}

## Where a browser's own differs

In brackets: other runtimes whose own \`EventSource\` differs as well.

${engineFailures(outcomes)}
`;
}
