// Every entry that can be required.
import main = require('eventsource-wasm');
import withoutWasm = require('eventsource-wasm/js');
import polyfill = require('eventsource-wasm/polyfill');
import xhr = require('eventsource-wasm/xhr');

import { EventSource as Named, ErrorEvent, type EventSourceInit } from 'eventsource-wasm';

const { EventSource } = main;
const constructors: (typeof EventSource)[] = [withoutWasm.EventSource, polyfill.EventSource];
const source: main.EventSource = new EventSource('https://example.com/feed');
new EventSource('https://example.com/feed', { fetch: xhr.xhrFetch });
// @ts-expect-error
new withoutWasm.EventSource();

// What is required is the class itself.
const init: EventSourceInit & main.EventSourceInit = { withCredentials: true };
const itself: main = new main('https://example.com/feed', init);
const named: Named<{ tick: main.EventSourceMessageEvent }> = new Named('https://example.com/feed');
const classes: (typeof main)[] = [main, withoutWasm, polyfill];
itself.onerror = (event) => {
  const error: main.ErrorEvent = new main.ErrorEvent('error', { message: event.message });
  return event instanceof ErrorEvent && error.code;
};
const reason: main.EventSourceFailureReason = 'idle';
// @ts-expect-error
const offline: main.EventSourceFailureReason = 'offline';
// @ts-expect-error
new main();
// @ts-expect-error What the declarations keep for themselves.
type Kept = main.Host;

export = { classes, constructors, itself, named, offline, reason, source };
