/**
 * The parser's test vectors, `tests/vectors/*.json`, as bytes and strings, and the ways to cut a
 * stream into chunks.
 *
 * The format of a file:
 *
 *     { "topic": "<name of the file>", "standard": "<address>", "cases": [
 *       { "name": "<what must happen; unique over all files>",
 *         "input": <text>,
 *         "expected": {
 *           "events": [ { "type": <text>, "data": <text>, "lastEventId": <text> } ],
 *           "lastEventId": <text>,        the last event ID string after the stream ended
 *           "reconnectionTime": <number>  milliseconds, or null when it was never set
 *         } } ] }
 *
 * `<text>` is a string, which stands for its UTF-8 bytes, or an array of parts, each a string,
 * `{ "hex": "EFBBBF" }` or `{ "repeat": "<string>", "times": 70000 }`. An event may also carry
 * `"times": n`: it is then expected n times in a row.
 */

import { readFileSync, readdirSync } from 'node:fs';

/** @typedef {import('./reference_parser.js').ParsedStream} ParsedStream */
/** @typedef {import('./reference_parser.js').ParsedEvent} ParsedEvent */

/** @typedef {string | { hex: string } | { repeat: string, times: number }} Part */
/** @typedef {string | Part[]} Text */

/**
 * @typedef {object} Vector
 * @property {string} topic
 * @property {string} name
 * @property {Uint8Array} bytes
 * @property {ParsedStream} expected
 */

/**
 * @typedef {object} VectorFile
 * @property {string} topic
 * @property {string} standard
 * @property {{
 *   name: string,
 *   input: Text,
 *   expected: {
 *     events: { type: Text, data: Text, lastEventId: Text, times?: number }[],
 *     lastEventId: Text,
 *     reconnectionTime: number | null,
 *   },
 * }[]} cases
 */

const VECTORS = new URL('../vectors/', import.meta.url);

/**
 * @param {Text} text
 * @returns {Uint8Array}
 */
function toBytes(text) {
  const parts = typeof text === 'string' ? [text] : text;
  return Uint8Array.from(
    Buffer.concat(
      parts.map((part) => {
        if (typeof part === 'string') return Buffer.from(part);
        if ('repeat' in part) return Buffer.from(part.repeat.repeat(part.times));
        if (!/^([0-9A-F]{2})+$/.test(part.hex)) throw new Error(`not hex bytes: ${part.hex}`);
        return Buffer.from(part.hex, 'hex');
      }),
    ),
  );
}

/**
 * @param {Text} text
 * @returns {string}
 */
function toString(text) {
  if (typeof text === 'string') return text;
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(toBytes(text));
}

/**
 * The names of the vector files, in alphabetical order.
 *
 * @returns {string[]}
 */
export function vectorFiles() {
  return readdirSync(VECTORS)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

/**
 * @param {string} name one of `vectorFiles()`
 * @returns {VectorFile}
 */
export function readVectorFile(name) {
  return JSON.parse(readFileSync(new URL(name, VECTORS), 'utf8'));
}

/**
 * All vectors of all files, in the order of the files.
 *
 * @returns {Vector[]}
 */
export function loadVectors() {
  return vectorFiles().flatMap((file) => {
    const { topic, cases } = readVectorFile(file);
    return cases.map(({ name, input, expected }) => ({
      topic,
      name,
      bytes: toBytes(input),
      expected: {
        events: expected.events.flatMap(({ times = 1, type, data, lastEventId }) => {
          const event = {
            type: toString(type),
            data: toString(data),
            lastEventId: toString(lastEventId),
          };
          return Array.from({ length: times }, () => event);
        }),
        lastEventId: toString(expected.lastEventId),
        reconnectionTime: expected.reconnectionTime,
      },
    }));
  });
}

/**
 * Numbers below `limit`, the same ones in every run (xorshift32).
 *
 * @param {number} seed not zero
 * @returns {(limit: number) => number}
 */
function randomNumbers(seed) {
  let state = seed | 0;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/**
 * `bytes` cut at `positions`, which rise and lie strictly inside.
 *
 * @param {Uint8Array} bytes
 * @param {number[]} positions
 * @returns {Uint8Array[]}
 */
function cutAt(bytes, positions) {
  return [0, ...positions].map((from, i) => bytes.subarray(from, positions[i] ?? bytes.length));
}

/**
 * `bytes` cut into chunks whose lengths `length()` gives, each at least 1.
 *
 * @param {Uint8Array} bytes
 * @param {() => number} length
 * @returns {Uint8Array[]}
 */
function cutBy(bytes, length) {
  const chunks = [];
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + length());
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

const SINGLE_CUTS_UP_TO = 4096;
const PAIRS_OF_CUTS_UP_TO = 64;
const RANDOM_CHUNKINGS = 4;

/**
 * The ways to cut a stream into chunks. Each is a list of views of `bytes` that together make
 * `bytes`: whole; every byte on its own; every byte on its own between empty chunks (short streams);
 * cut at every position (up to 4096 bytes); cut at every pair of positions (up to 64 bytes); for
 * longer streams chunks of the parser's own sizes, and chunks of pseudo-random lengths, the same in
 * every run.
 *
 * @param {Uint8Array} bytes
 * @returns {Generator<Uint8Array[], void, void>}
 */
export function* cuts(bytes) {
  const { length } = bytes;
  yield [bytes];
  yield cutBy(bytes, () => 1);

  if (length <= SINGLE_CUTS_UP_TO) {
    for (let i = 1; i < length; i += 1) yield cutAt(bytes, [i]);
  }

  if (length <= PAIRS_OF_CUTS_UP_TO) {
    const empty = bytes.subarray(0, 0);
    yield [empty, ...cutBy(bytes, () => 1).flatMap((chunk) => [chunk, empty])];
    for (let i = 1; i < length; i += 1) {
      for (let j = i + 1; j < length; j += 1) yield cutAt(bytes, [i, j]);
    }
    return;
  }

  for (const size of [15, 16, 17, 63, 64, 65, 65535, 65536, 65537]) {
    if (size < length) yield cutBy(bytes, () => size);
  }
  const random = randomNumbers(0x9e3779b9);
  for (const longest of [8, 100, 5000, 100000]) {
    if (longest > 8 && longest / 10 > length) break;
    for (let i = 0; i < RANDOM_CHUNKINGS; i += 1) {
      yield cutBy(bytes, () => 1 + random(longest));
    }
  }
}
