/** The suite and the entry under test, for `edge_runtime_child.js` to evaluate inside the edge runtime. */
// @ts-ignore -- the driver puts an entry in its place
import { EventSource } from 'entry-under-test';
import { capabilitiesOfRealm, OUR_OWN } from './capabilities.js';
import { runSuite } from './run_suite.js';

/** Whether this realm compiles bytes, which decides what the main entry runs on. */
export const compiles = (() => {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
  } catch {
    return false;
  }
})();

/**
 * @param {any} config
 * @param {(listener: (error: unknown) => boolean) => (() => void)} onUncaught
 * @returns {Promise<string>} The results as JSON: objects of this realm are strangers in Node's.
 */
export async function run({ name, base, crossBase, controlBase, filter, concurrency }, onUncaught) {
  const results = await runSuite({
    EventSource,
    base,
    crossBase,
    filter,
    concurrency,
    environment: {
      name,
      controlBase,
      onUncaught,
      capabilities: [...capabilitiesOfRealm(), 'uncaught-hook', ...OUR_OWN],
    },
  });
  return JSON.stringify(results);
}
