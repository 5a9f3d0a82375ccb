// What the server sends in the end-to-end suite.
import { bytesOfBlocks, blockOf, cut } from './encode.js';
import { japanese, longText, multiLineJson, tickJson, tokenJson } from './texts.js';
import { END } from './tally.js';

/** A full chunk, in bytes: what a busy server's writes come to. */
const FULL = 65_536;

/**
 * @typedef {object} StreamWorkload
 * @property {string} title
 * @property {string} item what is counted, in the singular
 * @property {string[]} types of its events, without the one that ends it
 * @property {(index: number) => import('./tally.js').BenchEvent} [eventAt] none where nothing is
 *   dispatched
 * @property {(index: number) => string} [textAt] the item's text where it is no event
 * @property {number} chunk bytes of each write; 0 for one item in each, written in a turn of its own
 * @property {{process: number, browser: number}} count items in a measured stream
 * @property {number} [sampleEvery]
 * @property {boolean} [quick] whether it belongs to a quick run
 * @property {string[]} [contestants] who takes part; all where it is not given
 * @property {number} [connections] how many are open at the same time; 1 where it is not given
 */

/** @type {Record<string, StreamWorkload>} */
export const streamWorkloads = {
  ticker: {
    title: 'Small ticks (about 63 bytes: `id`, `event`, JSON) in full chunks',
    item: 'event',
    types: ['tick'],
    eventAt: (i) => ({ id: String(100_000 + i), type: 'tick', data: tickJson(i) }),
    chunk: FULL,
    count: { process: 200_000, browser: 200_000 },
    quick: true,
  },
  tokens: {
    title: 'Tokens of a language model (about 250 bytes of JSON), one event per chunk',
    item: 'event',
    types: ['message'],
    eventAt: (i) => ({ id: '', type: 'message', data: tokenJson(i) }),
    chunk: 0,
    count: { process: 12_000, browser: 12_000 },
  },
  'tokens-coalesced': {
    title: 'The same tokens in full chunks',
    item: 'event',
    types: ['message'],
    eventAt: (i) => ({ id: '', type: 'message', data: tokenJson(i) }),
    chunk: FULL,
    count: { process: 30_000, browser: 10_000 },
  },
  'multi-line': {
    title: 'Events of twelve `data` lines in full chunks',
    item: 'event',
    types: ['message'],
    eventAt: (i) => ({ id: String(i), type: 'message', data: multiLineJson(i, 12) }),
    chunk: FULL,
    count: { process: 20_000, browser: 10_000 },
  },
  multibyte: {
    title: 'Japanese text and emoji in full chunks',
    item: 'event',
    types: ['message'],
    eventAt: (i) => ({ id: String(i), type: 'message', data: japanese(i) }),
    chunk: FULL,
    count: { process: 40_000, browser: 10_000 },
  },
  megabyte: {
    title: 'Events of 1 MB',
    item: 'event',
    types: ['message'],
    eventAt: (i) => ({ id: '', type: 'message', data: longText(i, 1_000_000) }),
    chunk: FULL,
    count: { process: 40, browser: 20 },
    sampleEvery: 40,
  },
  heartbeats: {
    title: 'Heartbeats: nothing but comments, in full chunks',
    item: 'comment',
    types: ['message'],
    textAt: () => ': keep-alive\n\n',
    chunk: FULL,
    count: { process: 200_000, browser: 100_000 },
  },
  connections: {
    title: '1,000 connections in one process, 10 events a second on each',
    item: 'event',
    types: ['tick'],
    eventAt: (i) => ({ id: String(100_000 + i), type: 'tick', data: tickJson(i) }),
    chunk: 0,
    count: { process: 10, browser: 10 },
    connections: 1000,
    // Each takes seconds, whatever it does.
    contestants: ['eventsource_wasm', 'before', 'native', 'eventsource', 'eventsource_client'],
  },
};

/**
 * @param {StreamWorkload} workload
 * @param {number} count
 * @returns {Uint8Array[]} the writes, the last of which ends the stream
 */
export function writesOf({ eventAt, textAt, chunk }, count) {
  const textOf = textAt ?? ((i) => blockOf(/** @type {Function} */ (eventAt)(i)));
  const end = bytesOfBlocks([blockOf({ id: '', type: END, data: String(count) })]);
  if (chunk === 0) {
    return [...Array.from({ length: count }, (_, i) => bytesOfBlocks([textOf(i)])), end];
  }
  const writes = [];
  // In portions, because one string of all of it would be too long for some workloads.
  for (let i = 0; i < count; i += 1000) {
    const blocks = [];
    for (let n = i; n < Math.min(count, i + 1000); n += 1) blocks.push(textOf(n));
    writes.push(bytesOfBlocks(blocks));
  }
  return cut(Buffer.concat([...writes, end]), () => chunk);
}
