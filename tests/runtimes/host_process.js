/**
 * Runs the suite in a process of a runtime other than the one at hand (Node of another version, Deno,
 * Bun), on the built package, as an ES module or as CommonJS.
 *
 * The results come back as one marked line on the standard output, which every runtime has, and nothing
 * else is needed of it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/server.js';
import { OUR_OWN } from './capabilities.js';
import { MARK } from './host_process_mark.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const CHILD = fileURLToPath(new URL('host_process_child.js', import.meta.url));

/** A hanging runtime shall not hang the run. */
const LONGEST = 150_000;

/** The built package, by module format. */
const ENTRIES = { esm: 'dist/index.js', cjs: 'dist/index.cjs' };

/** @typedef {keyof typeof ENTRIES} Format */

/**
 * A runtime that npm installed: in tests/runtimes, or where `$EVENTSOURCE_RUNTIMES` says.
 *
 * @param {string} name Of the package.
 * @param {string} file Inside of it.
 * @returns {string} The path of the executable.
 */
export function executableOf(name, file) {
  const { EVENTSOURCE_RUNTIMES: elsewhere } = process.env;
  const folders = [path.join(REPOSITORY, 'tests/runtimes/node_modules'), elsewhere ?? ''];
  const found = folders
    .map((folder) => path.join(folder, name, file))
    .find((each) => existsSync(each));
  if (found) return found;
  throw new Error(`${name} is not installed: there is no ${file} of it in ${folders.join(' or ')}`);
}

/** @param {import('node:child_process').ChildProcess} child */
function killGroup({ pid }) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
function resultsOfProcess(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: REPOSITORY,
      detached: true,
      env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // A group of its own is not ended together with this process.
    const kill = () => killGroup(child);
    process.once('exit', kill);
    const timer = setTimeout(kill, LONGEST);

    let output = '';
    let complaints = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (complaints += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      process.off('exit', kill);
      kill();
      const line = output.split('\n').find((each) => each.startsWith(MARK));
      // What is thrown after the last behaviour ends the process with another code.
      if (line && code === 0) resolve(JSON.parse(line.slice(MARK.length)));
      else reject(new Error(`${command}: ended with ${code ?? signal}\n${output}${complaints}`));
    });
  });
}

/**
 * @param {{name: string, executable: string, args?: string[], format?: Format,
 *   capabilities?: import('./capabilities.js').Capability[], filter?: string | null,
 *   concurrency?: number, child?: string, peer?: string | null}} runtime `args` come before the script, `capabilities` besides
 *   those that can be told from the globals, `child` is the script that takes the configuration,
 *   `peer` a module of peers/, relative to the repository, that is tested in place of the built package.
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export async function runInProcess({
  name,
  executable,
  args = [],
  format = 'esm',
  capabilities = [],
  filter = null,
  concurrency = 8,
  child = CHILD,
  peer = null,
}) {
  if (!(format in ENTRIES)) throw new Error(`no module format "${format}": there are esm and cjs`);
  const entry = path.join(REPOSITORY, peer ?? ENTRIES[format]);
  if (!existsSync(entry)) throw new Error(`there is no ${entry}: npm run build makes it`);
  const server = await startServer();
  try {
    const config = JSON.stringify({
      name: `${name}:${peer ?? format}`,
      entry,
      base: server.origin,
      crossBase: server.crossOrigin,
      controlBase: server.controlOrigin,
      capabilities: peer ? capabilities.filter((each) => !OUR_OWN.includes(each)) : capabilities,
      filter,
      concurrency,
    });
    return await resultsOfProcess(executable, [...args, child, config]);
  } finally {
    await server.close();
  }
}
