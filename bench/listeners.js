/**
 * Many listeners on one source: adding, dispatching to and removing them, beside the host's own EventTarget, in turns
 * in one process.
 *
 *     node bench/listeners.js [COUNT…] [--shape NAME] [--rounds 3] [--seconds 30] [--module js/entries/index.js]
 *
 * The host compares a listener that is added with all that are there. Where adding or removing takes it longer than
 * --seconds, it is given up.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shape: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '30' },
    module: { type: 'string', default: 'js/entries/index.js' },
  },
});
const counts = positionals.length > 0 ? positionals.map(Number) : [1000, 20_000, 100_000];
const { EventSource } = await import(pathToFileURL(path.resolve(values.module)).href);

/** A fetch that never answers. */
const fetch = () => new Promise(() => {});
const ours = () => new EventSource('http://127.0.0.1:9/', { fetch });
const hosts = () => new EventTarget();

let calls = 0;

/**
 * @typedef {object} Shape
 * @property {(i: number) => string} [type]
 * @property {(i: number) => number} [order] - of removing
 * @property {(signal: AbortSignal) => any} [options]
 */

/** @type {Record<string, Shape>} */
const shapes = {
  'one type, removed in order': {},
  'one type, removed from the last': { order: (i) => -i },
  'one type, removed at random': { order: (i) => (i * 7919) % 104_729 },
  'a type for each': { type: (i) => `type-${i}` },
  once: { options: () => ({ once: true }) },
  capture: { options: () => ({ capture: true }) },
  'a signal': { options: (signal) => ({ signal }) },
};

/** So many of each type, because the first one finds code that has not run; but what is there once hears one. */
const EVENTS = 10;

/** Thrown where the host is given up. */
class TooSlow extends Error {}

/**
 * @param {() => any} make
 * @param {number} count
 * @param {Shape} shape
 * @returns {number[]} milliseconds of adding, dispatching an event (where each listener has its type: one of each) and
 *   removing; fewer where it is given up
 */
function run(make, count, { type = () => 'message', order = (i) => i, options = () => ({}) }) {
  const target = make();
  const controller = new AbortController();
  const given = options(controller.signal);
  const numbers = Array.from({ length: count }, (_, i) => i);
  const listeners = numbers.map(() => () => (calls += 1));
  const types = numbers.map(type);
  const inOrder = [...numbers].sort((a, b) => order(a) - order(b));
  const events = given.once ? 1 : EVENTS;
  calls = 0;
  /** @type {number[]} */
  const times = [];
  const measure = (/** @type {() => void} */ action, divisor = 1) => {
    const start = performance.now();
    action();
    times.push((performance.now() - start) / divisor);
  };
  const dispatch = () => {
    for (const each of new Set(types)) target.dispatchEvent(new Event(each));
  };
  const forEach = (/** @type {(i: number) => void} */ action, /** @type {number[]} */ those) => {
    const end = performance.now() + Number(values.seconds) * 1000;
    for (const i of those) {
      action(i);
      if (i % 100 === 0 && performance.now() > end) throw new TooSlow();
    }
  };
  try {
    measure(() => forEach((i) => target.addEventListener(types[i], listeners[i], given), numbers));
    measure(() => {
      for (let i = 0; i < events; i++) dispatch();
    }, events);
    measure(() => {
      if (given.signal) controller.abort();
      else forEach((i) => target.removeEventListener(types[i], listeners[i], given), inOrder);
    });
    dispatch();
    if (calls !== count * events) throw new Error(`${calls} calls of ${count * events}`);
  } catch (error) {
    if (!(error instanceof TooSlow)) throw error;
  }
  target.close?.();
  return times;
}

const best = (/** @type {number[][]} */ rows) =>
  rows[0].map((_, i) => Math.min(...rows.map((row) => row[i])));

/** Until engines have compiled what runs here. */
for (let i = 0; i < 30; i++) {
  for (const shape of Object.values(shapes)) {
    run(ours, 200, shape);
    run(hosts, 200, shape);
  }
}

/**
 * @param {number[]} row - of three, or fewer where it was given up
 * @param {(value: number) => string} shown
 */
const three = (row, shown) =>
  [0, 1, 2].map((i) => (i < row.length ? shown(row[i]) : '–').padStart(9)).join('');

const head = (/** @type {string} */ title) => title.padEnd(27);
console.log('milliseconds; given up after', values.seconds, 'seconds: –');
console.log(`${'listeners'.padEnd(40)}${head('ours')}${head('the host')}ours / the host`);
console.log(' '.repeat(40) + '      add dispatch   remove'.repeat(3));
for (const count of counts) {
  for (const [name, shape] of Object.entries(shapes)) {
    if (values.shape && !name.includes(values.shape)) continue;
    /** @type {number[][]} */
    const mine = [];
    /** @type {number[][]} */
    const theirs = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      mine.push(run(ours, count, shape));
      // A host that takes seconds for it is asked once.
      if (!(theirs[0]?.[0] > 2000) && theirs[0]?.length !== 0) {
        theirs.push(run(hosts, count, shape));
      }
    }
    const [own, host] = [best(mine), best(theirs)];
    const ratios = host.map((ms, i) => own[i] / ms);
    console.log(
      `${count} ${name}`.padEnd(40) +
        three(own, (ms) => ms.toFixed(ms < 1 ? 3 : 1)) +
        three(host, (ms) => ms.toFixed(ms < 1 ? 3 : 1)) +
        three(ratios, (ratio) => ratio.toFixed(2)),
    );
  }
}
