// Every entry that can be required.
import main = require('eventsource-wasm');
import withoutWasm = require('eventsource-wasm/js');
import polyfill = require('eventsource-wasm/polyfill');

const { EventSource } = main;
const constructors: (typeof EventSource)[] = [withoutWasm.EventSource, polyfill.EventSource];
const source: main.EventSource = new EventSource('https://example.com/feed');
// @ts-expect-error
new withoutWasm.EventSource();

export = { constructors, source };
