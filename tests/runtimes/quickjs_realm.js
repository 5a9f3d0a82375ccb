/**
 * The suite, the entry under test and a `fetch` for it, for `quickjs_child.js` to evaluate inside QuickJS:
 * an engine that has the language and nothing of the web platform. What the `host` object does is Node's.
 */
// @ts-ignore -- the driver puts an entry in its place
import { EventSource } from 'entry-under-test';
import { capabilitiesOfEntry } from './capabilities.js';
import { runConfigured } from './run_configured.js';
import { withFetch } from './with_fetch.js';

/**
 * @typedef {{resolve: (value: any) => void, reject: (error: unknown) => void}} Waiting
 *
 * @type {{request(id: number, url: string, init: string): void, read(id: number, call: number): void,
 *   cancel(id: number): void, done(results: string): void}}
 */
const { request, read, cancel, done } = /** @type {any} */ (globalThis).host;

/** @type {Map<number, Waiting>} */
const waiting = new Map();
let calls = 0;

/**
 * @param {(call: number) => void} begin
 * @returns {Promise<any>} What the host answers to it.
 */
function asked(begin) {
  calls += 1;
  const call = calls;
  return new Promise((resolve, reject) => {
    waiting.set(call, { resolve, reject });
    begin(call);
  });
}

/**
 * @param {number} call
 * @param {any} value
 */
export function answer(call, value) {
  waiting.get(call)?.resolve(value);
  waiting.delete(call);
}

/**
 * @param {number} call
 * @param {string} message
 */
export function refuse(call, message) {
  waiting.get(call)?.reject(new TypeError(message));
  waiting.delete(call);
}

/** @param {number} id */
function readerOf(id) {
  return {
    async read() {
      const buffer = await asked((call) => read(id, call));
      return buffer === undefined
        ? { done: true, value: undefined }
        : { done: false, value: new Uint8Array(buffer) };
    },
    async cancel() {
      cancel(id);
    },
    releaseLock() {},
  };
}

/**
 * @param {string | ArrayBuffer | Uint8Array} body
 * @returns {string} Its bytes, as one UTF-16 unit for each.
 */
function byteString(body) {
  if (typeof body === 'string') {
    return encodeURIComponent(body).replace(/%(..)/g, (_, hex) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
  }
  return String.fromCharCode(...(body instanceof ArrayBuffer ? new Uint8Array(body) : body));
}

/**
 * @param {string} url
 * @param {{method?: string, headers?: Record<string, string>, body?: any, redirect?: string}} [init]
 */
async function fetch(url, { method, headers = {}, body, redirect } = {}) {
  let id = 0;
  const bytes = body === undefined ? undefined : byteString(body);
  const head = await asked((call) => {
    id = call;
    request(call, String(url), JSON.stringify({ method, headers, bytes, redirect }));
  });
  const { status, url: finalUrl, fields, text } = JSON.parse(head);
  return {
    status,
    ok: status >= 200 && status < 300,
    url: finalUrl,
    headers: { get: (/** @type {string} */ name) => fields[name.toLowerCase()] ?? null },
    body:
      text === undefined ? { getReader: () => readerOf(id), cancel: async () => cancel(id) } : null,
    json: async () => JSON.parse(text),
  };
}

/** As every user of such an engine would have to write it. */
const WithFetch = withFetch(EventSource, fetch);

/** @type {((error: unknown) => boolean) | null} */
let listener = null;

/** @param {unknown} error What a timer's callback threw. */
export function uncaught(error) {
  return listener ? listener(error) : false;
}

/** @param {string} config */
export async function run(config) {
  const results = await runConfigured(WithFetch, JSON.parse(config), {
    // The control requests are JSON as a whole.
    fetch: (/** @type {string} */ url, /** @type {any} */ init = { headers: { 'x-whole': '1' } }) =>
      fetch(url, init),
    onUncaught(/** @type {(error: unknown) => boolean} */ each) {
      listener = each;
      return () => (listener = null);
    },
    capabilities: ['uncaught-hook', ...capabilitiesOfEntry('', false)],
  });
  done(JSON.stringify(results));
}
