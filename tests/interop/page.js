/** Runs in Chromium's page: opens sources for a test and keeps what they bring. */
import { EventSource } from '/js/entries/index.js';

/** @type {{source: EventSource, seen: import('./subscriber.js').Seen[]}[]} */
const sources = [];

globalThis.interop = {
  /**
   * @param {string} url
   * @param {string[]} types The events to look at.
   * @returns {number} What the other functions call it.
   */
  open(url, types) {
    const source = new EventSource(url);
    /** @type {import('./subscriber.js').Seen[]} */
    const seen = [];
    for (const name of types) {
      source.addEventListener(name, ({ type, data, lastEventId, status }) => {
        seen.push({ type, data, lastEventId, readyState: source.readyState, status });
      });
    }
    return sources.push({ source, seen }) - 1;
  },
  seen: (index) => sources[index].seen,
  close: (index) => sources[index].source.close(),
  closeAll: () => sources.forEach(({ source }) => source.close()),
};
