// Parsing alone: bytes in, events out.
import { parsers } from '../parsers/index.js';
import { shapes } from '../workloads/shapes.js';
import { wanted } from './cell.js';

export const SUITE = 'parse';

/** Milliseconds that one parser may take for all shapes. */
const LIMIT = 180_000;

/**
 * Milliseconds: a shape of which one pass takes longer, hundreds of times what others take, is measured
 * in one round and then no more. It would take up most of the run.
 */
const SLOW = 400;

/**
 * @param {import('./cell.js').Bench} bench
 * @param {import('../runtimes/process.js').Runtime} runtime
 * @returns {import('./cell.js').Cell[]}
 */
export function parseCells({ plan }, runtime) {
  // The long lines take some peers minutes; what they show of an engine, one Node shows.
  const brief = (plan.quick && plan.workloads.length === 0) || !runtime.title.startsWith('Node 26');
  const rows = Object.entries(shapes)
    .filter(([row, { twin, long }]) => wanted(plan, SUITE, row) && !(brief && (twin || long)))
    .map(([row]) => row);
  if (rows.length === 0) return [];
  const times = plan.quick ? { warmUp: 15, measure: 15 } : { warmUp: 20, measure: 20 };
  return Object.entries(parsers)
    .filter(([, { onlyIn }]) => !onlyIn || onlyIn === runtime.platform)
    .map(([name, { title }]) => ({
      name,
      title,
      done: /** @type {Set<string>} */ (new Set()),
    }))
    .map(({ name, title, done }) => ({
      suite: SUITE,
      rows,
      name,
      group: SUITE,
      label: `parsing: ${title}`,
      run: (session) =>
        session.run(
          {
            suite: SUITE,
            module: session.moduleOf('parsers', name),
            shapes: rows.filter((row) => !done.has(row)),
            ...times,
          },
          LIMIT,
        ),
      collect(result, record) {
        for (const [row, outcome] of Object.entries(result)) {
          if (!('ns' in outcome)) {
            record(row, outcome);
            done.add(row);
            continue;
          }
          record(row, { values: { ns: outcome.ns } });
          if (outcome.passMs > SLOW) done.add(row);
        }
      },
    }));
}
