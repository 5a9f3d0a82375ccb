import { createEventSource } from 'eventsource-client';

/** @type {import('./by_event_source.js').Open} */
export default (url, { opened, event: take, failed }) => {
  const client = createEventSource({
    url,
    onConnect: opened,
    onMessage: ({ event = 'message', id = '', data }) => take(event, id, data),
    onDisconnect: () => failed('disconnected'),
  });
  return () => client.close();
};
