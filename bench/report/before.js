// What the console shows of a run with `--before`: this build against the earlier one.
import { formatTable } from '../../tests/tools/report.js';
import { digits } from './figures.js';
import { present } from './sections.js';
import { median, spread } from './statistics.js';

/**
 * @param {import('../bench.js').Results} results
 * @returns {string}
 */
export function beforeReport(results) {
  const rows = present(results).flatMap(({ title, suites }) =>
    Object.values(suites).flatMap((suite) =>
      Object.entries(suite).flatMap(([row, { eventsource_wasm: now, before }]) =>
        Object.keys(now?.samples ?? {}).flatMap((metric) => {
          const earlier = before?.samples[metric];
          const later = now.samples[metric];
          if (!earlier) return [];
          // Rounds are pairs: both ran within the same minute.
          const ratios = later.map((value, i) => value / earlier[i]);
          return [
            [
              title,
              row,
              metric,
              digits(median(earlier)),
              digits(median(later)),
              `${((median(later) / median(earlier)) * 100).toFixed(1)} %`,
              `${(median(ratios) * 100).toFixed(1)} %`,
              `±${Math.round(Math.max(spread(earlier), spread(later)) * 100)} %`,
            ],
          ];
        }),
      ),
    ),
  );
  const head = ['runtime', 'row', 'of', 'before', 'now', 'medians', 'median of pairs', 'spread'];
  return `\n${formatTable([head, ...rows])}\nLess than 100 % is less time or memory than before.\n`;
}
