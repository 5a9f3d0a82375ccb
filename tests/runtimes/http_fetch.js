/**
 * A small `fetch` on `node:http`, for Node without WebAssembly. Node's own parses HTTP with a WebAssembly
 * module: under `--jitless` even the mention of `fetch`, `Headers`, `Request` or `Response` ends in an
 * unhandled rejection, so this one stays clear of them all. It does what an event stream needs, and
 * follows redirects.
 */
import { request } from 'node:http';
import { Readable } from 'node:stream';

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 20;

/** @param {number} status */
function bodyless(status) {
  return [204, 205, 304].includes(status);
}

/**
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {AbortSignal | null | undefined} signal
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
function ask(url, headers, signal) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, signal: signal ?? undefined, agent: false }, resolve);
    sent.on('error', (error) =>
      reject(signal?.aborted ? signal.reason : new TypeError('fetch failed', { cause: error })),
    );
    sent.end();
  });
}

/**
 * @param {import('node:http').IncomingMessage} message
 * @param {string} url
 */
function toResponse(message, url) {
  const status = message.statusCode ?? 0;
  if (bodyless(status)) message.resume();
  return {
    status,
    ok: status >= 200 && status < 300,
    url,
    headers: {
      /** @param {string} name */
      get(name) {
        const value = message.headers[name.toLowerCase()];
        return value === undefined ? null : String(value);
      },
    },
    body: bodyless(status) ? null : Readable.toWeb(message),
    json: async () => JSON.parse(Buffer.concat(await message.toArray()).toString()),
  };
}

/**
 * @param {string | URL} input
 * @param {{headers?: Record<string, string>, signal?: AbortSignal | null}} [init]
 */
export async function httpFetch(input, init = {}) {
  init.signal?.throwIfAborted();
  let url = new URL(input).href;
  for (let count = 0; count <= MOST_REDIRECTS; count += 1) {
    const message = await ask(url, init.headers ?? {}, init.signal);
    const { location } = message.headers;
    if (!REDIRECTS.includes(message.statusCode ?? 0) || location === undefined) {
      return toResponse(message, url);
    }
    message.resume();
    url = new URL(location, url).href;
  }
  throw new TypeError('fetch failed: too many redirects');
}
