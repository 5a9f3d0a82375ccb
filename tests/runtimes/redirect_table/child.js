/**
 * Measures in the process it is started in, and prints what it saw as one line. For Node, Deno and Bun.
 *
 *     RUNTIME tests/runtimes/redirect_table/child.js CONFIG
 */
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { MARK } from '../host_process_mark.js';
import { measureRedirects } from './measure.js';

const { entry, base, crossBase, controlBase } = JSON.parse(process.argv[2]);
const { EventSource } = await import(pathToFileURL(entry).href);
const seen = await measureRedirects({
  EventSource,
  isOurs: true,
  hasCookies: false,
  base,
  crossBase,
  controlBase,
});
process.stdout.write(`${MARK}${JSON.stringify(seen)}\n`, () => process.exit(0));
