// Where the compiler knows nothing but the language: no lib of a host, no types of Node.
import {
  EventSource,
  type EventSourceErrorEvent,
  type EventSourceFailureReason,
  type EventSourceInit,
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

// Options and events are of the same types without a host's.
const bytes = new Uint8Array(1);
const stream = { getReader: () => ({ read: async () => ({ value: bytes }), cancel() {} }) };
const options: EventSourceInit[] = [
  { headers: { a: 'b' }, body: 'text', retry: 'transient', redirect: 'error', idleTimeout: 1 },
  { headers: [['a', 'b']], body: bytes },
  { headers: async ({ failures }) => ({ a: failures.toFixed() }), body: async () => stream },
  { shouldRetry: ({ retryIn }) => retryIn ?? false },
];
// @ts-expect-error
options[0] = { headers: { a: 1 } };
// @ts-expect-error
options[0] = { headers: () => ({ a: 1 }) };
// @ts-expect-error
options[0] = { body: stream };
// @ts-expect-error
options[0] = { body: () => 5 };
// @ts-expect-error
options[0] = { retry: 'always' };
// @ts-expect-error
options[0] = { redirect: 'manual' };
// @ts-expect-error
options[0] = { shouldRetry: () => 'yes' };
// @ts-expect-error
options[0] = { idleTimeout: '45s' };
source.onerror = async (event) => {
  const reason: EventSourceFailureReason | undefined = event.reason;
  const body: string = await event.text();
  // @ts-expect-error
  const text: string = event.text();
  // @ts-expect-error
  return [event.reason === 'offline', reason, body, text];
};
source.onopen = ({ status, headers }) => [status?.toFixed(), headers?.get('a')?.trim()];
source.reconnect();
source.unref().ref().close();
// @ts-expect-error
base.reconnect();
