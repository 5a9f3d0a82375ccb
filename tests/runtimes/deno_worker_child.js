/**
 * Runs the suite in a worker of the Deno that it is started in, and prints the results as one line.
 *
 *     deno run tests/runtimes/deno_worker_child.js CONFIG
 */
import process from 'node:process';
import { MARK } from './host_process_mark.js';

const worker = new Worker(new URL('deno_worker_realm.js', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => {
  process.stdout.write(`${MARK}${data}\n`, () => process.exit(0));
};
worker.postMessage(process.argv[2]);
