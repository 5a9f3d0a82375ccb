// With the compiler's own EventSource in sight: ours and that one stand in for each other.
import { EventSource } from 'eventsource-wasm';

interface Feed {
  tick: MessageEvent<string>;
}

const url = new URL('https://example.com/feed');

// Ours as the platform's.
const platform: globalThis.EventSource = new EventSource(url, { withCredentials: true });
const platformOfNames: globalThis.EventSource = new EventSource<Feed>(url);
const target: EventTarget = new EventSource(url);
globalThis.EventSource = EventSource;
class Derived extends (EventSource as typeof globalThis.EventSource) {}

// The platform's as ours.
const ours: EventSource = new globalThis.EventSource(url);
const oursOfNames: EventSource<Feed> = new globalThis.EventSource(url);
function follow(source: EventSource): number | undefined {
  // What the platform's has not may be missing.
  // @ts-expect-error
  source.reset();
  // @ts-expect-error
  source.closed.then(() => {});
  if (source instanceof EventSource) source.closed.then(() => {});
  return source.reconnectionTime;
}
follow(new globalThis.EventSource(url));
follow(new EventSource(url));
follow(new EventSource<Feed>(url));

// Neither is anything else.
// @ts-expect-error
const socket: EventSource = new WebSocket(url);
// @ts-expect-error
const reversed: WebSocket = new EventSource(url);

// The platform's habits.
const source = new EventSource('/feed');
source.onopen = (event: Event) => console.log(event.type);
source.onmessage = (event: MessageEvent) => console.log(event.data, event.lastEventId);
source.onerror = (event: Event) => console.log(event.isTrusted);
source.onmessage = null;
// @ts-expect-error
source.onmessage = (event: number) => console.log(event);
// @ts-expect-error
source.onclose = () => {};
// @ts-expect-error
source.url = '/other';
const states: (0 | 1 | 2)[] = [EventSource.CONNECTING, source.OPEN, source.readyState];

// @ts-expect-error A URL is required.
new EventSource();
// @ts-expect-error
new EventSource(5);
// @ts-expect-error
EventSource('/feed');

export { Derived, ours, oursOfNames, platform, platformOfNames, states, target };
