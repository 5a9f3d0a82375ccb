/**
 * A small `fetch` on `node:http`, for Node without WebAssembly. Node's own parses HTTP with a WebAssembly
 * module: under `--jitless` even the mention of `fetch`, `Headers`, `Request` or `Response` ends in an
 * unhandled rejection, so this one stays clear of them all. It does what an event stream needs:
 * it sends a body, and follows redirects, if only those of requests without one.
 */
import { request } from 'node:http';
import { Readable } from 'node:stream';

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 20;

/** @param {number} status */
function bodyless(status) {
  return [204, 205, 304].includes(status);
}

/** @typedef {string | ArrayBuffer | ArrayBufferView | Blob | URLSearchParams | null} Body */

/**
 * @param {Body} body
 * @returns {Promise<{bytes?: Buffer, type?: string}>}
 */
async function extracted(body) {
  if (body === null) return {};
  if (typeof body === 'string') {
    return { bytes: Buffer.from(body), type: 'text/plain;charset=UTF-8' };
  }
  if (body instanceof URLSearchParams) {
    const type = 'application/x-www-form-urlencoded;charset=UTF-8';
    return { bytes: Buffer.from(`${body}`), type };
  }
  if (body instanceof Blob) {
    return { bytes: Buffer.from(await body.arrayBuffer()), type: body.type };
  }
  if (body instanceof ArrayBuffer) return { bytes: Buffer.from(body) };
  return { bytes: Buffer.from(body.buffer, body.byteOffset, body.byteLength) };
}

/**
 * @param {string} url
 * @param {string} method
 * @param {Record<string, string>} headers
 * @param {Buffer | undefined} bytes
 * @param {AbortSignal | null | undefined} signal
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
function ask(url, method, headers, bytes, signal) {
  return new Promise((resolve, reject) => {
    const how = { method, headers, signal: signal ?? undefined, agent: false };
    const sent = request(url, how, resolve);
    sent.on('error', (error) =>
      reject(signal?.aborted ? signal.reason : new TypeError('fetch failed', { cause: error })),
    );
    sent.end(bytes);
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
 * @param {{method?: string, headers?: Record<string, string>, body?: Body, redirect?: string,
 *   signal?: AbortSignal | null}} [init]
 */
export async function httpFetch(
  input,
  { method = 'GET', headers = {}, body = null, redirect = 'follow', signal } = {},
) {
  signal?.throwIfAborted();
  const { bytes, type } = await extracted(body);
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const sent = type && !hasType ? { ...headers, 'Content-Type': type } : headers;
  let url = new URL(input).href;
  for (let count = 0; count <= MOST_REDIRECTS; count += 1) {
    const message = await ask(url, method, sent, bytes, signal);
    const { location } = message.headers;
    const redirects = REDIRECTS.includes(message.statusCode ?? 0) && location !== undefined;
    if (!redirects || redirect === 'manual') return toResponse(message, url);
    message.resume();
    url = new URL(location, url).href;
  }
  throw new TypeError('fetch failed: too many redirects');
}
