// The start suite in a process.
import { readFileSync } from 'node:fs';
import { beginSource, instantiate } from './begin.js';

/**
 * @param {any} job
 * @returns {Promise<{ms: number}>}
 */
export async function runStart({ row, module, exported, begin, url, core }) {
  if (row === 'instantiate') return instantiate(readFileSync(core));
  const start = performance.now();
  beginSource(await import(module), exported, begin, url);
  return { ms: performance.now() - start };
}
