/**
 * Writes the fuzz target's seed corpus, `tests/fuzz/corpus/`, from the short test vectors:
 *
 *     node tests/fuzz/make_corpus.mjs
 *
 * A seed is one byte that chooses the chunking, then the bytes of an event stream. Every topic gives
 * in turn until there are enough; the same vectors always give the same files. What is called `found-…` stays.
 */

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

import { loadVectors } from '../support/vectors.js';

const SEEDS = 64;
const LONGEST_SEED = 511;
const LONGEST_NAME = 100;
const CORPUS = new URL('corpus/', import.meta.url);

/** @param {string} name */
const slug = (name) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-|-$/g, '');

/** @type {Map<string, import('../support/vectors.js').Vector[]>} */
const topics = new Map();
for (const vector of loadVectors()) {
  if (vector.bytes.length === 0 || vector.bytes.length >= LONGEST_SEED) continue;
  topics.set(vector.topic, [...(topics.get(vector.topic) ?? []), vector]);
}

// Spread over each topic, not its first few.
const share = Math.ceil(SEEDS / topics.size);
const chosen = [...topics.values()]
  .flatMap((vectors) =>
    Array.from({ length: share }, (_, i) => ({
      turn: i,
      vector: vectors[Math.floor((i * vectors.length) / share)],
    })),
  )
  .sort((a, b) => a.turn - b.turn)
  .slice(0, SEEDS)
  .map(({ vector }) => vector);

mkdirSync(CORPUS, { recursive: true });
for (const name of readdirSync(CORPUS)) {
  // The others once broke something.
  if (!name.startsWith('found-')) rmSync(new URL(name, CORPUS));
}

const written = new Set();
chosen.forEach(({ name, bytes }, i) => {
  const file = slug(name);
  if (written.has(file)) throw new Error(`two seeds would be called ${file}`);
  written.add(file);
  writeFileSync(new URL(file, CORPUS), Uint8Array.of((i * 37) % 256, ...bytes));
});
console.log(`${written.size} seeds in tests/fuzz/corpus`);
