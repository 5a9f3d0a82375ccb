// When the time-outs count: clocks and timers are the test's own.
import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { EventSource } from '../../js/entries/index.js';
import { encoder, sources, type } from '../support/own_fetch.js';

const { setTimeout } = globalThis;
const { now } = Date;

/** Runs what others have queued. */
const rest = (milliseconds = 5) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @type {{callback: () => void, delay: number}[]} timers that do not pass by themselves */
let timers;
let time = 0;

beforeEach(() => {
  timers = [];
  time = now();
  Date.now = () => time;
  globalThis.setTimeout = /** @type {any} */ (
    (/** @type {() => void} */ callback, /** @type {number} */ delay) =>
      timers.push({ callback, delay })
  );
});

afterEach(() => {
  globalThis.setTimeout = setTimeout;
  Date.now = now;
});

/**
 * @param {object} init
 * @returns {{source: any, errors: any[], write(text: string): void, requests: () => number}}
 */
function open(init) {
  /** @type {ReadableStreamDefaultController} */
  let controller;
  let requests = 0;
  const source = new EventSource('http://127.0.0.1:9/', {
    ...init,
    fetch: async () => {
      requests++;
      const start = (/** @type {any} */ given) => (controller = given);
      return /** @type {any} */ (new Response(new ReadableStream({ start }), { headers: type }));
    },
  });
  sources.push(source);
  /** @type {any[]} */
  const errors = [];
  source.addEventListener('error', (event) => errors.push(event));
  return {
    source,
    errors,
    write: (text) => controller.enqueue(encoder.encode(text)),
    requests: () => requests,
  };
}

/** Lets the latest timer pass. */
async function pass() {
  timers[timers.length - 1].callback();
  await rest();
}

test('silence ends the stream only when all of the time has passed since the last byte', async () => {
  const { errors, write } = open({ idleTimeout: 1000 });
  await rest();
  expect(timers.map(({ delay }) => delay)).toEqual([1000]);
  time += 900;
  write(': a comment\n');
  await rest();
  time += 100;
  await pass();
  expect(errors).toEqual([]);
  expect(timers.map(({ delay }) => delay)).toEqual([1000, 900]);
  time += 900;
  await pass();
  expect(errors.map(({ reason, failures }) => [reason, failures])).toEqual([['idle', 1]]);
});

test('after an hour of sleep it counts at once', async () => {
  const { errors, source } = open({ idleTimeout: 60_000 });
  await rest();
  time += 3_600_000;
  await pass();
  expect(errors.map(({ reason }) => reason)).toEqual(['idle']);
  expect(source.readyState).toBe(0);
});

test('bytes that have come while nothing ran are heard first', async () => {
  const { errors, write, source } = open({ idleTimeout: 1000 });
  /** @type {string[]} */
  const data = [];
  source.onmessage = (/** @type {any} */ event) => data.push(event.data);
  await rest();
  time += 3000;
  // Both are due, and the timer is first.
  timers[0].callback();
  write('data: 1\n\n');
  await rest();
  expect(errors).toEqual([]);
  expect(data).toEqual(['1']);
});

test('a clock that is set back does not end the stream, and delays the end by one time-out at most', async () => {
  const { errors } = open({ idleTimeout: 1000 });
  await rest();
  time -= 3_600_000;
  await pass();
  expect(errors).toEqual([]);
  time += 1000;
  await pass();
  expect(errors.map(({ reason }) => reason)).toEqual(['idle']);
});

test('who works on what came is not waiting', async () => {
  const { errors, write, source } = open({ idleTimeout: 1000 });
  await rest();
  let seen = 0;
  source.onmessage = () => {
    seen++;
    // Each event takes as long as the time-out.
    time += 1000;
  };
  write('data: x\n\n'.repeat(50));
  await rest();
  await pass();
  expect(errors).toEqual([]);
  expect(seen).toBe(50);
});

test('without time-outs there is no timer', async () => {
  const { requests } = open({ reconnectionTime: 5 });
  await rest();
  expect([timers.length, requests()]).toEqual([0, 1]);
});
