// What idle connections, many events and giant ones leave in the memory of a Node process.
import { contestants } from '../contestants/index.js';
import { streamWorkloads } from '../workloads/streams.js';
import { expectedTally } from '../workloads/tally.js';
import { wanted } from './cell.js';

export const SUITE = 'memory';

const LIMIT = 120_000;

/** The contestant that is none: fetch() and a reader, with nothing on top. */
export const READER = 'bare fetch() reader';

/** The rows, and who takes part in each. */
const ROWS = {
  idle: [READER, 'eventsource_wasm', 'before', 'eventsource', 'eventsource_client', 'undici'],
  growth: ['eventsource_wasm', 'before', 'eventsource', 'eventsource_client', 'undici'],
  giant: ['eventsource_wasm', 'before'],
};

/** What the last row gives. */
const GIANT_ROWS = ['after-giant', 'after-second-giant'];

/**
 * @param {import('./cell.js').Bench} bench
 * @param {import('../runtimes/process.js').Runtime} runtime
 * @returns {import('./cell.js').Cell[]}
 */
export function memoryCells({ plan, server }, runtime) {
  if (!runtime.title.startsWith('Node 26')) return [];
  const connections = plan.quick ? 2000 : 10_000;
  const count = plan.quick ? 200_000 : 1_000_000;
  const warmUp = 50_000;
  return Object.entries(ROWS).flatMap(([row, names]) => {
    const rows = row === 'giant' ? GIANT_ROWS : [row];
    if (!rows.some((each) => wanted(plan, SUITE, each))) return [];
    const { eventAt = () => ({ id: '', type: '', data: '' }) } = streamWorkloads.ticker;
    const expected = row === 'growth' ? expectedTally(eventAt, count) : undefined;
    const present = names.filter((name) => name === READER || name in contestants);
    return present.map((name) => ({
      suite: SUITE,
      rows,
      name,
      group: `${SUITE} ${row}`,
      label: `memory, ${row}: ${contestants[name]?.title ?? name}`,
      async prepare() {
        if (row !== 'growth') return;
        await server.prepare('ticker', count);
        await server.prepare('ticker', warmUp);
      },
      run: (session) =>
        session.run(
          {
            suite: SUITE,
            row,
            module: name === READER ? null : session.moduleOf('contestants', name),
            base: server.base,
            connections,
            count,
            warmUp,
            expected,
          },
          LIMIT,
        ),
      collect(result, record) {
        if ('wrong' in result) {
          for (const each of rows) record(each, result);
          return;
        }
        rows.forEach((each, i) => record(each, { values: { bytes: result.bytes[i] } }));
      },
    }));
  });
}
