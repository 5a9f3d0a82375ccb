/**
 * Runs the suite in the process it is started in and prints the results as one line. For Node, Deno and
 * Bun, which agree on all that is used here.
 *
 *     RUNTIME tests/runtimes/host_process_child.js CONFIG
 */
import { createRequire } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { capabilitiesOfRealm } from './capabilities.js';
import { MARK } from './host_process_mark.js';
import { runSuite } from './run_suite.js';
import { onUncaughtInProcess } from './uncaught_in_process.js';

const { name, entry, base, crossBase, controlBase, capabilities, filter, concurrency } = JSON.parse(
  process.argv[2],
);

const { EventSource } = entry.endsWith('.cjs')
  ? createRequire(import.meta.url)(entry)
  : await import(pathToFileURL(entry).href);

const results = await runSuite({
  EventSource,
  base,
  crossBase,
  filter,
  concurrency,
  environment: {
    name,
    controlBase,
    onUncaught: onUncaughtInProcess,
    capabilities: [...capabilitiesOfRealm(), ...capabilities],
  },
});
process.stdout.write(`${MARK}${JSON.stringify(results)}\n`, () => process.exit(0));
