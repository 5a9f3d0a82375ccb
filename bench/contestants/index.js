// Who takes part in the end-to-end suite. Each is bundled from the file of that name.

/**
 * @typedef {object} Contestant
 * @property {string} title
 * @property {'process' | 'browser'} [onlyIn]
 * @property {boolean} [ours]
 * @property {string[]} [workloads] that it takes part in; all where they are not given
 */

/** @type {Record<string, Contestant>} */
export const contestants = {
  eventsource_wasm: { title: 'eventsource-wasm', ours: true },
  eventsource_wasm_js: { title: 'eventsource-wasm/js', ours: true },
  native: { title: "the runtime's own" },
  eventsource: { title: 'eventsource' },
  eventsource_client: { title: 'eventsource-client' },
  event_source_polyfill: { title: 'event-source-polyfill' },
  fetch_event_source: { title: '@microsoft/fetch-event-source' },
  undici: { title: 'undici', onlyIn: 'process' },
  fetch_alone: { title: 'fetch() alone' },
  parts_alone: { title: 'fetch(), parser and turn alone', workloads: ['ticker'] },
};
