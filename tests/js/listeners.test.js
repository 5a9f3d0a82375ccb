// Many listeners: what they cost beside the host's own EventTarget, and that nothing else is different about them.
import { afterEach, describe, expect, test } from '@jest/globals';

import { open } from '../support/own_fetch.js';
import { ModelTarget } from '../support/model_target.js';

/** Of which many are a multiple. */
const FEW = 2500;

const never = () => new Promise(() => {});

/**
 * @param {() => any} make
 * @param {{count?: number, type?: (i: number) => string, options?: any, order?: number}} shape - `order`: of removing, 1
 *   or -1
 * @returns {number} milliseconds
 */
function time(make, { count = 4000, type = () => 'x', options = undefined, order = 1 }) {
  const target = make();
  const all = Array.from({ length: count }, (_, i) => ({ type: type(i), listener: () => {} }));
  const start = performance.now();
  for (const each of all) target.addEventListener(each.type, each.listener, options);
  if (order < 0) all.reverse();
  for (const each of all) target.removeEventListener(each.type, each.listener, options);
  return performance.now() - start;
}

describe('many listeners are added, called and removed', () => {
  const { emitWarning } = process;

  afterEach(() => {
    process.emitWarning = emitWarning;
  });

  // Each took the square of the number: eight times as long for each of eight times as many. How long the host takes is
  // for a benchmark: bench/listeners.js.
  test.each([
    ['of one type', {}],
    ['of one type, the last one first', { order: -1 }],
    ['each of its own type', { type: (/** @type {number} */ i) => `type-${i}` }],
    ['that capture', { options: { capture: true } }],
  ])('%s: many take no longer than few do, each', (_, shape) => {
    // Node warns of many.
    process.emitWarning = () => {};
    const timeOf = (/** @type {number} */ count) => time(() => open(never), { ...shape, count });
    // Code that has not run is slower.
    for (let i = 0; i < 3; i++) timeOf(FEW);
    const growths = Array.from({ length: 6 }, () => timeOf(8 * FEW) / timeOf(FEW) / 8);
    expect(Math.min(...growths)).toBeLessThan(3);
  });
});

/**
 * @param {object} prototype
 * @param {string[]} names - of methods
 * @param {() => void} action
 * @returns {number} how often it has called them
 */
function callsDuring(prototype, names, action) {
  const methods = Object.fromEntries(
    names.map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name)]),
  );
  let count = 0;
  for (const name of names) {
    Object.defineProperty(prototype, name, {
      ...methods[name],
      value(/** @type {any[]} */ ...args) {
        count += 1;
        return methods[name]?.value.apply(this, args);
      },
    });
  }
  action();
  Object.defineProperties(prototype, /** @type {any} */ (methods));
  return count;
}

test.each([
  ['plain ones', {}],
  ['that capture', { capture: true }],
  ['that are called once', { once: true }],
])('of 2,000 listeners, %s, none looks for anything while it is called', (_, options) => {
  const source = open(never);
  let calls = 0;
  for (let i = 0; i < 2000; i++) source.addEventListener('x', () => (calls += 1), options);
  const looks = callsDuring(Map.prototype, ['get', 'has', 'set', 'delete'], () => {
    source.dispatchEvent(new Event('x'));
  });
  expect(calls).toBe(2000);
  expect(looks).toBeLessThan(20);
});

test('an event of the host that many listeners hear is stopped by each of them', () => {
  const source = open(never);
  let calls = 0;
  for (let i = 0; i < 100; i++) {
    source.addEventListener('x', (/** @type {Event} */ event) => {
      calls += 1;
      if (i === 50) event.stopImmediatePropagation();
    });
  }
  const event = new Event('x');
  source.dispatchEvent(event);
  expect(calls).toBe(51);
  expect(Object.hasOwn(event, 'stopImmediatePropagation')).toBe(false);
});

test('an event of the host keeps a stopImmediatePropagation() of its own', () => {
  const source = open(never);
  let calls = 0;
  let stops = 0;
  const stop = () => (stops += 1);
  const event = Object.assign(new Event('x'), { stopImmediatePropagation: stop });
  source.addEventListener('x', () => event.stopImmediatePropagation());
  source.addEventListener('x', () => (calls += 1));
  source.dispatchEvent(event);
  expect([calls, stops, event.stopImmediatePropagation]).toEqual([0, 1, stop]);
});

test('an event of the host that is stopped for the later phase reaches the rest of this one, up to who stops it at once', () => {
  for (const target of [open(never), new EventTarget()]) {
    /** @type {number[]} */
    const calls = [];
    for (let i = 0; i < 6; i++) {
      target.addEventListener('x', (/** @type {Event} */ event) => {
        calls.push(i);
        if (i === 1 || i === 2) event.stopPropagation();
        if (i === 3) target.dispatchEvent(new Event('y'));
        if (i === 4) event.stopImmediatePropagation();
      });
    }
    target.addEventListener('y', (/** @type {Event} */ event) => {
      calls.push(7);
      event.stopImmediatePropagation();
    });
    target.addEventListener('y', () => calls.push(8));
    const event = new Event('x');
    target.dispatchEvent(event);
    expect([calls, Object.hasOwn(event, 'stopImmediatePropagation')]).toEqual([
      [0, 1, 2, 3, 7, 4],
      false,
    ]);
  }
});

test("what a signal's addEventListener() throws reaches the caller, and nothing is added", () => {
  const source = open(never);
  let calls = 0;
  const listener = () => (calls += 1);
  const own = new Error('own');
  const { signal } = new AbortController();
  signal.addEventListener = () => {
    throw own;
  };
  expect(() => source.addEventListener('x', listener, { signal })).toThrow(own);
  source.dispatchEvent(new Event('x'));
  expect(calls).toBe(0);
  // It can be added as if nothing had been.
  source.addEventListener('x', listener, { once: true });
  source.dispatchEvent(new Event('x'));
  source.dispatchEvent(new Event('x'));
  expect(calls).toBe(1);
});

test("what a signal's removeEventListener() throws keeps no listener from being called, nor from being removed", () => {
  const source = open(never);
  let calls = 0;
  const { signal } = new AbortController();
  signal.removeEventListener = () => {
    throw new Error('own');
  };
  source.addEventListener('x', () => (calls += 1), { signal, once: true });
  source.dispatchEvent(new Event('x'));
  source.dispatchEvent(new Event('x'));
  expect(calls).toBe(1);
  const listener = () => (calls += 1);
  source.addEventListener('x', listener, { signal });
  source.removeEventListener('x', listener);
  source.dispatchEvent(new Event('x'));
  expect(calls).toBe(1);
});

/** Numbers that are the same in every run. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

/**
 * The same random operations on a target: the calls of its listeners, in order.
 *
 * @param {any} target
 * @param {number} seed
 */
function callsOf(target, seed) {
  const any = numbers(seed);
  const size = 1 + any(60);
  const types = 1 + any(40);
  const controller = new AbortController();
  /** @type {string[]} */
  const calls = [];
  let depth = 0;
  const deeds = Array.from({ length: size }, () => ({
    kind: any(8),
    other: any(size),
    type: `t${any(types)}`,
    capture: any(4) === 0,
  }));
  /** @type {((event: any) => void)[]} */
  const listeners = deeds.map(({ kind, other, type, capture }, i) => (event) => {
    calls.push(`${i} ${event.type}`);
    if (kind === 1) target.removeEventListener(type, listeners[other], capture);
    if (kind === 2) target.addEventListener(type, listeners[other], { capture });
    if (kind === 3) event.stopImmediatePropagation();
    if (kind === 4 && depth < 2) {
      depth += 1;
      target.dispatchEvent(new Event(type));
      depth -= 1;
    }
    if (kind === 5) target.addEventListener(event.type, listeners[other], { once: true });
    if (kind === 6) target.removeEventListener(event.type, listeners[i], { capture });
    if (kind === 7) event.stopPropagation();
  });
  for (let step = 0; step < 300; step++) {
    const listener = listeners[any(size)];
    const type = `t${any(types)}`;
    const deed = any(10);
    const options = { capture: any(5) === 0, once: any(5) === 0 };
    const { signal } = controller;
    if (deed < 4) target.addEventListener(type, listener, options);
    else if (deed < 5) target.addEventListener(type, listener, { ...options, signal });
    else if (deed < 8) target.removeEventListener(type, listener, options);
    else target.dispatchEvent(new Event(type));
    if (step === 200) controller.abort();
  }
  return calls;
}

test('random operations come out as the standard has it, however many listeners there are', () => {
  for (let seed = 1; seed <= 300; seed++) {
    expect([seed, callsOf(open(never), seed)]).toEqual([seed, callsOf(new ModelTarget(), seed)]);
  }
});
