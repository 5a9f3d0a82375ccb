// What the console shows at the end.
import { formatTable } from '../../tests/tools/report.js';
import { contestants } from '../contestants/index.js';
import { parsers } from '../parsers/index.js';
import { goals, goalTable } from './goals.js';
import { present, sections } from './sections.js';

/** How the reason begins for what would take too long: that is slow, not wrong. */
const LEFT_OUT = 'left out';

/**
 * @param {import('../bench.js').Results} results
 * @returns {{text: string, ok: boolean}} ok: nothing of ours was wrong or could not run
 */
export function summary(results) {
  const lines = sections(results).flatMap(({ title, tables }) => [
    `\n${title.toUpperCase()}`,
    ...tables.flatMap((table) => [
      `\n${table.title ?? ''}`,
      formatTable([table.head, ...table.rows]),
      ...(table.notes ?? []).map((note) => `  ${note}`),
    ]),
  ]);
  const { head, rows } = goalTable(goals(results));
  if (rows.length > 0) lines.push('\nGOALS\n', formatTable([head, ...rows]));
  if (results.quick) lines.push('\nA quick run: its figures are no measure of anything.');
  const ours = Object.entries({ ...parsers, ...contestants })
    .filter(([, each]) => each.ours)
    .map(([name]) => name);
  const failures = present(results).flatMap(({ title, suites }) =>
    Object.values(suites).flatMap((suite) =>
      Object.entries(suite).flatMap(([row, by]) =>
        ours
          .map((name) => ({ name, reason: by[name]?.wrong ?? by[name]?.unavailable }))
          .filter(({ reason }) => reason && !reason.startsWith(LEFT_OUT))
          .map(({ name, reason }) => `${title}, ${row}, ${name}: ${reason}`),
      ),
    ),
  );
  if (failures.length > 0) lines.push('\nOURS IS WRONG\n', ...failures);
  return { text: `${lines.join('\n')}\n`, ok: failures.length === 0 };
}
