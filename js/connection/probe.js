// Tells a refusal by CORS from a network error: docs/decisions/0008-cors-refusals.md
import { attempt } from '../core/from_host.js';
import { cancel } from '../stream/byte_source.js';
import { ownOrigin } from './cors.js';
import { commonOptions, withoutCredentials } from './request.js';
import { send } from './send.js';
import { originOf } from './url.js';

/**
 * Milliseconds that a probe may take. A server that holds its headers back until there is an event would have it wait
 * for that, and nobody would hear that the connection is lost. Chromium holds the connection of a refused response for
 * five seconds, and the probe may have to wait for that one.
 */
const LONGEST_PROBE = 8000;

/**
 * Asks whether the server answers at all, in bounded time, with a request whose answer nobody can read.
 *
 * @param {typeof globalThis.fetch} fetch
 * @param {string} href - of the stream
 * @param {boolean} withCredentials
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<boolean>} whether there is an answer that CORS can have refused
 */
export function probe(fetch, href, withCredentials, signal) {
  const ask = async () => {
    const { url } = withoutCredentials(href);
    const options = { ...commonOptions(withCredentials), signal };
    if (originOf(href) === ownOrigin()) {
      // Only a redirect can lead to a refusal from here.
      const { type, body } = await send(fetch, url, { ...options, redirect: 'manual' });
      cancel(body);
      if (type !== 'opaqueredirect') return false;
    }
    cancel((await send(fetch, url, { ...options, mode: 'no-cors' })).body);
    return true;
  };
  return new Promise((resolve) => {
    // Not every host can abort it.
    const timer = attempt(() => setTimeout(() => resolve(false), LONGEST_PROBE));
    ask()
      .catch(() => false)
      .then((answered) => {
        attempt(() => clearTimeout(timer));
        resolve(answered);
      });
  });
}
