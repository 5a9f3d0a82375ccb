import { parseServerSentEvents } from 'parse-sse';
import { bodyOf } from './body.js';

export const ids = 'sticky';

/** @type {import('./with_core.js').Parse} */
export default async (chunks, take) => {
  const headers = { 'Content-Type': 'text/event-stream' };
  const reader = parseServerSentEvents(new Response(bodyOf(chunks), { headers })).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value.type, value.lastEventId, value.data);
  }
};
