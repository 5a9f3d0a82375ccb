// With esModuleInterop, an import of the default is the class that `require()` gives, and its type.
import EventSource, { EventSource as Same } from 'eventsource-wasm';
import WithoutWasm from 'eventsource-wasm/js';
import * as all from 'eventsource-wasm';

const source: EventSource = new EventSource('https://example.com/feed');
const typed: EventSource<{ tick: all.EventSourceMessageEvent }> = new WithoutWasm('https://a/');
const constructors: (typeof Same)[] = [EventSource, Same, all.EventSource];
// @ts-expect-error
new EventSource();

export { constructors, source, typed };
