// The start suite in a process.
import { readFileSync } from 'node:fs';
import { beginSource, instantiate } from './begin.js';

/**
 * @param {any} job
 * @returns {Promise<Record<string, number>>} milliseconds by row
 */
export async function runStart({ row, module, exported, begin, url, core }) {
  if (row === 'instantiate') return instantiate(readFileSync(core));
  const start = performance.now();
  const namespace = await import(module);
  const imported = performance.now();
  beginSource(namespace, exported, begin, url);
  return { import: imported - start, first: performance.now() - start };
}
