/**
 * Many listeners on one source: adding, dispatching to and removing them, beside the host's own EventTarget, in turns
 * in one process.
 *
 *     node bench/listeners.js [COUNT…] [--shape NAME] [--rounds 3] [--module js/entries/index.js]
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shape: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    module: { type: 'string', default: 'js/entries/index.js' },
  },
});
const counts = positionals.length > 0 ? positionals.map(Number) : [1000, 20_000];
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

/**
 * @param {() => any} make
 * @param {number} count
 * @param {Shape} shape
 * @returns {number[]} milliseconds of adding, dispatching and removing
 */
function run(make, count, { type = () => 'message', order = (i) => i, options = () => ({}) }) {
  const target = make();
  const controller = new AbortController();
  const given = options(controller.signal);
  const numbers = Array.from({ length: count }, (_, i) => i);
  const listeners = numbers.map(() => () => (calls += 1));
  const types = numbers.map(type);
  const inOrder = [...numbers].sort((a, b) => order(a) - order(b));
  calls = 0;
  const times = [performance.now()];
  const mark = () => times.push(performance.now());
  for (const i of numbers) target.addEventListener(types[i], listeners[i], given);
  mark();
  for (const each of new Set(types)) target.dispatchEvent(new Event(each));
  mark();
  if (given.signal) controller.abort();
  else for (const i of inOrder) target.removeEventListener(types[i], listeners[i], given);
  mark();
  for (const each of new Set(types)) target.dispatchEvent(new Event(each));
  if (calls !== count) throw new Error(`${calls} calls of ${count}`);
  target.close?.();
  return times.slice(1).map((time, i) => time - times[i]);
}

const best = (/** @type {number[][]} */ rows) =>
  rows[0].map((_, i) => Math.min(...rows.map((row) => row[i])));

for (const shape of Object.values(shapes)) {
  run(ours, 500, shape);
  run(hosts, 500, shape);
}
console.log('listeners | shape | ms to add, dispatch, remove: ours | the host | ratios');
for (const count of counts) {
  for (const [name, shape] of Object.entries(shapes)) {
    if (values.shape && !name.includes(values.shape)) continue;
    /** @type {number[][]} */
    const mine = [];
    /** @type {number[][]} */
    const theirs = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      mine.push(run(ours, count, shape));
      theirs.push(run(hosts, count, shape));
    }
    const [own, host] = [best(mine), best(theirs)];
    const shown = (/** @type {number[]} */ row) => row.map((ms) => ms.toFixed(2)).join(' ');
    const ratios = own.map((ms, i) => (ms / host[i]).toFixed(2)).join(' ');
    console.log(`${count} | ${name} | ${shown(own)} | ${shown(host)} | ${ratios}`);
  }
}
