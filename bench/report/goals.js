// What the package is meant to reach, and what it did reach in this run.
import { READER } from '../suites/memory.js';
import { shapes } from '../workloads/shapes.js';
import { digits } from './figures.js';
import { present, ratiosTo } from './sections.js';
import { median } from './statistics.js';

/**
 * @typedef {object} Goal
 * @property {string} title
 * @property {string} needed
 * @property {string} reached
 * @property {boolean} met
 * @property {string} [most] what fetch() alone reaches, with nothing on top of it
 * @property {string} [parts] what fetch(), the parser and the turn reach, with nothing on top of them
 * @property {string} [processor] what was reached, by processor time, which no goal is judged by: a browser's own
 *   may take two processors at once, and then it depends on what else they have to do how long it takes
 *
 * @typedef {import('../engine.js').RuntimeResults} Suites
 */

const OURS = 'eventsource_wasm';

/** How many times faster than which, on small ticks. */
const TICKER = {
  node20: { eventsource: 4 },
  node26: { eventsource: 8 },
  deno: { native: 4, eventsource: 4 },
  bun: { eventsource: 4 },
  chromium: { native: 20, eventsource: 4 },
  firefox: { native: 10, eventsource: 4 },
  webkit: { native: 6, eventsource: 4 },
};

const NAMES = { native: 'its own', eventsource: 'npm `eventsource`' };

const STARTS = { import: 'import', first: 'import and first source' };

/** On a dripping line four times as long, a byte may take so much longer: noise, and not four times. */
const LINEAR = 1.5;

/**
 * @param {Suites} suites
 * @param {string} suite
 * @param {string} row
 * @param {string} name
 * @param {string} metric
 * @returns {number | undefined} the median, where it was measured and nothing was wrong
 */
function valueOf(suites, suite, row, name, metric) {
  const gathered = suites[suite]?.[row]?.[name];
  const values = gathered?.samples[metric];
  return values && !gathered.wrong ? median(values) : undefined;
}

/**
 * @param {string} title
 * @param {number} reached
 * @param {number} atLeast
 * @returns {Goal}
 */
const factor = (title, reached, atLeast) => ({
  title,
  needed: `≥ ${atLeast}×`,
  reached: `${reached.toFixed(2)}×`,
  met: reached >= atLeast,
});

/**
 * @param {string} title
 * @param {number} reached
 * @param {number} atMost
 * @param {string} unit
 * @returns {Goal}
 */
const ceiling = (title, reached, atMost, unit) => ({
  title,
  needed: `≤ ${digits(atMost)}${unit}`,
  reached: `${digits(reached)}${unit}`,
  met: reached <= atMost,
});

/** @param {number | undefined} ns @param {number | undefined} other */
const multiple = (ns, other) => (ns && other ? `${(ns / other).toFixed(2)}×` : '');

/** @param {{name: string, title: string, suites: Suites}} runtime @returns {Goal[]} */
function ticker({ name, title, suites }) {
  const own = valueOf(suites, 'stream', 'ticker', OURS, 'ns');
  const [alone, parts] = ['fetch_alone', 'parts_alone'].map((each) =>
    valueOf(suites, 'stream', 'ticker', each, 'ns'),
  );
  const ownTime = valueOf(suites, 'stream', 'ticker', OURS, 'cpuNs');
  if (!own) return [];
  return Object.entries(TICKER[name] ?? {}).flatMap(([other, atLeast]) => {
    const ns = valueOf(suites, 'stream', 'ticker', other, 'ns');
    if (!ns) return [];
    const goal = factor(`small ticks, ${title}, against ${NAMES[other]}`, ns / own, atLeast);
    const processor = multiple(valueOf(suites, 'stream', 'ticker', other, 'cpuNs'), ownTime);
    return [{ ...goal, most: multiple(ns, alone), parts: multiple(ns, parts), processor }];
  });
}

/** @param {{title: string, suites: Suites}} runtime @returns {Goal[]} */
function connections({ title, suites }) {
  const [own, other] = [OURS, 'eventsource'].map((name) =>
    valueOf(suites, 'stream', 'connections', name, 'cpuNs'),
  );
  if (!own || !other) return [];
  return [factor(`processor time, 1,000 slow connections, ${title}`, other / own, 1)];
}

/** @param {{name: string, title: string, suites: Suites}} runtime @returns {Goal[]} */
function parsing({ name, title, suites }) {
  const suite = suites.parse;
  if (!suite) return [];
  const found = [];
  const ratios = ratiosTo(suite, 'core', 'eventsource_parser');
  if (name === 'node26' && ratios.length > 0) {
    const mean = Math.exp(ratios.reduce((sum, each) => sum + Math.log(each), 0) / ratios.length);
    const what = `parsing, ${title}, against eventsource-parser`;
    found.push(factor(`${what}: geometric mean`, mean, 2));
    found.push(factor(`${what}: slowest shape`, Math.min(...ratios), 0.9));
    const giant = valueOf(suites, 'parse', 'giant', 'core', 'ns');
    if (giant) {
      const speed = 1 / giant;
      found.push({
        title: `parsing, ${title}: events of 1 MB`,
        needed: '≥ 8 GB/s',
        reached: `${digits(speed)} GB/s`,
        met: speed >= 8,
      });
    }
  }
  const rows = Object.keys(shapes);
  const growth = rows.flatMap((row, i) => {
    if (!shapes[row].twin) return [];
    const [small, large] = [rows[i - 1], row].map((each) =>
      valueOf(suites, 'parse', each, 'core', 'ns'),
    );
    return small && large ? [large / small] : [];
  });
  if (growth.length > 0) {
    const what = `linear time, ${title}: a byte of a line four times as long takes`;
    found.push(ceiling(what, Math.max(...growth), LINEAR, '×'));
  }
  return found;
}

/** @param {{name: string, title: string, suites: Suites}} runtime @returns {Goal[]} */
function startAndMemory({ name, title, suites }) {
  if (name !== 'node26' && name !== 'node20') return [];
  const found = [];
  for (const [row, what] of Object.entries(STARTS)) {
    const [own, other] = [OURS, 'eventsource'].map((each) =>
      valueOf(suites, 'start', row, each, 'ms'),
    );
    if (own && other) {
      found.push(factor(`${what}, ${title}, against npm \`eventsource\``, other / own, 1));
    }
  }
  const [idle, bare] = [OURS, READER].map((each) =>
    valueOf(suites, 'memory', 'idle', each, 'bytes'),
  );
  if (idle !== undefined && bare !== undefined) {
    found.push(ceiling(`an idle connection over a bare reader, ${title}`, idle - bare, 1024, ' B'));
  }
  const [first, second] = ['after-giant', 'after-second-giant'].map((row) =>
    valueOf(suites, 'memory', row, OURS, 'bytes'),
  );
  if (first && second) {
    const what = `wasm memory after a second 64 MiB event, against after the first, ${title}`;
    found.push(ceiling(what, second / first, 1, '×'));
  }
  return found;
}

/** @param {import('../bench.js').Results} results @returns {Goal[]} */
function sizes({ sizes: measured }) {
  const limits = {
    'dist/core.wasm': { raw: 5120 },
    'dist/index.js': { gzip: 9 * 1024 },
    'dist/js.js': { gzip: 6 * 1024 },
  };
  return (measured?.ours ?? []).flatMap((size) =>
    Object.entries(limits[size.file] ?? {}).map(([how, limit]) =>
      ceiling(`${size.file}, ${how}`, size[/** @type {'raw'} */ (how)], limit, ' B'),
    ),
  );
}

/**
 * @param {import('../bench.js').Results} results
 * @returns {Goal[]} those for which something was measured
 */
export function goals(results) {
  const runtimes = present(results);
  return [
    ...runtimes.flatMap(ticker),
    ...runtimes.flatMap(parsing),
    ...runtimes.flatMap(connections),
    ...runtimes.flatMap(startAndMemory),
    ...sizes(results),
  ];
}

/**
 * @param {Goal[]} list
 * @returns {import('./table.js').Table}
 */
export function goalTable(list) {
  return {
    head: [
      'goal',
      'needed',
      'reached',
      '',
      'fetch() alone',
      'fetch(), parser and turn alone',
      'reached by processor time',
    ],
    rows: list.map(({ title, needed, reached, met, most = '', parts = '', processor = '' }) => [
      title,
      needed,
      reached,
      met ? 'yes' : 'no',
      most,
      parts,
      processor,
    ]),
  };
}
