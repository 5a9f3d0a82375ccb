// The options of the request and of its retries, wherever the compiler knows a host.
import {
  EventSource,
  type EventSourceAttempt,
  type EventSourceBody,
  type EventSourceHeaders,
  type EventSourceInit,
} from 'eventsource-wasm';

declare function freshToken(options: { signal?: AbortSignal | null }): Promise<string>;

// Headers: whatever fetch() takes, as a value or as what a function gives.
const headers: EventSourceHeaders[] = [
  { Authorization: 'Bearer a' },
  [['Authorization', 'Bearer a']],
  new Map([['Authorization', 'Bearer a']]),
  new Headers({ Authorization: 'Bearer a' }),
];
for (const each of headers) {
  new EventSource('/feed', { headers: each });
  new EventSource('/feed', { headers: () => each });
  new EventSource('/feed', { headers: async () => each });
}
new EventSource('/feed', {
  headers: async ({ failures, lastEventId, signal }) => ({
    Authorization: `Bearer ${await freshToken({ signal })}`,
    'X-Failures': failures.toFixed(),
    'X-Last': lastEventId.trim(),
  }),
});
// @ts-expect-error
new EventSource('/feed', { headers: 'Authorization: Bearer a' });
// @ts-expect-error
new EventSource('/feed', { headers: { 'X-Count': 1 } });
// @ts-expect-error
new EventSource('/feed', { headers: ['Authorization', 'Bearer a'] });
// @ts-expect-error
new EventSource('/feed', { headers: () => ({ 'X-Count': 1 }) });
// @ts-expect-error
new EventSource('/feed', { headers: async () => ({ 'X-Count': 1 }) });
// @ts-expect-error
new EventSource('/feed', { headers: (attempt: string) => ({ 'X-Count': attempt }) });
// @ts-expect-error The attempt is for reading.
new EventSource('/feed', { headers: (attempt) => ({ a: `${(attempt.failures = 1)}` }) });
// @ts-expect-error
new EventSource('/feed', { headers: ({ retries }) => ({ a: `${retries}` }) });

// Bodies: what can be sent again; a stream cannot, but a function can give a new one.
const bodies: EventSourceBody[] = [
  'text',
  new Uint8Array(1),
  new ArrayBuffer(1),
  new DataView(new ArrayBuffer(1)),
  new Blob(['text']),
  new FormData(),
  new URLSearchParams('a=b'),
];
for (const each of bodies) {
  new EventSource('/feed', { method: 'PUT', body: each });
  new EventSource('/feed', { body: () => each });
  new EventSource('/feed', { body: async () => each });
}
const stream = (): ReadableStream<Uint8Array> => new ReadableStream();
new EventSource('/feed', { body: stream });
new EventSource('/feed', { body: async () => stream() });
new EventSource('/feed', { body: ({ lastEventId }) => JSON.stringify({ lastEventId }) });
// Nothing is something that a function may give.
new EventSource('/feed', {
  headers: ({ lastEventId }) => (lastEventId ? { 'X-Last': lastEventId } : undefined),
  body: async ({ failures }) => (failures ? 'again' : null),
  signal: null,
});
new EventSource('/feed', { body: null });
// @ts-expect-error
new EventSource('/feed', { body: stream() });
// @ts-expect-error
new EventSource('/feed', { body: { question: 'an object in place of its JSON' } });
// @ts-expect-error
new EventSource('/feed', { body: 5 });
// @ts-expect-error
new EventSource('/feed', { body: () => 5 });
// @ts-expect-error
new EventSource('/feed', { body: async () => ({ question: '' }) });
// @ts-expect-error
new EventSource('/feed', { body: Promise.resolve('text') });
// @ts-expect-error
new EventSource('/feed', { method: 5 });
// @ts-expect-error
new EventSource('/feed', { method: () => 'POST' });

// What a function of one's own is given has its types by name.
const ofAttempt = ({ failures, lastEventId, signal }: EventSourceAttempt): [number, string] => {
  signal?.throwIfAborted();
  return [failures, lastEventId];
};

// The rest of the request.
new EventSource('/feed', {
  lastEventId: '17',
  lastEventIdParam: 'last',
  redirect: 'error',
  signal: new AbortController().signal,
});
// @ts-expect-error
new EventSource('/feed', { lastEventId: 17 });
// @ts-expect-error
new EventSource('/feed', { lastEventIdParam: true });
// @ts-expect-error
new EventSource('/feed', { redirect: 'manual' });
// @ts-expect-error
new EventSource('/feed', { signal: new AbortController() });

// Staying connected.
const numbers: EventSourceInit = {
  reconnectionTime: 1000,
  maxReconnectionTime: 30_000,
  maxRetries: Infinity,
  connectTimeout: 10_000,
  idleTimeout: 45_000,
};
// @ts-expect-error
numbers.reconnectionTime = '1s';
// @ts-expect-error
numbers.maxReconnectionTime = false;
// @ts-expect-error
numbers.maxRetries = '3';
// @ts-expect-error
numbers.connectTimeout = null;
// @ts-expect-error
numbers.idleTimeout = '45s';
new EventSource('/feed', { ...numbers, retry: 'transient' });
new EventSource('/feed', { retry: 'standard' });
// @ts-expect-error
new EventSource('/feed', { retry: 'always' });
// @ts-expect-error
new EventSource('/feed', { retry: true });
// @ts-expect-error
new EventSource('/feed', { retry: 3 });

new EventSource('/feed', { shouldRetry: () => true });
new EventSource('/feed', { shouldRetry: () => 1000 });
new EventSource('/feed', { shouldRetry: () => undefined });
new EventSource('/feed', { shouldRetry: (failure) => console.log(failure.message) });
new EventSource('/feed', {
  shouldRetry({ status, headers: given, failures, retryIn }) {
    if (status === 401) return false;
    if (retryIn === null) return failures < 3;
    return given?.get('x-soon') ? 500 : undefined;
  },
});
new EventSource('/feed', {
  shouldRetry: async ({ error, reason }) => {
    await freshToken({});
    return reason === 'status' || error instanceof TypeError;
  },
});
// @ts-expect-error
new EventSource('/feed', { shouldRetry: true });
// @ts-expect-error
new EventSource('/feed', { shouldRetry: () => 'yes' });
// @ts-expect-error
new EventSource('/feed', { shouldRetry: () => null });
// @ts-expect-error
new EventSource('/feed', { shouldRetry: async () => 'yes' });
// @ts-expect-error
new EventSource('/feed', { shouldRetry: (failure: number) => failure > 1 });
// @ts-expect-error
new EventSource('/feed', { shouldRetry: ({ reason }) => reason === 'offline' });
// @ts-expect-error null is "gives up".
new EventSource('/feed', { shouldRetry: ({ retryIn }) => retryIn.valueOf() });
// @ts-expect-error The status is missing where there was no response.
new EventSource('/feed', { shouldRetry: ({ status }) => status.toFixed() === '401' });

// Each may be left out by a value.
const undefinedOptions: EventSourceInit = {
  headers: undefined,
  method: undefined,
  body: undefined,
  lastEventId: undefined,
  lastEventIdParam: undefined,
  redirect: undefined,
  signal: undefined,
  reconnectionTime: undefined,
  maxReconnectionTime: undefined,
  retry: undefined,
  shouldRetry: undefined,
  maxRetries: undefined,
  connectTimeout: undefined,
  idleTimeout: undefined,
};
// @ts-expect-error Names of other clients.
new EventSource('/feed', { heartbeatTimeout: 45_000 });
// @ts-expect-error
new EventSource('/feed', { initialLastEventId: '17' });

// What a `fetch` of one's own is given goes on to the host's as it is.
new EventSource('/feed', {
  fetch: (url, { method, body, redirect, ...init }) =>
    fetch(url, { ...init, ...(method && { method }), body, ...(redirect && { redirect }) }),
});
new EventSource('/feed', { fetch: (url, init) => fetch(url, init) });
new EventSource('/feed', {
  fetch(url, init) {
    const duplex: 'half' | undefined = init.duplex;
    // @ts-expect-error
    const wrong: 'follow' | 'error' | undefined = init.redirect;
    console.log(duplex, wrong);
    return fetch(url, init);
  },
});

export { ofAttempt, undefinedOptions };
