// Tells a refusal by CORS from a network error: docs/decisions/0008-cors-refusals.md
import { cancel } from '../stream/byte_source.js';
import { ownOrigin } from './cors.js';
import { commonOptions, withoutCredentials } from './request.js';
import { send } from './send.js';
import { originOf } from './url.js';

/**
 * Asks whether the server answers at all, with a request whose answer nobody can read.
 *
 * @param {typeof globalThis.fetch} fetch
 * @param {string} href - of the stream
 * @param {boolean} withCredentials
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<boolean>} whether there is an answer that CORS can have refused
 */
export async function probe(fetch, href, withCredentials, signal) {
  const { url } = withoutCredentials(href);
  const options = { ...commonOptions(withCredentials), signal };
  try {
    if (originOf(href) === ownOrigin()) {
      // Only a redirect can lead to a refusal from here.
      const { type, body } = await send(fetch, url, { ...options, redirect: 'manual' });
      cancel(body);
      if (type !== 'opaqueredirect') return false;
    }
    cancel((await send(fetch, url, { ...options, mode: 'no-cors' })).body);
    return true;
  } catch {
    return false;
  }
}
