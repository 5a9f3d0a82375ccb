// No EventSource either: fetch(), this package's parser with its strings, and the turn between two events,
// in the least code that puts them together. What is missing to an EventSource are event objects, listeners,
// state, an ID that stays, turns for timers, and reconnection.
import { hostCore, STAGING_BYTES, STATUS_DONE, takeTurns } from '../insides/core.js';

/** @type {import('./by_event_source.js').Open} */
export default (url, { opened, event: take, failed }) => {
  const controller = new AbortController();
  const handle = hostCore.create();
  let chunk = new Uint8Array();
  let cut = 0;
  let slice = chunk;
  let parsed = 0;
  let status = STATUS_DONE;
  /** @type {any} */
  let batch;

  /** @returns {boolean} whether an event was taken; there is none left in the chunk otherwise */
  const step = () => {
    for (;;) {
      if (batch?.hasNext) {
        batch.next();
        take(batch.type, batch.id ?? '', batch.data);
        return true;
      }
      if (status === STATUS_DONE) {
        if (cut === chunk.length) return false;
        slice = chunk.subarray(cut, cut + STAGING_BYTES);
        cut += slice.length;
        parsed = 0;
      }
      batch = hostCore.feed(handle, slice, parsed);
      parsed += hostCore.consumed;
      status = hostCore.status;
    }
  };

  const read = async () => {
    const response = await fetch(url, { cache: 'no-store', signal: controller.signal });
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    opened();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunk = /** @type {Uint8Array<ArrayBuffer>} */ (value);
      cut = 0;
      if (step()) await takeTurns(step);
    }
  };
  read().catch((error) => failed(String(error)));
  return () => controller.abort();
};
