// The run as a whole.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { runCells } from './engine.js';
import { merge } from './merge.js';
import { Progress } from './progress.js';
import { beforeReport } from './report/before.js';
import { chart } from './report/chart.js';
import { machine } from './report/machine.js';
import { page } from './report/page.js';
import { summary } from './report/summary.js';
import { runtimes } from './runtimes/index.js';
import { wanted } from './suites/cell.js';
import { memoryCells } from './suites/memory.js';
import { parseCells } from './suites/parse.js';
import { partsCells } from './suites/parts.js';
import { measureSizes, minifyPeers } from './suites/size.js';
import { startCells } from './suites/start.js';
import { streamCells } from './suites/stream.js';
import { takePartBefore } from './tools/before.js';
import { bundleAll } from './tools/bundle.js';
import { benchFolder, buildFolder, docsFolder, root } from './tools/paths.js';
import { startStreamServer } from './tools/server.js';

const SUITES = [streamCells, parseCells, partsCells, startCells, memoryCells];

/**
 * @typedef {object} Results bench/results.json
 * @property {object} machine
 * @property {string} date of the run, UTC
 * @property {number} seconds that it took
 * @property {number} rounds
 * @property {boolean} quick
 * @property {string[]} [workloads] those that it was limited to
 * @property {import('./merge.js').Part[]} [parts] what was measured anew since then
 * @property {{[name: string]: {title: string, platform: 'process' | 'browser',
 *   suites: import('./engine.js').RuntimeResults} | {title: string, missing: string}}} runtimes
 * @property {Awaited<ReturnType<typeof measureSizes>>} [sizes]
 */

/**
 * @param {string} file
 * @param {string} text
 */
async function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  const config = await resolveConfig(path.join(docsFolder, 'benchmarks.md'));
  const formatted = file.endsWith('.svg')
    ? text
    : await format(text, { ...config, filepath: file });
  writeFileSync(file, formatted);
  process.stderr.write(`wrote ${path.relative(root, file)}\n`);
}

/**
 * @param {Results} results
 * @param {boolean} published
 */
async function report(results, published) {
  const folder = published ? docsFolder : buildFolder;
  await write(path.join(folder, 'benchmarks.svg'), await chart(results));
  await write(path.join(folder, 'benchmarks.md'), page(results));
}

/**
 * @param {import('./suites/cell.js').Plan} plan
 * @param {Progress} progress
 * @param {(measured: Results['runtimes']) => void} keep is given what there is after each runtime
 * @returns {Promise<Results['runtimes']>}
 */
async function measure(plan, progress, keep) {
  const server = await startStreamServer();
  /** @type {Results['runtimes']} */
  const measured = {};
  try {
    const jobs = [];
    for (const name of plan.runtimes) {
      try {
        const runtime = await runtimes[name]();
        const cells = SUITES.flatMap((cellsOf) => cellsOf({ plan, server }, runtime));
        progress.add(cells.length * plan.rounds);
        jobs.push({ name, runtime, cells });
      } catch (error) {
        const { message } = /** @type {Error} */ (error);
        progress.note(`${name}: ${message}`);
        measured[name] = { title: name, missing: message };
      }
    }
    for (const { name, runtime, cells } of jobs) {
      if (cells.length === 0) continue;
      const { title, platform } = runtime;
      const running = runCells(runtime, cells, plan.rounds, progress);
      const suites = await Promise.race([running, server.gone]);
      measured[name] = { title, platform, suites };
      keep(measured);
    }
    return measured;
  } finally {
    server.stop();
  }
}

/**
 * @param {ReturnType<typeof import('./options.js').parseOptions>} options
 * @returns {Promise<number>} the exit code: 1 when something of ours was wrong
 */
export async function bench(options) {
  const published = path.join(benchFolder, 'results.json');
  if (options.report) {
    await report(JSON.parse(readFileSync(published, 'utf8')), true);
    return 0;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // What runs is ended at 'exit'.
    process.once(signal, () => process.exit(1));
  }
  const started = Date.now();
  const progress = new Progress();
  if (options.before !== undefined) takePartBefore(options.before);
  await bundleAll();
  await minifyPeers();
  /** @param {Results['runtimes']} measured @returns {Results} */
  const resultsOf = (measured) => ({
    machine: machine(),
    date: new Date(started).toISOString(),
    seconds: Math.round((Date.now() - started) / 1000),
    rounds: options.rounds,
    quick: options.quick,
    workloads: options.workloads,
    runtimes: measured,
  });
  // A run that is stopped loses no runtime that is through.
  const measured = await measure(options, progress, (soFar) => {
    mkdirSync(buildFolder, { recursive: true });
    writeFileSync(path.join(buildFolder, 'so_far.json'), JSON.stringify(resultsOf(soFar)));
  });
  progress.end();
  /** @type {Results} */
  const results = {
    ...resultsOf(measured),
    ...(wanted(options, 'size', 'size') ? { sizes: await measureSizes() } : {}),
  };
  const { text, ok } = summary(results);
  if (options.before !== undefined) {
    process.stdout.write(beforeReport(results));
    const file = path.join(buildFolder, 'before.json');
    await write(file, JSON.stringify(results));
    return ok ? 0 : 1;
  }
  process.stdout.write(text);
  const file =
    options.publish || !options.partial ? published : path.join(buildFolder, 'results.json');
  const written =
    options.partial && options.publish
      ? merge(JSON.parse(readFileSync(published, 'utf8')), results)
      : results;
  await write(file, JSON.stringify(written));
  await report(written, file === published);
  return ok ? 0 : 1;
}
