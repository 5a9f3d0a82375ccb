// The type parameter: from the names of events to what listeners are given.
import { EventSource, type EventSourceMessageEvent } from 'eventsource-wasm';

interface Feed {
  tick: MessageEvent<string>;
  state: EventSourceMessageEvent<'on' | 'off'>;
}

const source = new EventSource<Feed>('https://example.com/feed');

source.addEventListener('tick', (event) => {
  const same: MessageEvent<string> = event;
  // @ts-expect-error
  const data: number = event.data;
  console.log(same, data);
});
source.addEventListener('state', ({ data, lastEventId }) => {
  // @ts-expect-error
  if (data === 'of') console.log(lastEventId);
});
// @ts-expect-error
source.addEventListener('tick', (event: CustomEvent) => console.log(event));

// The standard's own names stay what they are.
source.addEventListener('open', (event: Event) => console.log(event.type));
source.addEventListener('error', ({ message, status }) => console.log(message, status));

// Of one's own, they are what event handlers are given, too.
const narrow = new EventSource<{ message: EventSourceMessageEvent<'on' | 'off'> }>('/feed');
narrow.onmessage = ({ data }) => {
  // @ts-expect-error
  if (data === 'of') console.log(data);
};
const plain: EventSource = narrow;
plain.onmessage = ({ data, origin }) => console.log(data, origin);
interface Loud extends Event {
  readonly volume: number;
}
const loud = new EventSource<{ open: Loud }>('/feed');
loud.onopen = ({ volume }) => console.log(volume);
const quiet: EventSource = loud;
console.log(quiet.url);

// Any other name is a message, as for the platform's own.
source.addEventListener('other', ({ data, origin }) => console.log(data, origin));

// All that addEventListener() takes.
const options: AddEventListenerOptions = { once: true, signal: AbortSignal.timeout(1000) };
const listener: EventListenerOrEventListenerObject = { handleEvent() {} };
source.addEventListener('tick', listener, options);
source.addEventListener('tick', { handleEvent: (event: Event) => console.log(event) }, true);
source.removeEventListener('tick', listener, { capture: true });
// @ts-expect-error
source.addEventListener('tick');
// @ts-expect-error
source.addEventListener('tick', 'listener');
// @ts-expect-error
source.addEventListener('tick', listener, { once: 1 });

// A type alias, a subclass, a stream.
type Alias = { tick: MessageEvent<string> };
class Feeds extends EventSource<Alias> {
  done = this.closed;
}
new Feeds('/feed').addEventListener('tick', ({ data }) => console.log(data.length));
declare const stream: ReadableStream<Uint8Array>;
EventSource.fromReadableStream<Feed>(stream).addEventListener('tick', ({ data }) => data.length);

// Values are events.
// @ts-expect-error
new EventSource<{ tick: string }>('/feed');
