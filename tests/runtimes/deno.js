/** Runs the suite in Deno, on the built package. */
import { fileURLToPath } from 'node:url';
import { OUR_OWN } from './capabilities.js';
import { executableOf, runInProcess } from './host_process.js';

const ARGS = ['run', '--quiet', '--allow-all', '--no-config', '--no-lock', '--no-remote'];

const WORKER = fileURLToPath(new URL('deno_worker_child.js', import.meta.url));

/**
 * Deno's fetch keeps no cookies and no cache, and enforces no CORS: there is no origin unless one is
 * given with `--location`.
 *
 * @param {{format?: import('./host_process.js').Format, worker?: boolean, peer?: string | null,
 *   filter?: string | null, concurrency?: number, child?: string}} [options] `worker`: in a module worker in place of
 *   the main realm.
 */
export async function runInDeno({ worker = false, ...options } = {}) {
  return runInProcess({
    ...options,
    name: worker ? 'deno worker' : 'deno',
    // npm's `deno` is a launcher; its script may not have run.
    executable: executableOf(`@deno/linux-${process.arch}-glibc`, 'deno'),
    args: ARGS,
    ...(worker ? { child: WORKER } : {}),
    capabilities: ['request-streams', 'uncaught-hook', ...OUR_OWN],
  });
}
