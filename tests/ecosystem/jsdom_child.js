// jsdom's AbortController in the place of Node's, as test environments put it: run by tests/ecosystem/jsdom.test.js.
// Prints what a source sees, as JSON.
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('', { url: 'http://localhost/' });
const { AbortController, AbortSignal } = window;
Object.assign(globalThis, { AbortController, AbortSignal });
const [, , origin, without] = process.argv;
// What cannot be tried with a Request, fetch() refuses.
if (without) Reflect.deleteProperty(globalThis, without);

const { EventSource } = await import('../../js/entries/index.js');

/** @type {string[]} */
const seen = [];
const source = new EventSource(`${origin}/feed`);
for (const type of ['open', 'message', 'tick', 'error']) {
  source.addEventListener(type, ({ data, message }) => seen.push(`${type} ${data ?? message}`));
}
await new Promise((resolve) => source.addEventListener('last', resolve));
source.close();
// One that is closed before there is a response.
const early = new EventSource(`${origin}/later`);
early.addEventListener('open', () => seen.push('never'));
await new Promise((resolve) => setTimeout(resolve, 50));
early.close();
// The server answers when all streams are closed.
seen.push(await (await fetch(`${origin}/left`)).text());
console.log(JSON.stringify(seen));
