/** Runs the suite in QuickJS (npm `quickjs-emscripten`), with a `fetch` given through the constructor. */
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/server.js';
import { executableOf } from './host_process.js';
import { bundleSuite, resultsOfGroup } from './workerd.js';

const CHILD = fileURLToPath(new URL('quickjs_child.js', import.meta.url));

/**
 * @param {{entry?: string, filter?: string | null, concurrency?: number}} [options] `entry` is relative
 *   to the repository.
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export async function runInQuickJS({
  entry = 'js/entries/js.js',
  filter = null,
  concurrency = 8,
} = {}) {
  const quickjs = executableOf('quickjs-emscripten', 'dist/index.mjs');
  const script = await bundleSuite('tests/runtimes/quickjs_realm.js', entry, 'iife');
  const server = await startServer();
  try {
    return await resultsOfGroup(CHILD, {
      quickjs,
      script,
      config: {
        name: `QuickJS, ${entry}`,
        base: server.origin,
        crossBase: server.crossOrigin,
        controlBase: server.controlOrigin,
        filter,
        concurrency,
      },
    });
  } finally {
    await server.close();
  }
}
