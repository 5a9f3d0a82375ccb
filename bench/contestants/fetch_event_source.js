import { fetchEventSource } from '@microsoft/fetch-event-source';

// It is made for pages. Elsewhere it needs no more than these of one, and without them it throws when it
// is closed.
const realm = /** @type {any} */ (globalThis);
realm.window ??= globalThis;
realm.document ??= { addEventListener() {}, removeEventListener() {} };

/** @type {import('./by_event_source.js').Open} */
export default (url, { opened, event: take, failed }) => {
  const controller = new AbortController();
  const { signal } = controller;
  const message = (error) => failed(error ? String(error) : 'the stream ended');
  fetchEventSource(url, {
    signal,
    fetch: (input, init) => fetch(input, init),
    openWhenHidden: true,
    onopen: async () => opened(),
    onmessage: ({ event, id, data }) => take(event === '' ? 'message' : event, id, data),
    onclose: () => message(null),
    onerror(error) {
      message(error);
      throw error;
    },
  }).catch(message);
  return () => controller.abort();
};
