import { events } from 'fetch-event-stream';
import { bodyOf } from './body.js';

/** @type {import('./with_core.js').Parse} */
export default async (chunks, take) => {
  for await (const { event = 'message', id = '', data = '' } of events(
    new Response(bodyOf(chunks)),
  )) {
    // It turns an ID that is a number into one, and gives events without data.
    take(event, String(id), data);
  }
};
