// Sources with a fetch of the test's own, closed after it; an unhandled rejection fails the test that it happens in.
import { afterEach, beforeEach, expect } from '@jest/globals';

import { EventSource } from '../../js/entries/index.js';

// Of the host, whatever a test puts in its place.
const { setTimeout } = globalThis;

/** @type {any[]} */
export let sources = [];
/** @type {unknown[]} */
let uncaught = [];
/** @param {unknown} error */
const onUncaught = (error) => uncaught.push(error);

beforeEach(() => {
  sources = [];
  uncaught = [];
  process.on('unhandledRejection', onUncaught);
  process.on('uncaughtException', onUncaught);
});

afterEach(async () => {
  for (const source of sources) source.close();
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', onUncaught);
  process.off('uncaughtException', onUncaught);
  expect(uncaught).toEqual([]);
});

export const encoder = new TextEncoder();
export const type = { 'content-type': 'text/event-stream' };

/** @param {string[]} chunks */
export const streamOf = (...chunks) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      },
    }),
    { headers: type },
  );

/**
 * @param {any} fetch
 * @param {string} [url]
 * @returns {any}
 */
export function open(fetch, url = 'http://127.0.0.1:9/') {
  const source = new EventSource(url, { fetch });
  sources.push(source);
  return source;
}

/**
 * @param {any} source
 * @param {string} name
 * @returns {Promise<any>}
 */
export const next = (source, name) =>
  new Promise((resolve) => source.addEventListener(name, resolve, { once: true }));
