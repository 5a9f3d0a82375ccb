// The names that npm eventsource 5 exports, and how programs use them: an import line can be swapped.
import { ErrorEvent, EventSource } from 'eventsource-wasm';
import type {
  AddEventListenerOptions,
  ErrorEvent as ErrorEventType,
  EventListener,
  EventListenerObject,
  EventListenerOptions,
  EventListenerOrEventListenerObject,
  EventSourceConstructor,
  EventSourceEventMap,
  EventSourceFetchInit,
  EventSourceInit,
  FetchLike,
  FetchLikeInit,
  FetchLikeResponse,
  ReaderLike,
} from 'eventsource-wasm';

const withToken: FetchLike = (url, init) =>
  fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${url}` } });
const options: EventSourceInit = { fetch: withToken, withCredentials: true };
const constructor: EventSourceConstructor = EventSource;
const source = new constructor('https://example.com/feed', options);

source.onerror = (event: ErrorEventType) => console.log(event.code, event.message);
source.addEventListener('error', (event: EventSourceEventMap['error']) => {
  const made = new ErrorEvent('error', { code: event.code, message: event.message });
  if (event instanceof ErrorEvent) console.log(event.code?.toFixed(), made.type);
  // @ts-expect-error
  event.code = 1;
});
// @ts-expect-error A type is required.
new ErrorEvent();
// @ts-expect-error
new ErrorEvent('error', { code: '500' });

const once: AddEventListenerOptions & EventListenerOptions = { capture: false, once: true };
const listener: EventListener = (event) => console.log(event.type);
const object: EventListenerObject = { handleEvent: listener };
const listeners: EventListenerOrEventListenerObject[] = [listener, object];
for (const each of listeners) source.addEventListener('tick', each, once);

async function chunks(response: FetchLikeResponse): Promise<unknown> {
  const { body } = response;
  if (!body || !('getReader' in body)) return body;
  const reader: ReaderLike = body.getReader();
  return reader.read();
}
const inits: (EventSourceFetchInit & FetchLikeInit)[] = [{ headers: {} }];

export { chunks, inits };
