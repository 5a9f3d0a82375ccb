/** Runs the suite in Bun, on the built package. */
import { OUR_OWN } from './capabilities.js';
import { executableOf, runInProcess } from './host_process.js';

const ARCHITECTURE = process.arch === 'arm64' ? 'aarch64' : process.arch;

/**
 * Bun's fetch keeps no cookies and no cache, and knows no origin to enforce CORS for.
 *
 * @param {{format?: import('./host_process.js').Format, filter?: string | null,
 *   concurrency?: number, child?: string}} [options]
 */
export async function runInBun(options) {
  return runInProcess({
    ...options,
    name: 'bun',
    // npm's `bun` is a launcher; its script may not have run.
    executable: executableOf(`@oven/bun-linux-${ARCHITECTURE}`, 'bin/bun'),
    args: ['run', '--no-install'],
    capabilities: ['request-streams', 'uncaught-hook', ...OUR_OWN],
  });
}
