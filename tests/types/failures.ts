// What events tell, and the methods beyond the standard, wherever the compiler knows a host.
import {
  ErrorEvent,
  EventSource,
  type EventSourceErrorEvent,
  type EventSourceFailure,
  type EventSourceFailureReason,
  type EventSourceOpenEvent,
} from 'eventsource-wasm';

const source = new EventSource('https://example.com/feed');

// `open` and `error`, by attribute and by listener.
source.onopen = ({ status, headers, resumed }) => {
  const texts: (string | null | undefined)[] = [status?.toFixed(), headers?.get('server')];
  console.log(texts, resumed === false);
};
source.onerror = async (event) => {
  const body: string = await event.text();
  const promise: Promise<string> = event.text();
  const wait: number | null | undefined = event.retryIn;
  const reason: EventSourceFailureReason | undefined = event.reason;
  console.log(body, promise, wait, reason, event.failures?.toFixed(), event.headers?.get('a'));
  // @ts-expect-error
  const text: string = event.text();
  // @ts-expect-error
  const gone: number = event.retryIn;
  // @ts-expect-error
  if (event.reason === 'offline') console.log(text, gone);
  // @ts-expect-error
  event.failures = 1;
  // @ts-expect-error
  event.text(1024);
};
source.addEventListener('open', (event) => event.headers?.get('server'));
source.addEventListener('error', (event) => event.text().then((body) => body.length));
// @ts-expect-error
source.addEventListener('error', (event) => event.text().length);
// @ts-expect-error
source.addEventListener('open', (event) => event.text());
// @ts-expect-error
source.onopen = (event) => event.reason;
source.onerror = null;
// @ts-expect-error
source.onerror = 'log';

// Listeners that name their type: also the platform's, whose events have no text().
source.onerror = (event: ErrorEvent) => event.text();
source.onerror = (event: EventSourceErrorEvent) => event.text?.();
source.onerror = (event: Event) => event.type;
source.addEventListener('error', (event: ErrorEvent) => event.text());
source.addEventListener('error', (event: EventSourceErrorEvent) => event.text?.());
source.onopen = (event: EventSourceOpenEvent) => event.status;
// @ts-expect-error
source.onerror = (event: number) => event;
// @ts-expect-error
source.addEventListener('error', (event: EventSourceErrorEvent) => event.text().length);

// The reasons are a closed list: whoever handles all of them has nothing left.
const words = (reason: EventSourceFailureReason): string => {
  switch (reason) {
    case 'network':
    case 'ended':
    case 'timeout':
    case 'idle':
      return 'It may come back.';
    case 'status':
    case 'type':
    case 'refused':
      return 'The server says no.';
    case 'too-large':
    case 'aborted':
      return 'We say no.';
    default: {
      const nothing: never = reason;
      return nothing;
    }
  }
};
// @ts-expect-error
words('closed');
// @ts-expect-error
words(undefined);
declare const failure: EventSourceFailure;
words(failure.reason);
// @ts-expect-error
failure.retryIn = 5;

// Made in tests.
const made: ErrorEvent = new ErrorEvent('error', {
  message: 'The server answers 503.',
  status: 503,
  headers: new Headers({ 'Retry-After': '5' }),
  failures: 2,
  retryIn: null,
  reason: 'status',
});
// @ts-expect-error
new ErrorEvent('error', { reason: 'offline' });
// @ts-expect-error
new ErrorEvent('error', { retryIn: '5s' });
// @ts-expect-error
new ErrorEvent('error', { failures: '2' });
// @ts-expect-error
new ErrorEvent('error', { headers: '' });

// Methods: there, without asking, on what the constructor gives.
source.reconnect();
source.unref().ref().close();
const same: typeof source = source.unref();
// @ts-expect-error
source.reconnect().close();
// @ts-expect-error
source.unref(true);
const any: EventSource = source;
any.reconnect?.();
any.unref?.()?.close();
// @ts-expect-error The browser's own has none.
any.reconnect();
// @ts-expect-error
any.unref();

export { made, same };
