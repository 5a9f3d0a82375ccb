// End to end over loopback HTTP.
import { contestants } from '../contestants/index.js';
import { streamWorkloads, writesOf } from '../workloads/streams.js';
import { expectedTally } from '../workloads/tally.js';
import { wanted } from './cell.js';

export const SUITE = 'stream';

/** Milliseconds that one stream may take before it counts as never delivered. */
const LIMIT = 30_000;

/**
 * So many streams come before the one that is measured: a feed that goes on for hours is past its warm-up,
 * engines take longer to warm to some implementations than to others, and what they compile first does not
 * survive the end of the first stream.
 */
const WARM_UPS = 3;

/**
 * Milliseconds that the warm-up lasts at least, whoever is measured: engines compile on threads of their own, and
 * three streams of the quickest implementations are over in less, when those of the slow ones have had many
 * seconds. Browsers are not quite through with it after a second either; more would make the run too long.
 */
const WARM_UP_TIME = 1000;

/**
 * @param {import('../workloads/streams.js').StreamWorkload} workload
 * @param {number} count
 * @returns {number} of the whole stream
 */
const bytesOf = (workload, count) =>
  writesOf(workload, count).reduce((sum, write) => sum + write.length, 0);

/**
 * @param {import('./cell.js').Bench} bench
 * @param {import('../runtimes/process.js').Runtime} runtime
 * @returns {import('./cell.js').Cell[]}
 */
export function streamCells({ plan, server }, runtime) {
  return Object.entries(streamWorkloads).flatMap(([row, workload]) => {
    if (!wanted(plan, SUITE, row)) return [];
    // A quick run of everything is one of what tells most.
    if (plan.quick && plan.workloads.length === 0 && !workload.quick) return [];
    const { connections = 1, eventAt } = workload;
    // Browsers open six connections to a host, unless they are streams of HTTP/2.
    const overHttp2 = connections > 1 && runtime.platform === 'browser';
    const bases = overHttp2 ? server.http2 : [server.base];
    const scale = plan.quick && connections === 1 ? 0.25 : 1;
    const count = Math.ceil(workload.count[runtime.platform] * scale);
    const tally = eventAt ? expectedTally(eventAt, count) : { count: 0, hash: 0 };
    const expected = { ...tally, bytes: bytesOf(workload, count) };
    return Object.entries(contestants)
      .filter(([, { onlyIn }]) => !onlyIn || onlyIn === runtime.platform)
      .filter(([, { workloads }]) => !workloads || workloads.includes(row))
      .filter(([name]) => !workload.contestants || workload.contestants.includes(name))
      .map(([name, { title }]) => ({
        suite: SUITE,
        rows: [row],
        name,
        group: row,
        label: `${row}: ${title}`,
        async prepare() {
          await server.prepare(row, count);
        },
        async run(session, round) {
          if (bases.length === 0) return { unavailable: 'openssl is needed for HTTP/2' };
          return session.run(
            {
              suite: SUITE,
              module: session.moduleOf('contestants', name),
              workload: row,
              bases,
              count,
              connections,
              warmUps: WARM_UPS,
              warmUpTime: WARM_UP_TIME,
              expected,
              limit: LIMIT,
              key: `${name}-${round}-${Date.now()}`,
            },
            (WARM_UPS + 1) * LIMIT + WARM_UP_TIME + 20_000,
          );
        },
        collect(result, record) {
          if (!('ms' in result)) {
            record(row, result);
            return;
          }
          const items = count * connections;
          const values = { ns: (result.ms * 1e6) / items, cpuNs: (result.cpuMs * 1e6) / items };
          record(row, { values });
        },
      }));
  });
}
