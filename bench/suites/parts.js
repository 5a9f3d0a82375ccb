// Where the time of an event goes: this package alone, part by part.
import { parts } from '../workloads/parts.js';
import { wanted } from './cell.js';

export const SUITE = 'parts';

const LIMIT = 60_000;

/** Milliseconds of each part, after as many to warm up. */
const MEASURE = 120;

/**
 * @param {import('./cell.js').Bench} bench
 * @returns {import('./cell.js').Cell[]}
 */
export function partsCells({ plan }) {
  const rows = Object.keys(parts).filter((row) => wanted(plan, SUITE, row));
  if (rows.length === 0) return [];
  return [
    {
      suite: SUITE,
      rows,
      name: 'eventsource_wasm',
      group: SUITE,
      label: 'where the time goes',
      run: (session) =>
        session.run(
          {
            suite: SUITE,
            module: session.moduleOf('insides', 'core'),
            parts: rows,
            measure: MEASURE,
          },
          LIMIT,
        ),
      collect(result, record) {
        for (const [row, outcome] of Object.entries(result)) {
          record(row, 'ns' in outcome ? { values: { ns: outcome.ns } } : outcome);
        }
      },
    },
  ];
}
