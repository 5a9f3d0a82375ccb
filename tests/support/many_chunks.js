// A stream of many small chunks from memory: run by tests/js/optimized.test.js with V8's options.
import vm from 'node:vm';
import { hostCore } from '../../js/core/host_core.js';
import { EventSource } from '../../js/entries/index.js';

const chunk = new TextEncoder().encode('id: 1\nevent: tick\ndata: {"n":1}\n\n');
let left = 300_000;

// Batches whose time is never set, before those whose time is.
const handle = hostCore.create();
for (let i = 0; i < left; i++) hostCore.feed(handle, chunk, 0)?.next();

// What is thrown away once, so that the test knows how V8 tells of it.
const addsAnything = (/** @type {any} */ a, /** @type {any} */ b) => a + b;
addsAnything(1, 2);
vm.runInThisContext(`(f) => {
  %PrepareFunctionForOptimization(f);
  f(1, 2);
  %OptimizeFunctionOnNextCall(f);
  f(1, 2);
}`)(addsAnything);
addsAnything('', {});

const body = {
  getReader: () => ({
    read: async () => (left-- > 0 ? { done: false, value: chunk } : { done: true }),
    cancel() {},
  }),
};
const headers = new Map([['content-type', 'text/event-stream']]);
const source = new EventSource('http://127.0.0.1/', {
  fetch: /** @type {any} */ (async () => ({ status: 200, url: '', headers, body })),
});
source.addEventListener('tick', () => {});
source.onerror = () => source.close();
