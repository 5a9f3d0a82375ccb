/**
 * Prints what 1,000 sources on one signal that lives on leave behind.
 *
 *     node --expose-gc tests/js/signal_option_child.js
 */
import { getEventListeners } from 'node:events';
import { EventSource } from '../../js/entries/index.js';

const MANY = 1000;
const { gc } = /** @type {any} */ (globalThis);

/** @type {string[]} */
const warnings = [];
process.on('warning', ({ name }) => warnings.push(name));

const controller = new AbortController();
const { signal } = controller;

/** A fetch that never answers, and looks at nothing. */
const init = { fetch: /** @type {any} */ (() => new Promise(() => {})), signal };

const create = () => new EventSource('http://127.0.0.1:9/', init);

/** In functions of their own, so that no variable is left. */
function closedOnes() {
  return Array.from({ length: MANY }, () => {
    const source = create();
    source.close();
    return new WeakRef(source);
  });
}

function droppedOnes() {
  return Array.from({ length: MANY }, () => new WeakRef(create()));
}

const closed = closedOnes();
const listenersLeft = getEventListeners(signal, 'abort').length;
const dropped = droppedOnes();
for (let i = 0; i < 6; i++) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  gc();
}
/** @param {WeakRef<object>[]} references */
const kept = (references) => references.filter((reference) => reference.deref()).length;
const closedKept = kept(closed);
const droppedKept = kept(dropped);
const living = Array.from({ length: MANY }, create);
controller.abort();
const closedByIt = living.filter(({ readyState }) => readyState === 2).length;
await new Promise((resolve) => setTimeout(resolve, 20));
console.log(JSON.stringify({ warnings, closedKept, droppedKept, closedByIt, listenersLeft }));
