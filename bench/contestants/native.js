// The runtime's own.
import { byEventSource } from './by_event_source.js';

/** @returns {string | undefined} why it cannot run here */
export function unavailable() {
  return typeof globalThis.EventSource === 'function' ? undefined : 'the runtime has none';
}

/** @type {import('./by_event_source.js').Open} */
export default (url, sink) => byEventSource(globalThis.EventSource)(url, sink);
