// Where imports stay as they are written, CommonJS has no other kind.
import EventSource = require('eventsource-wasm');

const init: EventSource.EventSourceInit = { unref: true };
const source: EventSource = new EventSource('https://example.com/feed', init);
const same: typeof EventSource.EventSource = EventSource;

export = { same, source };
