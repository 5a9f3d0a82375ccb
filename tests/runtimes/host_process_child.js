/**
 * Runs the suite in the process it is started in and prints the results as one line. For Node, Deno and
 * Bun, which agree on all that is used here.
 *
 *     RUNTIME tests/runtimes/host_process_child.js CONFIG
 */
import { createRequire } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { MARK } from './host_process_mark.js';
import { runConfigured } from './run_configured.js';
import { onUncaughtInProcess } from './uncaught_in_process.js';

const { entry, ...config } = JSON.parse(process.argv[2]);

const { EventSource } = entry.endsWith('.cjs')
  ? createRequire(import.meta.url)(entry)
  : await import(pathToFileURL(entry).href);

const results = await runConfigured(EventSource, config, { onUncaught: onUncaughtInProcess });
process.stdout.write(`${MARK}${JSON.stringify(results)}\n`, () => process.exit(0));
