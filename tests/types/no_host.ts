// Where the compiler knows nothing but the language: no lib of a host, no types of Node.
import {
  EventSource,
  type EventSourceErrorEvent,
  type EventSourceMessageEvent,
} from 'eventsource-wasm';

interface Feed {
  tick: EventSourceMessageEvent;
  state: EventSourceMessageEvent<'on' | 'off'>;
}

const source = new EventSource<Feed>('https://example.com/feed', {
  fetch: async (url, { headers }) => ({
    status: 200,
    url,
    headers: new Map(Object.entries(headers)),
    body: null,
  }),
});
source.addEventListener('tick', ({ data, lastEventId }) => {
  const texts: string[] = [data, lastEventId];
  // @ts-expect-error
  const wrong: number = data;
  return [texts, wrong];
});
// @ts-expect-error
source.addEventListener('state', ({ data }) => data === 'of');
source.addEventListener('other', ({ origin }) => origin.length);
source.onerror = (event: EventSourceErrorEvent) => event.message?.length;
// @ts-expect-error
source.onerror = (event) => event.data;
source.closed.then(() => source.close());

const base: EventSource = source;
// @ts-expect-error
base.reset();
