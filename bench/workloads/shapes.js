// What the parsing suite is fed with.
import { edgeCases } from './edge_cases.js';
import { blockOf, bytesOfBlocks, cut } from './encode.js';
import { japanese, longText, multiLineJson, tickJson, tokenJson } from './texts.js';

const KIB = 1024;

/**
 * @typedef {object} Fixture
 * @property {Uint8Array[]} chunks
 * @property {import('./tally.js').BenchEvent[]} events
 *
 * @typedef {object} Shape
 * @property {string} title
 * @property {'event' | 'byte'} per what a time is given for
 * @property {boolean} [twin] the same as the shape before at four times the size: its time per byte shows
 *   whether time is linear, and it is left out of the mean over the shapes
 * @property {boolean} [long] whether it takes some parsers most of a minute, too long for a quick run
 * @property {boolean} [giant] whether the goal for single large events holds, and not the mean
 * @property {(sticky: boolean) => Fixture} build
 */

/**
 * @param {number} count
 * @param {(index: number) => import('./tally.js').BenchEvent} eventAt
 * @param {number} size of the chunks in bytes; 0 for one event in each
 * @returns {Fixture}
 */
function fixture(count, eventAt, size) {
  const events = Array.from({ length: count }, (_, i) => eventAt(i));
  const blocks = events.map(blockOf);
  if (size === 0) return { chunks: blocks.map((block) => bytesOfBlocks([block])), events };
  return { chunks: cut(bytesOfBlocks(blocks), () => size), events };
}

/**
 * @param {string} text
 * @param {(index: number) => number} sizeOf
 * @param {import('./tally.js').BenchEvent[]} events
 * @returns {Fixture}
 */
const ofText = (text, sizeOf, events) => ({ chunks: cut(bytesOfBlocks([text]), sizeOf), events });

const dataOnly = (i) => ({ id: '', type: 'message', data: tokenJson(i) });
const named = (i) => ({ id: '', type: i % 2 ? 'tick' : 'price', data: tickJson(i) });
const withId = (i) => ({ id: String(100_000 + i), type: 'message', data: tickJson(i) });

/**
 * @param {string} head of a line that drips and dispatches nothing
 * @param {number} length
 * @returns {Fixture} an event follows it
 */
function dripping(head, length) {
  const event = { id: '', type: 'message', data: 'at last' };
  return ofText(`${head.padEnd(length, 'x')}\n${blockOf(event)}`, () => 1, [event]);
}

/** @param {number} length */
function longLine(length) {
  const event = { id: '', type: 'message', data: longText(1, length) };
  return ofText(blockOf(event), (i) => 3 + (i % 3), [event]);
}

/** @type {Record<string, Shape>} */
export const shapes = {
  'data-only': {
    title: 'data-only JSON events, one per chunk',
    per: 'event',
    build: () => fixture(3000, dataOnly, 0),
  },
  named: {
    title: 'named events, one per chunk',
    per: 'event',
    build: () => fixture(5000, named, 0),
  },
  ids: {
    title: 'events with IDs, one per chunk',
    per: 'event',
    build: () => fixture(5000, withId, 0),
  },
  'data-only-16k': {
    title: 'data-only JSON events in 16 KiB chunks',
    per: 'event',
    build: () => fixture(3000, dataOnly, 16 * KIB),
  },
  'named-16k': {
    title: 'named events in 16 KiB chunks',
    per: 'event',
    build: () => fixture(5000, named, 16 * KIB),
  },
  'ids-16k': {
    title: 'events with IDs in 16 KiB chunks',
    per: 'event',
    build: () => fixture(5000, withId, 16 * KIB),
  },
  multibyte: {
    title: 'Japanese text and emoji, one event per chunk',
    per: 'event',
    build: () => fixture(3000, (i) => ({ id: '', type: 'message', data: japanese(i) }), 0),
  },
  heartbeats: {
    title: 'heartbeats: a comment per chunk',
    per: 'byte',
    build() {
      const event = { id: '', type: 'message', data: 'at last' };
      const chunks = Array.from({ length: 5000 }, () => bytesOfBlocks([': keep-alive\n\n']));
      return { chunks: [...chunks, bytesOfBlocks([blockOf(event)])], events: [event] };
    },
  },
  'idle-drip': {
    title: 'an idle line of 16 KiB, one byte a chunk',
    per: 'byte',
    build: () => dripping(':', 16 * KIB),
  },
  'idle-drip-64k': {
    title: 'an idle line of 64 KiB, one byte a chunk',
    per: 'byte',
    twin: true,
    build: () => dripping(':', 64 * KIB),
  },
  'invalid-drip': {
    title: 'an invalid field of 16 KiB, one byte a chunk',
    per: 'byte',
    build: () => dripping('invalid', 16 * KIB),
  },
  'invalid-drip-64k': {
    title: 'an invalid field of 64 KiB, one byte a chunk',
    per: 'byte',
    twin: true,
    build: () => dripping('invalid', 64 * KIB),
  },
  'long-line': {
    title: 'a line of 256 KiB in chunks of about 4 bytes',
    per: 'byte',
    long: true,
    build: () => longLine(256 * KIB),
  },
  'long-line-1m': {
    title: 'a line of 1 MiB in chunks of about 4 bytes',
    per: 'byte',
    twin: true,
    build: () => longLine(1024 * KIB),
  },
  'small-chunks': {
    title: 'events with IDs in chunks of 8 bytes',
    per: 'event',
    build: () => fixture(2000, withId, 8),
  },
  'many-lines': {
    title: 'events of 500 lines in 16 KiB chunks',
    per: 'event',
    build: () =>
      fixture(40, (i) => ({ id: '', type: 'message', data: multiLineJson(i, 500) }), 16 * KIB),
  },
  'edge-cases': {
    title: 'a mix of edge cases in chunks of 61 bytes',
    per: 'event',
    build(sticky) {
      const { text, events } = edgeCases(300, sticky);
      return ofText(text, () => 61, events);
    },
  },
  giant: {
    title: 'single events of 1 MB in 64 KiB chunks',
    per: 'byte',
    giant: true,
    build: () =>
      fixture(8, (i) => ({ id: '', type: 'message', data: longText(i, 1_000_000) }), 64 * KIB),
  },
};
