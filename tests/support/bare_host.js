// A host that has little: run by tests/js/hosts.test.js in a Node of its own, with the names of globals to remove. Those that
// are followed by `!` throw at a look, those by `()` when they are called, constructed or asked for a property. It prints what an
// EventSource with a fetch of the user's does there, as JSON.
import { Buffer } from 'node:buffer';

const { AbortController, console } = globalThis;

const fail = () => {
  throw new Error('Not supported in this host.');
};
/** @type {Record<string, PropertyDescriptor>} */
const broken = {
  '!': { get: fail },
  '()': { value: new Proxy(fail, { get: fail, apply: fail, construct: fail }) },
};

const [, , entry, ...missing] = process.argv;
for (const each of missing) {
  const [, name, how] = /** @type {string[]} */ (/^(\w+)(.*)$/.exec(each));
  Reflect.deleteProperty(globalThis, name);
  if (how) Object.defineProperty(globalThis, name, { ...broken[how], configurable: true });
}

const { ErrorEvent, EventSource } = await import(`../../js/entries/${entry}`);

/** @type {unknown[]} */
const log = [];
/** @param {string} text */
const bytes = (text) => Uint8Array.from(Buffer.from(text));

let requests = 0;

/** @param {any[]} args */
async function fetch(...args) {
  requests++;
  log.push(['fetch', args[0], args[1].headers]);
  if (requests > 1) return { status: 204, headers: new Map(), body: null };
  return {
    status: 200,
    headers: new Map([['content-type', 'text/event-stream']]),
    body: (async function* () {
      yield bytes('retry: 1\nid: ä1\ndata: ⚡ one\n\nevent: x\nda');
      yield new DataView(bytes('ta: two\n\n').buffer);
      yield bytes('data: three\n\n').buffer;
    })(),
  };
}

try {
  new EventSource('relative', { fetch });
} catch (error) {
  const { name, code, message } = /** @type {any} */ (error);
  log.push([name, code, message.includes("'relative'")]);
}

try {
  new EventSource('http://a/', { fetch: 1 });
} catch (error) {
  log.push([/** @type {any} */ (error).name, /** @type {any} */ (error).message]);
}

const source = new EventSource('http://127.0.0.1:9/stream?a', { fetch });
source.addEventListener('x', (/** @type {any} */ event) => log.push(['x', event.data]), {
  once: true,
});
if (!missing.includes('AbortController')) {
  const controller = new AbortController();
  const { signal } = controller;
  source.addEventListener('x', () => log.push('a signal removes nothing'), { signal });
  controller.abort();
}
source.onmessage = (/** @type {any} */ event) =>
  log.push([
    event.type,
    event.data,
    event.lastEventId,
    event.origin,
    event.isTrusted,
    event.AT_TARGET,
  ]);
source.onopen = (/** @type {any} */ event) =>
  log.push([event.type, Object.prototype.toString.call(event)]);
await new Promise((resolve) => {
  source.onerror = (/** @type {any} */ event) => {
    log.push([event.type, event instanceof ErrorEvent, source.readyState, event.message]);
    if (source.readyState === 2) resolve(undefined);
  };
});
console.log(JSON.stringify(log));
