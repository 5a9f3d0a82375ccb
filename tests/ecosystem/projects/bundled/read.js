/**
 * Prints the events of a stream up to its last one.
 *
 * @param {typeof import('eventsource-wasm').EventSource} EventSource
 */
export function read(EventSource) {
  /** @type {unknown[]} */
  const seen = [];
  // Bundlers for browsers know no environment.
  const source = new EventSource(/** @type {any} */ (globalThis).FEED);
  const note = (/** @type {any} */ { type, data, message }) => {
    seen.push([type, data ?? message ?? null]);
    if (type !== 'last' && type !== 'error') return;
    source.close();
    console.log(JSON.stringify(seen));
  };
  for (const type of ['open', 'message', 'tick', 'last', 'error']) {
    source.addEventListener(type, note);
  }
}
