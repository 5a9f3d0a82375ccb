/**
 * Runs the suite over React Native's own XMLHttpRequest, in a Node process: `tests/react_native/` stands in for the
 * native side of it.
 */
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/server.js';
import { withTraits } from './browser/drive.js';
import { resultsOfChild } from './node.js';

const CHILD = fileURLToPath(new URL('react_native_child.js', import.meta.url));

/** @type {Record<string, string>} */
const TRAITS = {
  'response.type-other-charset':
    "React Native's native side decodes by the charset of the Content-Type, and its XMLHttpRequest has no overrideMimeType()",
  'listeners.aborted-signal': "React Native's AbortSignal has no static abort()",
  'redirect.manual':
    "React Native's fetch() reads a Blob, which the stand-in for its native side has none of",
  'fetch.abort': "React Native's AbortSignal has no reason",
};

/**
 * @param {{platform?: string, entry?: string, filter?: string | null, concurrency?: number}} [options] `platform` is
 *   ios or android, `entry` relative to the repository.
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export async function runInReactNative({
  platform = 'ios',
  entry = 'js/entries/react_native.js',
  filter = null,
  concurrency = 8,
} = {}) {
  const server = await startServer();
  try {
    const config = JSON.stringify({
      base: server.origin,
      crossBase: server.crossOrigin,
      controlBase: server.controlOrigin,
      filter,
      concurrency,
    });
    const args = ['--platform', platform, '--entry', entry, '--config', config];
    return withTraits(await resultsOfChild(process.execPath, [CHILD, ...args]), TRAITS, true);
  } finally {
    await server.close();
  }
}
