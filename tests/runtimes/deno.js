/** Runs the suite in Deno, on the built package. */
import { executableOf, runInProcess } from './host_process.js';

const ARGS = ['run', '--quiet', '--allow-all', '--no-config', '--no-lock', '--no-remote'];

/**
 * Deno's fetch keeps no cookies and no cache, and enforces no CORS: there is no origin unless one is
 * given with `--location`.
 *
 * @param {{format?: import('./host_process.js').Format, filter?: string | null,
 *   concurrency?: number}} [options]
 */
export async function runInDeno(options) {
  return runInProcess({
    ...options,
    name: 'deno',
    // npm's `deno` is a launcher; its script may not have run.
    executable: executableOf(`@deno/linux-${process.arch}-glibc`, 'deno'),
    args: ARGS,
    capabilities: ['uncaught-hook', 'fetch-option'],
  });
}
