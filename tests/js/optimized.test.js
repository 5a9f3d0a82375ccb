// What V8 has compiled for a stream stays so: code that it throws away again and again runs five times as long.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const child = fileURLToPath(new URL('../support/many_chunks.js', import.meta.url));

/** The first time, a function learns; what it learns at the end of the stream counts, too. */
const FEW = 4;

test('no function is deoptimized over and over while a stream goes on', async () => {
  const args = ['--trace-deopt', '--allow-natives-syntax', child];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
  /** @type {Record<string, number>} */
  const counts = {};
  for (const [, name] of stdout.matchAll(/deoptimizing \S+ <JSFunction (#?\w+)/g)) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  // The options tell what they are asked for.
  expect(counts).toHaveProperty('addsAnything');
  expect(Object.entries(counts).filter(([, count]) => count > FEW)).toEqual([]);
}, 60_000);
