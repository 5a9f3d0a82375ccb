// Calls fetch(), which may refuse an AbortSignal that is not of its own realm: Node's does, where a test environment
// has put another AbortController in the place of its own.
import { messageOf } from '../stream/error_message.js';

/** @type {WeakSet<Function>} those that have refused a signal */
const refuseSignals = new WeakSet();

/**
 * @param {typeof globalThis.fetch} fetch
 * @param {string} url
 * @param {RequestInit} options
 * @returns {Promise<Response>} rejected with whatever the function throws, too
 */
async function call(fetch, url, options) {
  return fetch(url, options);
}

/**
 * A request whose signal is refused has not been sent. It is made again without: whoever gives it up can still cancel
 * its body.
 *
 * @param {typeof globalThis.fetch} fetch
 * @param {string} url
 * @param {RequestInit} options
 * @returns {Promise<Response>} of fetch()
 */
export function send(fetch, url, { signal, ...others }) {
  if (!signal || refuseSignals.has(fetch)) return call(fetch, url, others);
  return call(fetch, url, { ...others, signal }).catch((error) => {
    // Every host names the option that is of the wrong type. Other TypeErrors may be of a network that failed.
    const isRefusal = error?.name === 'TypeError' && /signal/i.test(messageOf(error));
    if (!isRefusal || signal.aborted) throw error;
    refuseSignals.add(fetch);
    return call(fetch, url, others);
  });
}
