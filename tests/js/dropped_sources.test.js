// Sources that nobody closes and nobody can reach any more leave nothing in the core, which has no garbage collection.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const child = fileURLToPath(new URL('dropped_sources_child.js', import.meta.url));

test('20,000 dropped sources: the memory of the first 4,000 serves all, unfinished events included', () => {
  const output = execFileSync(process.execPath, ['--expose-gc', child], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  const { grown, isEachOnce, data } = JSON.parse(output);
  expect({ isEachOnce, data }).toEqual({ isEachOnce: true, data: 'kept alive' });
  // A page of WebAssembly's memory or two; 16,000 sources would be 12 MB.
  expect(grown).toBeLessThan(1 << 20);
}, 60_000);
