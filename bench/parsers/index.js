// Who takes part in the parsing suite. Each is bundled from the file of that name.

/** @type {Record<string, import('../contestants/index.js').Contestant>} */
export const parsers = {
  core: { title: 'eventsource-wasm, core', ours: true },
  core_js: { title: 'eventsource-wasm/js, core', ours: true },
  from_stream: { title: 'eventsource-wasm, fromReadableStream', ours: true },
  eventsource_parser: { title: 'eventsource-parser' },
  undici: { title: 'undici EventSourceStream', onlyIn: 'process' },
  parse_sse: { title: 'parse-sse' },
  fetch_event_stream: { title: 'fetch-event-stream' },
};
