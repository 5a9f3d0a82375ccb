// The parser beneath this package's EventSource, called as js/stream/stream_reader.js calls it: chunk by chunk,
// in slices. It is no public interface; what is public of it is fromReadableStream().
import { STAGING_BYTES, STATUS_DONE, STATUS_TOO_LARGE } from '../../js/core/record_layout.js';

/**
 * What a parser's module exports as its default. It passes each event on as it comes.
 *
 * @typedef {(type: string, id: string, data: string) => void} Take
 *
 * @typedef {(chunks: Uint8Array[], take: Take) => void | Promise<void>} Parse
 */

/**
 * @param {import('../../js/core/core.js').Core} core
 * @returns {Parse}
 */
export function withCore(core) {
  /** @param {Take} take @param {import('../../js/core/event_batch.js').EventBatch} batch */
  const pass = (take, batch) => {
    while (batch.hasNext) {
      batch.next();
      if (batch.type === null) continue;
      // An object for each event, as the others give one.
      const event = { id: batch.id ?? '', event: batch.type, data: batch.data };
      take(event.event, event.id, event.data);
    }
  };
  return (chunks, take) => {
    const handle = core.create();
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += STAGING_BYTES) {
        const slice =
          chunk.length <= STAGING_BYTES ? chunk : chunk.subarray(at, at + STAGING_BYTES);
        let parsed = 0;
        let status;
        do {
          const batch = core.feed(handle, slice, parsed);
          ({ status } = core);
          parsed += core.consumed;
          if (batch) pass(take, batch);
          if (status >= STATUS_TOO_LARGE) {
            throw new Error('an event was too large, or for the memory');
          }
        } while (status !== STATUS_DONE);
      }
    }
    core.machine.destroy(handle);
  };
}
