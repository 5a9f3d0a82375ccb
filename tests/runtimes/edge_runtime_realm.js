/** The suite and the entry under test, for `edge_runtime_child.js` to evaluate inside the edge runtime. */
// First: it watches what the entry does while it loads.
import { compilesBytes } from './watch_webassembly.js';
// @ts-ignore -- the driver puts an entry in its place
import { EventSource } from 'entry-under-test';
import { runConfigured } from './run_configured.js';

/** Which decides what the main entry runs on. */
export const compiles = compilesBytes;

/**
 * @param {any} config
 * @param {(listener: (error: unknown) => boolean) => (() => void)} onUncaught
 * @returns {Promise<string>} The results as JSON: objects of this realm are strangers in Node's.
 */
export async function run(config, onUncaught) {
  const results = await runConfigured(EventSource, config, {
    onUncaught,
    capabilities: ['request-streams', 'uncaught-hook'],
  });
  return JSON.stringify(results);
}
