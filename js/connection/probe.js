// Tells a refusal by CORS from a network error: docs/decisions/0008-cors-refusals.md
import { cancel } from '../stream/byte_source.js';
import { ownOrigin } from './cors.js';
import { withoutCredentials } from './request.js';
import { send } from './send.js';

/**
 * Asks whether the server answers at all, with a request whose answer nobody can read.
 *
 * @param {string} href - of the stream
 * @param {{fetch: typeof globalThis.fetch, origin: string, withCredentials: boolean,
 *   signal: AbortSignal | undefined}} options
 * @returns {Promise<boolean>} whether there is an answer that CORS can have refused
 */
export async function probe(href, { fetch, origin, withCredentials, signal }) {
  /** @type {RequestInit} */
  const options = {
    cache: 'no-store',
    credentials: withCredentials ? 'include' : 'same-origin',
    signal,
  };
  const { url } = withoutCredentials(href);
  try {
    if (origin === ownOrigin()) {
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
