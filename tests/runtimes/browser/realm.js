/** Runs the suite inside a browser's realm: a page or any kind of worker, module or classic. */
import { capabilitiesOfRealm } from '../capabilities.js';
import { runSuite } from '../run_suite.js';
import { onUncaughtInRealm } from '../uncaught_in_realm.js';

/**
 * @typedef {object} RealmConfig
 * @property {string} name
 * @property {string} base
 * @property {string} crossBase
 * @property {string} controlBase
 * @property {string[]} capabilities What the driver knows of its browser and of the implementation.
 * @property {string | null} filter
 * @property {number} concurrency
 */

/** @returns {RealmConfig} From the realm's own URL, which every kind of realm has. */
export function configOfRealm() {
  return JSON.parse(new URLSearchParams(location.search).get('config') ?? '{}');
}

/** @param {any} EventSource */
export async function runInRealm(EventSource) {
  const { name, base, crossBase, controlBase, capabilities, filter, concurrency } = configOfRealm();
  if (typeof EventSource !== 'function') throw new Error(`${name}: there is no EventSource`);
  return runSuite({
    EventSource,
    base,
    crossBase,
    filter,
    concurrency,
    environment: {
      name,
      controlBase,
      onUncaught: onUncaughtInRealm,
      baseURL: typeof document === 'object' ? document.baseURI : location.href,
      capabilities: [...capabilitiesOfRealm(), ...capabilities],
    },
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
