// The public interface: a whole EventSource with listeners, each event dispatched in a turn of its own.
import { EventSource } from '../../dist/index.js';
import { bodyOf } from './body.js';

export const ids = 'sticky';

/** @type {import('./with_core.js').Parse} */
export default (chunks, take) =>
  new Promise((resolve) => {
    const source = EventSource.fromReadableStream(bodyOf(chunks));
    const listener = (/** @type {any} */ event) => take(event.type, event.lastEventId, event.data);
    for (const type of ['message', 'tick', 'price', 'add']) source.addEventListener(type, listener);
    source.onerror = () => resolve();
  });
