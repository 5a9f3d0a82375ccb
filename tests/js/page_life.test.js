// The back/forward cache, as far as a page that is only said to be one can show it; bfcache.test.js has real ones.
import { expect, test } from '@jest/globals';

import { open as openPlain, sources } from '../support/own_fetch.js';
import { EventSource } from '../../js/entries/index.js';

test('a page that is back leaves a decision to shouldRetry(), which was asked before', async () => {
  /** @type {Record<string, (event: object) => void>} */
  const listeners = {};
  Object.assign(globalThis, {
    document: { baseURI: 'http://127.0.0.1:9/' },
    addEventListener: (/** @type {string} */ type, /** @type {any} */ listener) => {
      listeners[type] = listener;
    },
  });
  try {
    let calls = 0;
    openPlain(() => {
      calls++;
      return new Promise(() => {});
    });
    /** @type {any} */
    let decide;
    let asked = 0;
    const source = new EventSource('http://127.0.0.1:9/', {
      fetch: async () => new Response(null, { status: 401 }),
      shouldRetry: () => {
        asked++;
        return new Promise((resolve) => (decide = resolve));
      },
    });
    sources.push(source);
    const error = new Promise((resolve) => (source.onerror = resolve));
    await new Promise((resolve) => setTimeout(resolve, 10));
    listeners.pagehide({ persisted: true });
    listeners.pageshow({ persisted: true });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect([calls, asked, source.readyState]).toEqual([2, 1, 0]);
    decide(false);
    expect(await error).toMatchObject({ status: 401, retryIn: null });
  } finally {
    for (const name of ['document', 'addEventListener']) Reflect.deleteProperty(globalThis, name);
  }
});
