/** The start of every runtime's program: it runs the suite as its driver says. */
import { capabilitiesOfRealm } from './capabilities.js';
import { runSuite } from './run_suite.js';

/**
 * @typedef {object} Config - what a driver gives its program, as JSON
 * @property {string} name
 * @property {string} base
 * @property {string} crossBase
 * @property {string} controlBase
 * @property {string[]} [capabilities] What the driver knows of its runtime and of the implementation.
 * @property {string[]} [lacks] Capabilities that there are not.
 * @property {string | null} filter
 * @property {number} concurrency
 */

/**
 * @param {any} EventSource
 * @param {Config} config
 * @param {{onUncaught: any, baseURL?: string, fetch?: any, capabilities?: string[]}} realm What only the program knows.
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export function runConfigured(EventSource, config, { capabilities = [], ...realm }) {
  const { name, base, crossBase, controlBase, filter, concurrency, lacks = [] } = config;
  const all = [...capabilitiesOfRealm(), ...(config.capabilities ?? []), ...capabilities];
  return runSuite({
    EventSource,
    base,
    crossBase,
    filter,
    concurrency,
    environment: {
      name,
      controlBase,
      capabilities: /** @type {any} */ (all.filter((each) => !lacks.includes(each))),
      ...realm,
    },
  });
}
