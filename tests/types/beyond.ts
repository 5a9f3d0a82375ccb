// What is here beyond the standard.
import { EventSource, type EventSourceInit, type ExtendedEventSource } from 'eventsource-wasm';

// Options.
new EventSource('/feed', { fetch, unref: true, maxEventSize: 1_000_000 });
new EventSource('/feed', {
  fetch: (url, init) =>
    fetch(url, {
      ...init,
      method: 'POST',
      headers: { ...init.headers, Authorization: `Bearer ${url}` },
    }),
});
const chunk = new Uint8Array(8);
new EventSource('/feed', {
  fetch: async () => ({
    status: 200,
    headers: new Map([['content-type', 'text/event-stream']]),
    body: {
      async *[Symbol.asyncIterator]() {
        yield chunk;
      },
    },
  }),
});
const init: EventSourceInit = { fetch: undefined, unref: undefined, withCredentials: undefined };
// @ts-expect-error
init.fetch = 'fetch';
// @ts-expect-error
init.fetch = () => 'a text in place of a response';
// @ts-expect-error
init.withCredentials = 'include';
// @ts-expect-error
init.maxEventSize = '1 MB';

// Attributes and methods: there, without asking, on what the constructor gives.
const source: ExtendedEventSource = new EventSource('/feed');
source.closed.then(() => console.log('closed'));
const [id, time]: [string, number] = [source.lastEventId, source.reconnectionTime];
source.reset();
// @ts-expect-error
source.lastEventId = id;
// @ts-expect-error
source.reconnectionTime = time;

// Errors say what happened.
source.onerror = ({ message, status, code, error }) => {
  const texts: (string | undefined)[] = [
    message,
    status?.toFixed(),
    code?.toFixed(),
    String(error),
  ];
  console.log(texts);
};

// A stream.
declare const response: Response;
EventSource.fromReadableStream(response.body).reset();
EventSource.fromReadableStream(response.body, { maxEventSize: 1000 }).close();
if (response.body) EventSource.from(response.body);
const { readable } = new TransformStream<Uint8Array, Uint8Array>();
EventSource.from(readable).onmessage = (event) => console.log(event.origin);
// @ts-expect-error Bytes, not text.
EventSource.from(new ReadableStream<string>());
// @ts-expect-error What a stream that is open already has no use for.
EventSource.from(readable, { withCredentials: true });
// What a body may be says so when it runs.
EventSource.from(null);
EventSource.from(undefined);
// @ts-expect-error
EventSource.fromReadableStream();
