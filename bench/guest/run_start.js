// The start suite in a process.
import { readFileSync } from 'node:fs';
import { importAndBegin, instantiate } from './begin.js';

/**
 * @param {any} job
 * @returns {Promise<Record<string, number>>} milliseconds by row
 */
export async function runStart(job) {
  if (job.row === 'instantiate') return instantiate(readFileSync(job.core));
  return importAndBegin(job);
}
