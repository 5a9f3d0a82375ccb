// How long a stream that never waits keeps timers and the page from their turn. The clock is the test's own, and stands
// still but where a listener moves it: what is counted is what happens between two tasks, and nobody's machine is measured.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { encoder, next, open, type } from '../support/own_fetch.js';

const { now } = performance;

let time = 0;
let readings = 0;
/** @type {() => number} */
let clock;

beforeEach(() => {
  // Far from what other tests have seen.
  time = 1e6 * (1 + Math.trunc(time / 1e6)) + 0.25;
  readings = 0;
  clock = () => time;
  performance.now = () => {
    readings++;
    return clock();
  };
});

afterEach(() => {
  performance.now = now;
});

/**
 * A source whose reads never wait.
 *
 * @param {string[]} chunks
 */
function memorySource(chunks) {
  const left = chunks.map((chunk) => encoder.encode(chunk));
  const read = async () => ({ done: left.length === 0, value: left.shift() });
  return open(() => ({
    status: 200,
    url: '',
    headers: new Headers(type),
    body: { getReader: () => ({ read, cancel() {} }) },
  }));
}

/**
 * Has sources read to their ends.
 *
 * @param {any[]} memorySources
 * @param {(count: number) => void} listener - gets the number of the event, of all sources
 */
async function runsOf(memorySources, listener) {
  let count = 0;
  let isOver = false;
  /** @type {{events: number, took: number}[]} */
  const runs = [];
  let last = { count, time };
  const turn = () => {
    if (count > last.count) runs.push({ events: count - last.count, took: time - last.time });
    last = { count, time };
    if (!isOver) setImmediate(turn);
  };
  for (const source of memorySources) {
    source.onmessage = () => {
      listener(count);
      count++;
    };
  }
  setImmediate(turn);
  await Promise.all(memorySources.map((source) => next(source, 'error')));
  isOver = true;
  turn();
  return {
    runs,
    count,
    longest: Math.max(...runs.map(({ took }) => took)),
    most: Math.max(...runs.map(({ events }) => events)),
  };
}

const events = (/** @type {number} */ count) => 'data:a\n\n'.repeat(count);

describe('listeners that take long', () => {
  test.each([
    ['half a millisecond, in one chunk of 1,000', 0.5, [events(1000)]],
    ['half a millisecond, in slices of 8,192', 0.5, [events(20_000)]],
    ['half a millisecond, in chunks of one', 0.5, Array(300).fill(events(1))],
    ['two milliseconds, in chunks of seven', 2, Array(40).fill(events(7))],
    ['a tenth of a millisecond', 0.1, [events(3000)]],
    ['fifty milliseconds', 50, [events(20)]],
  ])('%s: 8 ms, and the time of one', async (_, each, chunks) => {
    const { longest, count } = await runsOf([memorySource(chunks)], () => (time += each));
    expect(count).toBe(chunks.join('').length / 8);
    expect(longest).toBeLessThanOrEqual(8 + Math.max(each, 0.5));
  });

  test('two sources at once have 8 ms together', async () => {
    const chunks = () => Array(100).fill(events(1));
    const both = [memorySource(chunks()), memorySource(chunks())];
    const { longest, count } = await runsOf(both, () => (time += 2));
    expect(count).toBe(200);
    expect(longest).toBeLessThanOrEqual(8 + 2 * 2);
  });

  test('a hundred sources at once: not every event has a task of its own', async () => {
    const sources = Array.from({ length: 100 }, () => memorySource([events(200)]));
    readings = 0;
    const { count } = await runsOf(sources, () => (time += 0.0001));
    expect(count).toBe(20_000);
    // Each task reads the clock.
    expect(readings / count).toBeLessThan(0.5);
  });

  test('after many quick ones: at most 64 are unforeseen, and not soon again', async () => {
    const slowFrom = (/** @type {number} */ count) => count % 500 >= 400;
    const { runs, longest } = await runsOf([memorySource([events(4000)])], (count) => {
      time += slowFrom(count) ? 1 : 0.0001;
    });
    expect(longest).toBeLessThanOrEqual(8 + 64);
    // Once in 1,024 events.
    expect(runs.filter(({ took }) => took > 9.5).length).toBeLessThanOrEqual(4);
  });

  test('in promise reactions, which look like a read that waits', async () => {
    const source = memorySource(Array(300).fill(events(1)));
    const { longest } = await runsOf([source], () => {
      Promise.resolve().then(() => (time += 3));
    });
    expect(longest).toBeLessThanOrEqual(64 + 8 + 3);
  });
});

describe('quick listeners', () => {
  test('the clock is read for one event of many', async () => {
    const quickly = () =>
      runsOf([memorySource(Array(10).fill(events(1000)))], () => (time += 0.0001));
    // What the tests before have shown is forgotten.
    await quickly();
    readings = 0;
    const { count } = await quickly();
    expect(readings / count).toBeLessThan(0.05);
  });

  test('a clock that stands still: 8,192 events, or 1,024 chunks', async () => {
    const large = await runsOf([memorySource([events(60_000)])], () => {});
    expect(large.most).toBeLessThanOrEqual(8192 + 1024);
    expect(large.runs.length).toBeLessThan(20);
    const small = await runsOf([memorySource(Array(5000).fill(events(1)))], () => {});
    expect(small.most).toBeLessThanOrEqual(1024);
    expect(small.runs.length).toBeLessThan(10);
  });

  test('a clock that always runs backwards makes no task for each event', async () => {
    clock = () => (time -= 1000);
    const large = await runsOf([memorySource([events(30_000)])], () => {});
    expect(large.most).toBeLessThanOrEqual(8192 + 1024);
    expect(large.runs.length).toBeLessThan(20);
    const small = await runsOf([memorySource(Array(3000).fill(events(1)))], () => {});
    expect(small.runs.length).toBeLessThan(20);
  });

  test.each([
    ['back', -3600_000],
    ['forth', 3600_000],
  ])(
    'a clock that is set %s once an hour of events: a task for each time at most',
    async (_, by) => {
      const { runs } = await runsOf([memorySource([events(6000)])], (count) => {
        if (count % 1000 === 500) time += by;
      });
      expect(runs.length).toBeLessThanOrEqual(6 + 2);
    },
  );
});

test('a clock that was set back does not hold the page', async () => {
  const { runs } = await runsOf([memorySource([events(3000)])], (count) => {
    time += count === 100 ? -3600_000 : 0.5;
  });
  expect(Math.max(...runs.map(({ events: many }) => many))).toBeLessThanOrEqual(20);
});
