// The start suite in a page, and in a service worker.
import { importAndBegin, instantiate } from './begin.js';

/** @param {any} job @returns {Promise<any>} */
async function inWorker(job) {
  if (!navigator.serviceWorker) return { unavailable: 'there are no service workers' };
  const query = new URLSearchParams(job);
  const scope = `/bench/guest/scope-${performance.timeOrigin}-${Math.random()}/`;
  const registration = await navigator.serviceWorker.register(`start_worker.js?${query}`, {
    scope,
  });
  try {
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    const { port1, port2 } = new MessageChannel();
    const answered = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    worker?.postMessage(null, [port2]);
    return await answered;
  } finally {
    await registration.unregister();
  }
}

/**
 * @param {any} job
 * @returns {Promise<Record<string, number> | {unavailable: string}>} milliseconds by row
 */
export async function runStart(job) {
  const { row, core } = job;
  if (row === 'worker') return inWorker(job);
  if (row === 'instantiate') return instantiate(await (await fetch(core)).arrayBuffer());
  return importAndBegin(job);
}
