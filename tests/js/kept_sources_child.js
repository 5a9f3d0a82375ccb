/**
 * Prints which sources are kept alive: closed ones, and what had closed them; ones that were dropped while their stream was
 * open; and one that still has a server, which has to be.
 *
 *     node --expose-gc tests/js/kept_sources_child.js
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { hostCore } from '../../js/core/host_core.js';
import { EventSource } from '../../js/entries/index.js';

const { gc } = /** @type {any} */ (globalThis);
const type = { 'content-type': 'text/event-stream' };
const encoder = new TextEncoder();

/** The connections that the core has. @type {Set<number>} */
const handles = new Set();
const { machine } = hostCore;
hostCore.machine = {
  ...machine,
  create(maxEventBytes) {
    const handle = machine.create(maxEventBytes);
    handles.add(handle);
    return handle;
  },
  destroy(handle) {
    handles.delete(handle);
    machine.destroy(handle);
  },
};

/** A fetch of somebody else's making that looks at nothing. */
const fetch = () => new Promise(() => {});

/** That of a program's end, say, to which many a source listens. */
const { signal } = new AbortController();

class View {
  source = new EventSource('http://127.0.0.1:9/', { fetch: /** @type {any} */ (fetch) });
  enter() {
    this.source.addEventListener('message', () => this.leave(), { signal });
  }
  leave() {
    this.source.close();
  }
}

/** In a function of its own, so that no variable is left. */
function closedView() {
  const view = new View();
  view.enter();
  view.leave();
  return new WeakRef(view);
}

/** Gives an event and the beginning of another, and stays open. */
const openStream = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode('data: 1\n\ndata: unfinished'));
    },
  });

const heard = { given: 0, fetched: 0, served: 0 };

/** @type {Record<keyof typeof heard, () => EventSource>} */
const kinds = {
  given: () => EventSource.fromReadableStream(openStream()),
  fetched: () =>
    new EventSource('http://127.0.0.1:9/', {
      fetch: async () => new Response(openStream(), { headers: type }),
    }),
  served: () => new EventSource(`http://127.0.0.1:${port}/`),
};

/** @param {keyof typeof heard} kind */
function dropped(kind) {
  const source = kinds[kind]();
  source.onmessage = () => (heard[kind] += 1);
  return new WeakRef(source);
}

/** @type {import('node:http').ServerResponse | undefined} */
let response;
const server = createServer((_, given) => {
  response = given.writeHead(200, type);
  response.write('data: 1\n\n');
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

const views = [closedView(), closedView()];
const sources = [dropped('given'), dropped('fetched'), dropped('served')];
const made = handles.size;
for (let i = 0; i < 6; i++) {
  await new Promise((resolve) => setTimeout(resolve, 40));
  gc();
}
if (signal.aborted) throw new Error('it lives as long as this program');
response?.write('data: 2\n\n');
await new Promise((resolve) => setTimeout(resolve, 100));
const isAlive = (/** @type {WeakRef<object>} */ reference) => reference.deref() !== undefined;
console.log(
  JSON.stringify({
    views: views.map(isAlive),
    sources: sources.map(isAlive),
    heard,
    handles: [made, handles.size],
  }),
);
sources[2].deref()?.close();
server.close();
server.closeAllConnections();
