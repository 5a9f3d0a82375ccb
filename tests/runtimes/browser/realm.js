/** Runs the suite inside a browser's realm: a page or any kind of worker, module or classic. */
import { runConfigured } from '../run_configured.js';
import { onUncaughtInRealm } from '../uncaught_in_realm.js';

/** @returns {import('../run_configured.js').Config} From the realm's own URL, which every kind of realm has. */
export function configOfRealm() {
  return JSON.parse(new URLSearchParams(location.search).get('config') ?? '{}');
}

/** @param {any} EventSource */
export async function runInRealm(EventSource) {
  const config = configOfRealm();
  if (typeof EventSource !== 'function') throw new Error(`${config.name}: there is no EventSource`);
  return runConfigured(EventSource, config, {
    onUncaught: onUncaughtInRealm,
    baseURL: typeof document === 'object' ? document.baseURI : location.href,
  });
}

/**
 * Answers whoever started this worker with the results, or with the reason why there are none.
 *
 * @param {any} EventSource
 * @param {(message: unknown) => void} post
 */
export async function answer(EventSource, post) {
  try {
    post({ results: await runInRealm(EventSource) });
  } catch (error) {
    post({ failure: String(/** @type {Error} */ (error)?.stack ?? error) });
  }
}

/**
 * Serves results from a worker of any kind. Called while its script is first evaluated: later a service
 * worker may add no listeners.
 *
 * @param {any} EventSource
 */
export function serveWorker(EventSource) {
  const realm = /** @type {any} */ (globalThis);
  if ('onconnect' in realm) {
    realm.onconnect = (/** @type {any} */ { ports: [port] }) => {
      answer(EventSource, (message) => port.postMessage(message));
    };
  } else if ('skipWaiting' in realm) {
    realm.addEventListener('message', (/** @type {any} */ event) => {
      const [port] = event.ports;
      // An open stream does not by itself keep a service worker alive.
      event.waitUntil(answer(EventSource, (message) => port.postMessage(message)));
    });
  } else {
    answer(EventSource, (message) => realm.postMessage(message));
  }
}
