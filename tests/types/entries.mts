// Every entry, by import.
import Default, { EventSource } from 'eventsource-wasm';
// @ts-expect-error What the declarations keep for themselves.
import type { Host } from 'eventsource-wasm';
import { EventSource as WithoutWasm } from 'eventsource-wasm/js';
import { EventSource as Polyfill } from 'eventsource-wasm/polyfill';
import { EventSource as Workerd } from 'eventsource-wasm/workerd';
import { createXhrFetch, xhrFetch } from 'eventsource-wasm/xhr';

import DefaultWithoutWasm from 'eventsource-wasm/js';

const constructors: (typeof EventSource)[] = [
  Default,
  DefaultWithoutWasm,
  EventSource,
  WithoutWasm,
  Polyfill,
  Workerd,
];
const source: WithoutWasm & Default = new Polyfill('https://example.com/feed');
// @ts-expect-error
new Workerd();

new EventSource('https://example.com/feed', { fetch: xhrFetch });
new EventSource('https://example.com/feed', {
  fetch: (url, init) =>
    createXhrFetch({ maxCharacters: Infinity })(url, { ...init, method: 'POST', body: 'a' }),
});
// @ts-expect-error
createXhrFetch({ maxBytes: 1 });
// @ts-expect-error
xhrFetch();

export { constructors, source };
