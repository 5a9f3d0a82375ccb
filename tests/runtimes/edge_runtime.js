/** Runs the suite in npm `@edge-runtime/vm`, Vercel's edge runtime on a Node machine. */
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/server.js';
import { capabilitiesOfEntry } from './capabilities.js';
import { executableOf } from './host_process.js';
import { bundleSuite, resultsOfGroup } from './workerd.js';

const CHILD = fileURLToPath(new URL('edge_runtime_child.js', import.meta.url));

/**
 * @param {{entry?: string, strict?: boolean, filter?: string | null, concurrency?: number}} [options]
 *   `entry` is relative to the repository; `strict` forbids code generation, WebAssembly's included.
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export async function runInEdgeRuntime({
  entry = 'js/entries/index.js',
  strict = false,
  filter = null,
  concurrency = 8,
} = {}) {
  const vm = executableOf('@edge-runtime/vm', 'dist/index.js');
  const script = await bundleSuite('tests/runtimes/edge_runtime_realm.js', entry, 'iife');
  const server = await startServer();
  try {
    return await resultsOfGroup(CHILD, {
      vm,
      script,
      strict,
      config: {
        name: `edge-runtime${strict ? ', no code generation' : ''}`,
        base: server.origin,
        crossBase: server.crossOrigin,
        controlBase: server.controlOrigin,
        capabilities: capabilitiesOfEntry(entry, !strict),
        filter,
        concurrency,
      },
    });
  } finally {
    await server.close();
  }
}
