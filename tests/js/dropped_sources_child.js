/**
 * Drops sources without closing them, each with an unfinished event, and prints how far the core's memory has grown after
 * some of them, and after as many again several times.
 *
 *     node --expose-gc tests/js/dropped_sources_child.js
 */
import { hostCore } from '../../js/core/host_core.js';
import { EventSource } from '../../js/entries/index.js';

const SOURCES = 4000;
const ROUNDS = 5;
const { gc } = /** @type {any} */ (globalThis);
const unfinished = new TextEncoder().encode(`id: 1\ndata: ${'x'.repeat(500)}`);

const bytes = () => hostCore.machine.memory.buffer.byteLength;

/** A stream that gives the beginning of an event, and nothing more for ever. */
function stalled() {
  let isFirst = true;
  return {
    getReader: () => ({
      read: async () => {
        if (!isFirst) return new Promise(() => {});
        isFirst = false;
        return { done: false, value: unfinished };
      },
      cancel() {},
    }),
  };
}

const response = () => ({
  status: 200,
  url: '',
  headers: new Map([['content-type', 'text/event-stream']]),
  body: stalled(),
});

/** @type {((i: number) => unknown)[]} */
const kinds = [
  () => EventSource.fromReadableStream(/** @type {any} */ (stalled())),
  () =>
    new EventSource('http://127.0.0.1:9/', { fetch: /** @type {any} */ (async () => response()) }),
  () => new EventSource('http://127.0.0.1:9/', { fetch: () => new Promise(() => {}) }),
  () => {
    // Closed by hand: nothing is destroyed twice.
    const source = EventSource.fromReadableStream(/** @type {any} */ (stalled()));
    source.close();
  },
];

async function round() {
  for (let i = 0; i < SOURCES; i++) kinds[i % kinds.length](i);
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    gc();
  }
}

// One that lives on, to which others' ends must do nothing.
let data = '';
const { readable, writable } = new TransformStream();
const writer = writable.getWriter();
const living = EventSource.fromReadableStream(readable);
living.onmessage = (event) => (data = event.data);
writer.write(new TextEncoder().encode('data: kept'));

await round();
const first = bytes();
for (let i = 1; i < ROUNDS; i++) await round();
const grown = bytes() - first;

// A handle that was destroyed twice would be given out twice.
const handles = Array.from({ length: 2 * SOURCES }, () => hostCore.create());
const isEachOnce = new Set(handles).size === handles.length;

writer.write(new TextEncoder().encode(' alive\n\n'));
await new Promise((resolve) => setTimeout(resolve, 20));
console.log(JSON.stringify({ grown, isEachOnce, data }));
living.close();
