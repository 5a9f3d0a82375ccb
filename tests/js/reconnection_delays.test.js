// What the shim makes of the core's delays: by a clock, a random source and timers of the test's own.
import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { next, open, type } from '../support/own_fetch.js';

const { setTimeout } = globalThis;
const { now } = performance;
const { random } = Math;

/** @type {number[]} what the timers were asked for, each of which has passed at once */
let delays;

beforeEach(() => {
  delays = [];
  globalThis.setTimeout = /** @type {any} */ (
    (/** @type {() => void} */ callback, /** @type {number} */ delay) => {
      delays.push(delay);
      return setTimeout(callback, 0);
    }
  );
});

afterEach(() => {
  globalThis.setTimeout = setTimeout;
  performance.now = now;
  Math.random = random;
});

/** @param {string} text - of a body that ends */
const ended = (text) => new Response(text, { headers: type });

/**
 * @param {any} fetch
 * @param {number} errors - to wait for
 */
async function delaysOf(fetch, errors) {
  const source = open(fetch);
  for (let i = 0; i < errors; i++) await next(source, 'error');
  source.close();
  return delays;
}

test('a clock that runs backwards makes no storm', async () => {
  let time = 1e6;
  performance.now = () => (time -= 700);
  const found = await delaysOf(() => ended('retry: 0\ndata: 1\n\n'), 20);
  expect(found.length).toBeGreaterThanOrEqual(19);
  expect(found.every((delay) => delay === 500)).toBe(true);
});

test('what ends at once has not proved itself by a clock that was set back', async () => {
  let time = 1e6;
  performance.now = () => (time -= 6000);
  Math.random = () => 0;
  expect((await delaysOf(() => ended(': nothing\n'), 4)).slice(0, 3)).toEqual([3000, 4500, 7500]);
});

test.each([
  [0, 3000],
  [0.5, 3150],
  [1 - 2 ** -52, 3299],
])('the first wait has up to a tenth more: random %f', async (value, expected) => {
  Math.random = () => value;
  const failing = () => Promise.reject(new TypeError('gone'));
  expect((await delaysOf(failing, 2))[0]).toBe(expected);
  delays.length = 0;
  const proved = await delaysOf(() => ended('data: 1\n\n'), 4);
  expect(proved.slice(0, 3)).toEqual([expected, expected, expected]);
});

test('clients that lose a server together come back apart, and none too early', async () => {
  const found = [];
  for (let i = 0; i < 40; i++) {
    delays.length = 0;
    found.push((await delaysOf(() => Promise.reject(new TypeError('gone')), 2))[0]);
  }
  expect(Math.min(...found)).toBeGreaterThanOrEqual(3000);
  expect(Math.max(...found)).toBeLessThanOrEqual(3300);
  expect(new Set(found).size).toBeGreaterThan(20);
});
