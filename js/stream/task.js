// Queues a task, for what must find the microtask queue empty. A host has several ways to queue one. None is relied on
// before it has called back: it may throw, do nothing, or be a test's fake that waits to be advanced
// (docs/decisions/0024-tasks-that-are-tried.md).
import { attempt, fromHost } from '../core/from_host.js';
import { getterOf } from '../core/typed_array.js';

// Taken when the module loads: what a test puts in their place later is not meant for us.

/**
 * Deno makes all its timers when one is first touched, which takes 5 to 15 ms. Its getter always gives Deno's own; in other
 * hosts such a getter may overwrite a replacement, so it is not kept.
 */
const lazyImmediate = 'Deno' in globalThis && getterOf(globalThis, 'setImmediate');
const takenImmediate = lazyImmediate ? undefined : fromHost('setImmediate');
let takenTimeout = lazyImmediate ? undefined : fromHost('setTimeout');

/** @typedef {(callback: () => void) => void} Source - calls back in a task, or throws */

const nextMicrotask = Promise.resolve();

/** Fulfilled when other promise reactions that wait have most likely run. */
async function manyMicrotasks() {
  for (let i = 0; i < 100; i++) await nextMicrotask;
}

/** @type {Source | undefined} that is open */
let channel;

/**
 * Unlike timers, messages are not slowed down when they follow one another.
 *
 * @type {Source}
 */
const byMessage = (callback) => (channel ?? openChannel())(callback);

/** @returns {Source} */
function openChannel() {
  const { port1, port2 } = new (fromHost('MessageChannel'))();
  /** @type {(() => void)[]} */
  const callbacks = [];
  port1.onmessage = () => {
    sources = [byMessage];
    callbacks.shift()?.();
    nextMicrotask.then(() => {
      if (callbacks.length > 0) return;
      // An open port keeps some hosts alive: the next burst gets one of its own.
      port1.close();
      channel = undefined;
    });
  };
  const post = (/** @type {() => void} */ callback) => {
    port2.postMessage(0);
    callbacks.push(callback);
  };
  // Node takes a thousand messages of one port in one turn. It needs them only as long as setImmediate() is not trusted.
  if (!onTrial) channel = post;
  return post;
}

/**
 * For jsdom, which has no messages.
 *
 * @type {Source}
 */
function byFile(callback) {
  const reader = new (fromHost('FileReader'))();
  reader.onload = () => {
    sources = [byFile];
    callback();
  };
  reader.readAsArrayBuffer(new (fromHost('Blob'))());
}

/** @type {Source} */
const byTimer = (callback) => takenTimeout(callback, 0);

/** @type {Source[] | undefined} the ways that are tried for each task; once one has called back, that one alone */
let sources;

/** Whether there is a setImmediate(). */
let onTrial = false;

/** @type {any} the host's setImmediate(), when it has shown that it calls back by itself */
let immediate;

/** @type {Set<() => void>} the tasks that wait until it has */
const waiting = new Set();

/** So many calls of setImmediate() in a row have to be answered in one go. */
const TRIALS = 3;

function begin() {
  const setImmediate = lazyImmediate
    ? attempt(() => lazyImmediate.call(globalThis))
    : takenImmediate;
  takenTimeout ??= fromHost('setTimeout');
  onTrial = typeof setImmediate === 'function';
  sources = fromHost('MessageChannel') ? [byMessage, byTimer] : [byFile, byTimer];
  // The host runs all microtasks, but no other task, between two of these callbacks. A fake runs either no microtasks, or
  // other tasks, whoever advances it.
  let calls = 0;
  let isTask = true;
  let hasTurned = false;
  const turned = () => {
    // In Deno and workerd, messages may come between two microtasks.
    hasTurned ||= isTask;
  };
  const called = () => {
    if (!isTask || hasTurned) return;
    if (calls === 0) {
      attempt(() => byMessage(turned));
      attempt(() => byTimer(turned));
    }
    isTask = false;
    manyMicrotasks().then(() => (isTask = true));
    calls++;
    if (calls < TRIALS) return;
    immediate = setImmediate;
    waiting.forEach((callback) => callback());
  };
  if (!onTrial) return;
  attempt(() => {
    for (let i = 0; i < TRIALS; i++) setImmediate(called);
  });
}

/** @param {() => void} callback */
export function queueTask(callback) {
  if (immediate) {
    immediate(callback);
    return;
  }
  if (!sources) begin();
  // The reaction belongs to the caller, as hosts with AsyncLocalStorage see it; a message would belong to its channel.
  new Promise((resolve) => {
    const proceed = () => {
      waiting.delete(proceed);
      resolve(onTrial && manyMicrotasks());
    };
    waiting.add(proceed);
    // A way that has thrown is not tried again.
    sources = sources?.filter((source) =>
      attempt(() => {
        source(proceed);
        return true;
      }),
    );
    // No known host comes here.
    if (sources?.length === 0) proceed();
  }).then(callback);
}
