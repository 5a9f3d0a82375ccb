/**
 * Runs the suite in this Node process and sends the results to the parent. A process of its own, because
 * uncaught errors are part of what is observed, and so that it can be any Node with any options.
 *
 *     node [options] tests/runtimes/node_child.js --entry js/entries/index.js --config JSON
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { capabilitiesOfEntry } from './capabilities.js';
import { httpFetch } from './http_fetch.js';
import { runConfigured } from './run_configured.js';
import { onUncaughtInProcess } from './uncaught_in_process.js';

const { values } = parseArgs({
  options: {
    entry: { type: 'string', default: 'js/entries/index.js' },
    config: { type: 'string' },
  },
});
const config = {
  name: `node ${process.version} ${process.execArgv.join(' ')}`.trim(),
  ...JSON.parse(values.config ?? '{}'),
};

const hasFetch = typeof WebAssembly !== 'undefined';
// Before the entry is loaded: it may take hold of the host's fetch while it loads.
if (!hasFetch) globalThis.fetch = /** @type {any} */ (httpFetch);

const { EventSource } = await import(pathToFileURL(values.entry).href);
const results = await runConfigured(EventSource, config, {
  onUncaught: onUncaughtInProcess,
  capabilities: [
    ...(hasFetch ? ['request-streams'] : []),
    'uncaught-hook',
    ...capabilitiesOfEntry(values.entry, !process.execArgv.includes('--jitless')),
  ],
});
process.send?.(results, () => process.exit(0));
