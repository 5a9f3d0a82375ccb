// Calls fetch(), which may refuse an AbortSignal that is not of its own realm: Node's does, where a test environment
// has put another AbortController in the place of its own.

/** @type {WeakSet<Function>} those that have refused a signal */
const refuseSignals = new WeakSet();

/**
 * A request whose signal is refused has not been sent. It is made again without: whoever gives it up can still cancel
 * its body.
 *
 * @param {typeof globalThis.fetch} fetch
 * @param {string} url
 * @param {RequestInit} options
 * @returns {Promise<Response>} of fetch(), rejected with whatever it throws, too
 */
export async function send(fetch, url, { signal, ...others }) {
  if (signal && !refuseSignals.has(fetch)) {
    try {
      return await fetch(url, { ...others, signal });
    } catch (/** @type {any} */ error) {
      // Hosts name the class that the option should have been of. A network error may have any text in it, above all in
      // its causes.
      const isRefusal = error?.name === 'TypeError' && /\bAbortSignal\b/.test(error.message);
      if (!isRefusal || signal.aborted) throw error;
      refuseSignals.add(fetch);
    }
  }
  return fetch(url, others);
}
