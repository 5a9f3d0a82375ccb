// No EventSource at all: what anything that is made of fetch() can reach at most.

/** @type {import('./by_event_source.js').Open} */
export default (url, { opened, body, failed }) => {
  const controller = new AbortController();
  const read = async () => {
    const response = await fetch(url, { cache: 'no-store', signal: controller.signal });
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    opened();
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
    }
    body(bytes);
  };
  read().catch((error) => failed(String(error)));
  return () => controller.abort();
};
