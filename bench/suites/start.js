// From nothing to the first EventSource, in a process, page or service worker that has just begun.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { contestants } from '../contestants/index.js';
import { root } from '../tools/paths.js';
import { wanted } from './cell.js';
import { entries } from './entries.js';

export const SUITE = 'start';

const LIMIT = 30_000;

/** @param {string} file */
const served = (file) => `/${path.relative(root, file)}`;

/**
 * @param {import('../runtimes/process.js').Runtime} runtime
 * @param {import('./entries.js').Entry} entry
 */
function moduleFor({ platform, title }, { installed, module }) {
  if (platform === 'browser') return served(module);
  // Deno resolves packages in its own way, and not from the folder that npm made.
  return pathToFileURL(title.startsWith('Deno') ? module : installed).href;
}

/**
 * @param {import('./cell.js').Bench} bench
 * @param {import('../runtimes/process.js').Runtime} runtime
 * @returns {import('./cell.js').Cell[]}
 */
export function startCells({ plan, server }, runtime) {
  /**
   * @param {string[]} rows
   * @param {string} name
   * @param {object} job
   * @returns {import('./cell.js').Cell}
   */
  const cell = (rows, name, job) => ({
    suite: SUITE,
    rows,
    name,
    group: `${SUITE} ${rows[0]}`,
    label: `start, ${rows[0]}: ${contestants[name].title}`,
    run: (session) =>
      session.run({ suite: SUITE, row: rows[0], url: `${server.base}/idle`, ...job }, LIMIT),
    collect(result, record) {
      for (const row of rows) record(row, row in result ? { values: { ms: result[row] } } : result);
    },
  });
  const core = path.join(root, 'dist/core.wasm');
  const isBrowser = runtime.platform === 'browser';
  return [
    ...Object.entries(entries).map(([name, entry]) => {
      const { name: exported, begin } = entry;
      return cell(['import', 'first'], name, {
        module: moduleFor(runtime, entry),
        exported,
        begin,
      });
    }),
    ...Object.entries(entries).flatMap(([name, { script, global, name: exported, begin }]) => {
      if (!isBrowser || !script) return [];
      return [cell(['worker'], name, { script: served(script), global, exported, begin })];
    }),
    cell(['instantiate'], 'eventsource_wasm', { core: isBrowser ? served(core) : core }),
  ].filter(({ rows }) => rows.some((row) => wanted(plan, SUITE, row)));
}
