// All tables of the page and of the console, from the results.
import { contestants } from '../contestants/index.js';
import { parsers } from '../parsers/index.js';
import { parts } from '../workloads/parts.js';
import { shapes } from '../workloads/shapes.js';
import { streamWorkloads } from '../workloads/streams.js';
import { amount, rate, time, withSpread } from './figures.js';
import { geometricMean, median } from './statistics.js';
import { tableOf } from './table.js';

/**
 * @typedef {import('../bench.js').Results} Results
 * @typedef {import('../engine.js').RuntimeResults} RuntimeResults
 * @typedef {{title: string, text: string[], tables: import('./table.js').Table[]}} Section
 */

/** @param {{[name: string]: {title: string}}} members */
const titles = (members) =>
  Object.fromEntries(Object.entries(members).map(([name, { title }]) => [name, title]));

/**
 * @param {Results} results
 * @returns {{name: string, title: string, suites: RuntimeResults}[]} the runtimes that there are
 */
export function present({ runtimes }) {
  return Object.entries(runtimes).flatMap(([name, runtime]) =>
    'suites' in runtime ? [{ name, title: runtime.title, suites: runtime.suites }] : [],
  );
}

/**
 * @param {Results} results
 * @returns {Section}
 */
function endToEnd(results) {
  const columns = titles(contestants);
  const tables = Object.entries(streamWorkloads).flatMap(([name, { title, item, connections }]) => {
    const rows = present(results).flatMap((runtime) => {
      const by = runtime.suites.stream?.[name];
      return by ? [{ title: runtime.title, by }] : [];
    });
    if (rows.length === 0) return [];
    const cpu = tableOf({
      title: `${title}: processor time per ${item}`,
      corner: 'runtime',
      rows,
      columns,
      show: ({ cpuNs }) => withSpread(cpuNs, time),
    });
    // The server sets the pace.
    if (connections) return [cpu];
    const speed = tableOf({
      title: `${title}: ${item}s per second`,
      corner: 'runtime',
      rows,
      columns,
      show: ({ ns }) => withSpread(ns, (value) => rate(1e9 / value)),
    });
    // The reasons need to be read once.
    return [speed, { ...cpu, notes: [] }];
  });
  return {
    title: 'End to end',
    text: [
      'From a server in a process of its own, over HTTP on the loopback interface, to the listener. The clock',
      'runs from the `open` event to the last event; processor time is that of the receiving process from',
      'before the connection to after its end: all threads of a Node, Deno or Bun process by `getrusage`,',
      "and in browsers those of the processes that run pages, as `/proc` counts their threads, without the browser's",
      'own network process. The 1,000 connections are HTTP/1.1 in processes, and in browsers streams of HTTP/2',
      'over TLS, because browsers open six connections to a host. `fetch()` alone is no EventSource: it reads',
      'the bytes, counts them and parses nothing, which is the most that can be reached on top of it. `fetch()`,',
      "parser and turn alone is none either: this package's parser and its turn between two events in the least code",
      'that puts them together, without event objects, listeners, state or reconnection. At least three such',
      'streams, and a second of them, come before the one that is measured. Of the peers, those that people use most',
      'take part in the many connections, which take long.',
    ],
    tables,
  };
}

/** @param {{[row: string]: {[name: string]: import('../engine.js').Gathered}}} suite */
const meanRow = (suite) => {
  const reference = 'eventsource_parser';
  /** @type {{[name: string]: import('../engine.js').Gathered}} */
  const by = {};
  for (const name of Object.keys(parsers)) {
    const ratios = ratiosTo(suite, name, reference);
    if (ratios.length > 0) by[name] = { samples: { ratio: [geometricMean(ratios)] } };
  }
  return by;
};

/**
 * @param {{[row: string]: {[name: string]: import('../engine.js').Gathered}}} suite
 * @param {string} name
 * @param {string} reference
 * @returns {number[]} how many times faster `name` is, for each shape that counts and both get right
 */
export function ratiosTo(suite, name, reference) {
  return Object.entries(shapes).flatMap(([row, { twin, giant }]) => {
    if (twin || giant) return [];
    const [own, other] = [suite[row]?.[name]?.samples.ns, suite[row]?.[reference]?.samples.ns];
    const right = !suite[row]?.[name]?.wrong && !suite[row]?.[reference]?.wrong;
    return right && own && other ? [median(other) / median(own)] : [];
  });
}

/**
 * @param {Results} results
 * @returns {Section}
 */
function parsing(results) {
  const tables = present(results).flatMap((runtime) => {
    const suite = runtime.suites.parse;
    if (!suite) return [];
    const names = Object.keys(shapes).filter((name) => suite[name]);
    const rows = names.map((name) => ({
      title: `${shapes[name].title}, per ${shapes[name].per}`,
      by: suite[name],
    }));
    const mean = {
      title: 'geometric mean of the speeds, eventsource-parser = 1',
      by: meanRow(suite),
    };
    return [
      tableOf({
        title: runtime.title,
        corner: 'shape',
        rows: [...rows, mean],
        columns: titles(parsers),
        show: ({ ns, ratio }) => (ratio ? `${ratio[0].toFixed(2)}×` : withSpread(ns, time)),
      }),
    ];
  });
  return {
    title: 'Parsing alone',
    text: [
      'Bytes in, `{id, event, data}` out, nothing else. The core is called chunk by chunk as the `EventSource`',
      'calls it, which is no public interface; `fromReadableStream` is one, with listeners, a queue and a turn',
      'for each event, and so are all columns to the right of it but undici. The mean leaves out the lines at',
      'four times the size, which are there to compare the time per byte with the row above, the giant events,',
      'and shapes that one of the two gets wrong. A figure without a spread is of a single round: one pass took so',
      'long that others were left out.',
    ],
    tables,
  };
}

/**
 * @param {Results} results
 * @returns {Section}
 */
function whereTimeGoes(results) {
  const measured = present(results).filter(({ suites }) => suites.parts);
  const rows = Object.entries(parts).map(([part, { title, per }]) => ({
    title: `${title}, per ${per}`,
    by: Object.fromEntries(
      measured.map(({ name, suites }) => [name, suites.parts[part]?.eventsource_wasm]),
    ),
  }));
  return {
    title: 'Where the time goes',
    text: [
      'This package alone, from memory and without `fetch()`, each part in a loop of its own. What it means is in',
      '[performance.md](performance.md).',
    ],
    tables:
      measured.length === 0
        ? []
        : [
            tableOf({
              corner: 'part',
              rows,
              columns: Object.fromEntries(measured.map(({ name, title }) => [name, title])),
              show: ({ ns }) => withSpread(ns, time),
            }),
          ],
  };
}

/**
 * @param {Results} results
 * @returns {Section}
 */
function sizes({ sizes: measured }) {
  if (!measured) return { title: 'Size', text: [], tables: [] };
  const row = ({ file, raw, gzip, brotli }) => [
    file,
    ...[raw, gzip, brotli].map((n) => digitsOf(n)),
  ];
  return {
    title: 'Size',
    text: [
      'Bytes. The peers are bundled with what they depend on, by Rollup, and minified by Terser in two passes.',
    ],
    tables: [
      {
        head: ['file', 'raw', 'gzip', 'brotli'],
        rows: [...measured.ours, ...measured.peers].map(row),
      },
    ],
  };
}

/** @param {number} value */
const digitsOf = (value) => value.toLocaleString('en-US');

const ROW_TITLES = {
  import: 'import; of this package, with the instantiation of its core',
  first: 'import and first `new EventSource()`',
  worker: 'import and first `new EventSource()` at the top of a service worker',
  instantiate: "the core's module alone",
  idle: 'an idle connection',
  growth: 'heap growth after 1,000,000 events',
  'after-giant': 'wasm memory after a 64 MiB event',
  'after-second-giant': 'wasm memory after another one',
};

/**
 * @param {Results} results
 * @param {'start' | 'memory'} suite
 * @param {(value: number) => string} show
 * @returns {import('./table.js').Table[]}
 */
function rowTables(results, suite, show) {
  const rowNames = [
    ...new Set(present(results).flatMap(({ suites }) => Object.keys(suites[suite] ?? {}))),
  ];
  return rowNames.map((row) => {
    const rows = present(results).flatMap(({ title, suites }) =>
      suites[suite]?.[row] ? [{ title, by: suites[suite][row] }] : [],
    );
    /** @type {{[name: string]: string}} */
    const columns = {};
    for (const { by } of rows) {
      for (const name of Object.keys(by)) columns[name] = contestants[name]?.title ?? name;
    }
    return tableOf({
      title: ROW_TITLES[row] ?? row,
      corner: 'runtime',
      rows,
      columns,
      show: (samples) => withSpread(Object.values(samples)[0], show),
    });
  });
}

/**
 * @param {Results} results
 * @returns {Section[]} those that have tables
 */
export function sections(results) {
  const start = {
    title: 'Start',
    text: [
      'In a process, page or service worker of its own each time. Processes import the packages as they are',
      'installed, Deno and browsers their minified bundles; in pages the time of loading them from a server',
      'on the loopback interface is included.',
    ],
    tables: rowTables(results, 'start', (ms) => time(ms * 1e6)),
  };
  const memory = {
    title: 'Memory',
    text: [
      'In Node, after the garbage collector has run: JavaScript heap, buffers and wasm together.',
    ],
    tables: rowTables(results, 'memory', amount),
  };
  return [
    endToEnd(results),
    parsing(results),
    whereTimeGoes(results),
    start,
    memory,
    sizes(results),
  ].filter(({ tables }) => tables.length > 0);
}
