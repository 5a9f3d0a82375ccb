/**
 * Runs the suite in workerd: the worker's whole program, which `workerd.js` bundles with the entry under
 * test. One request is the run; timers and requests of a worker live as long as the one that began them.
 */
// First: it watches what the entry does while it loads.
import { compilesBytes } from './watch_webassembly.js';
// @ts-ignore -- the driver puts an entry in its place
import { EventSource } from 'entry-under-test';
import { runConfigured } from './run_configured.js';

/** @returns {import('./capabilities.js').Capability[]} */
function capabilitiesOfRequests() {
  try {
    new Request('http://localhost/', { cache: 'no-store' });
    return [];
  } catch {
    return ['no-cache-mode'];
  }
}

/**
 * At older dates, workerd tells of a rejection at once, and takes it back when somebody handles it a
 * microtask later, as it does itself with a read() that is cancelled.
 */
const TAKEN_BACK_WITHIN = 50;

/** @param {(error: unknown) => boolean} listener */
function onUncaught(listener) {
  /** @type {Map<unknown, ReturnType<typeof setTimeout>>} */
  const rejected = new Map();
  const onError = (/** @type {any} */ event) => {
    if (listener(event.error)) event.preventDefault();
  };
  const onRejection = (/** @type {any} */ { promise, reason }) => {
    rejected.set(
      promise,
      setTimeout(() => listener(reason), TAKEN_BACK_WITHIN),
    );
  };
  const onHandled = (/** @type {any} */ { promise }) => clearTimeout(rejected.get(promise));
  addEventListener('error', onError);
  addEventListener('unhandledrejection', onRejection);
  addEventListener('rejectionhandled', onHandled);
  return () => {
    removeEventListener('error', onError);
    removeEventListener('unhandledrejection', onRejection);
    removeEventListener('rejectionhandled', onHandled);
  };
}

export default {
  /** @param {Request} request */
  async fetch(request) {
    const results = await runConfigured(EventSource, await request.json(), {
      onUncaught,
      capabilities: [...capabilitiesOfRequests(), 'request-streams', 'uncaught-hook'],
    });
    return Response.json({ results, compiles: compilesBytes });
  },
};
