// A task of its own, for what must find the microtask queue empty. No host's way to one is relied on before it has
// called back: it may throw, do nothing, or be a fake of a test's that waits to be advanced
// (docs/decisions/0024-tasks-that-are-tried.md).
import { attempt, fromHost } from '../core/from_host.js';

// Taken when the module loads: what a test puts in their place later is not meant for us.

/**
 * Deno makes all its timers when one is first touched, which takes 5 to 15 ms. Its getter gives its own ever after;
 * those of other hosts may put it in the place of what somebody else has put there.
 */
const lazyImmediate =
  'Deno' in globalThis && Object.getOwnPropertyDescriptor(globalThis, 'setImmediate')?.get;
const takenImmediate = lazyImmediate ? undefined : fromHost('setImmediate');
let takenTimeout = lazyImmediate ? undefined : fromHost('setTimeout');

/** @type {(() => void)[]} what waits for a task, first come, first served */
const waiting = [];

/** How often something but setImmediate() has called back. */
let turns = 0;

/** In a task. */
function takeTurn() {
  turns++;
  waiting.shift()?.();
}

/** @typedef {() => void} Source - asks for takeTurn() in a task, or throws */

/** @type {{port1: MessagePort, port2: MessagePort} | undefined} */
let channel;
let messages = 0;

/**
 * Unlike timers, messages are not slowed down when they follow one another.
 *
 * @type {Source}
 */
function byMessage() {
  if (!channel) {
    const Channel = fromHost('MessageChannel');
    channel = /** @type {MessageChannel} */ (new Channel());
    const { port1 } = channel;
    port1.onmessage = () => {
      sources = [byMessage];
      messages--;
      takeTurn();
      nextMicrotask.then(() => {
        if (messages > 0) return;
        // An open port keeps some hosts alive: the next burst gets one of its own.
        port1.close();
        channel = undefined;
      });
    };
  }
  channel.port2.postMessage(0);
  messages++;
}

/**
 * For jsdom, which has no messages.
 *
 * @type {Source}
 */
function byFile() {
  const reader = new (fromHost('FileReader'))();
  reader.onload = () => {
    sources = [byFile];
    takeTurn();
  };
  reader.readAsArrayBuffer(new (fromHost('Blob'))());
}

/** @type {Source} */
const byTimer = () => takenTimeout(takeTurn, 0);

const nextMicrotask = Promise.resolve();

/** @type {Source[] | undefined} those that every task is asked of; when one of them has called back, it alone */
let sources;

/** @type {any} the host's setImmediate(), when it has shown that it calls back by itself */
let immediate;

/** Asks all for a task; nothing is asked again that has thrown. */
function askAll() {
  sources = sources?.filter((source) =>
    attempt(() => {
      source();
      return true;
    }),
  );
}

/** So many calls of setImmediate() in a row have to be answered in one go. */
const TRIALS = 3;

function begin() {
  const setImmediate = lazyImmediate
    ? attempt(() => lazyImmediate.call(globalThis))
    : takenImmediate;
  takenTimeout ??= fromHost('setTimeout');
  sources = fromHost('MessageChannel') ? [byMessage, byTimer] : [byFile, byTimer];
  // Between two calls of the host's there are microtasks and no turn of the event loop. Between those of a fake there are
  // either no microtasks, or turns, whoever advances it.
  let calls = 0;
  let isTask = true;
  let turn = 0;
  const called = () => {
    if (!isTask || (calls > 0 && turn !== turns)) return;
    if (calls === 0) {
      askAll();
      turn = turns;
    }
    isTask = false;
    nextMicrotask.then(() => (isTask = true));
    calls++;
    if (calls < TRIALS) return;
    immediate = setImmediate;
    while (waiting.length > 0) waiting.shift()?.();
  };
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
  new Promise((resolve) => waiting.push(/** @type {() => void} */ (resolve))).then(callback);
  askAll();
  // No host is known that has nothing.
  if (sources?.length === 0) takeTurn();
}
