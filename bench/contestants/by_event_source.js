// For everything that has the interface of EventSource.

/**
 * What a contestant's module exports as its default: it opens a stream, tells what happens to `sink`, and
 * gives back what closes it.
 *
 * @typedef {object} Sink
 * @property {string[]} types of the events that will come
 * @property {() => void} opened
 * @property {(type: string, id: string, data: string) => void} event
 * @property {(bytes: number) => void} body has ended: for what only reads, and parses nothing
 * @property {(message: string) => void} failed
 *
 * @typedef {(url: string, sink: Sink) => () => void} Open
 */

/**
 * @param {typeof EventSource} EventSource
 * @returns {Open}
 */
export function byEventSource(EventSource) {
  return (url, { types, opened, event: take, failed }) => {
    const source = new EventSource(url);
    const listener = (/** @type {MessageEvent} */ event) =>
      take(event.type, event.lastEventId, event.data);
    for (const type of types) source.addEventListener(type, listener);
    source.onopen = opened;
    source.onerror = (event) => failed(`error event: ${/** @type {any} */ (event).message ?? ''}`);
    return () => source.close();
  };
}
