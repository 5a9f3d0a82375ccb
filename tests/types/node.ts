// Node, without lib "dom".
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';

import { EventSource, type EventSourceMessageEvent } from 'eventsource-wasm';

const source = new EventSource<{ tick: EventSourceMessageEvent }>(new URL('http://[::1]/'), {
  fetch: (url, init) =>
    fetch(url, { ...init, method: 'POST', headers: { ...init.headers, A: 'b' } }),
  unref: true,
});
source.addEventListener('tick', (event) => {
  const message: MessageEvent = event;
  // @ts-expect-error
  const data: number = event.data;
  return [message, data];
});
source.addEventListener('open', (event: Event) => event.type, { signal: AbortSignal.timeout(1) });
new EventSource('http://[::1]/', { fetch });

const target: EventTarget = source;
target.dispatchEvent(new Event('tick'));

EventSource.from(new ReadableStream<Uint8Array>());
EventSource.from(Readable.toWeb(Readable.from([])));
fetch('http://[::1]/').then(({ body }) => EventSource.fromReadableStream(body));
