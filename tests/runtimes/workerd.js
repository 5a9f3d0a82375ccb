/** Runs the suite in workerd, the engine of Cloudflare Workers, at a compatibility date. */
import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/server.js';
import { capabilitiesOfEntry } from './capabilities.js';
import { executableOf } from './host_process.js';

const LONGEST = 150_000;
const START = 20_000;

/** Of two dates: before the first one that compiles bytes, and the newest that the package knows. */
export const OLDEST_DATE = '2024-01-01';
export const NEWEST_DATE = 'newest';
const COMPILES_SINCE = '2025-06-01';

/** @param {string} relative */
const inRepository = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/**
 * The suite and the entry under test as one script.
 *
 * @param {string} input Relative to the repository; it imports 'entry-under-test'.
 * @param {string} entry Relative to the repository.
 * @param {'es' | 'iife'} format
 * @returns {Promise<string>}
 */
export async function bundleSuite(input, entry, format) {
  const { rollup } = await import('rollup');
  const made = await rollup({
    input: inRepository(input),
    external: (id) => id.endsWith('.wasm'),
    plugins: [
      {
        name: 'entry-under-test',
        resolveId: (id) => (id === 'entry-under-test' ? inRepository(entry) : null),
      },
    ],
  });
  const { output } = await made.generate({
    format,
    strict: true,
    name: 'eventsourceSuite',
    exports: 'auto',
    paths: (id) => (id.endsWith('.wasm') ? `./${path.basename(id)}` : id),
  });
  await made.close();
  return output[0].code;
}

/** @param {import('node:child_process').ChildProcess} child With all that it started. */
function killGroup(child) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/**
 * @param {string} script For this Node, in a process group of its own; it sends its results.
 * @param {object} message What is sent to it.
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export function resultsOfGroup(script, message) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    // A group of its own is not ended together with this process.
    const kill = () => killGroup(child);
    process.once('exit', kill);
    const timer = setTimeout(kill, LONGEST);
    /** @type {import('./run_suite.js').Result[] | undefined} */
    let results;
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.on('message', (answer) => {
      results = /** @type {import('./run_suite.js').Result[]} */ (answer);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      process.off('exit', kill);
      kill();
      if (results && code === 0) resolve(results);
      else reject(new Error(`${script}: ended with ${code ?? signal}\n${output}`));
    });
    child.send(message);
  });
}

/**
 * @param {string} executable
 * @returns {Promise<string>} The newest compatibility date that it knows, which is its version.
 */
async function newestDate(executable) {
  const child = spawn(executable, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), START);
  let output = '';
  try {
    for await (const text of child.stdout) output += text;
  } finally {
    clearTimeout(timer);
  }
  const date = /\d{4}-\d\d-\d\d/.exec(output)?.[0];
  if (date === undefined) throw new Error(`workerd --version says: ${output}`);
  return date;
}

/**
 * @param {string} date
 * @param {string[]} flags
 */
function configuration(date, flags) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "suite", worker = (
      modules = [
        (name = "worker.js", esModule = embed "worker.js"),
        (name = "core.wasm", wasm = embed "core.wasm"),
      ],
      compatibilityDate = "${date}",
      compatibilityFlags = ${JSON.stringify(flags)},
    )),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "suite")],
);
`;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} The port that it listens on, as its control pipe says.
 */
function portOf(child) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('workerd did not start in time')), START);
    let control = '';
    child.stdio[3]?.on('data', (text) => {
      control += text;
      const port = /"event":\s*"listen".*?"port":\s*(\d+)/.exec(control)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`workerd ended with ${code ?? signal}`));
    });
  });
}

/**
 * @param {number} port
 * @param {object} config
 * @returns {Promise<{results: import('./run_suite.js').Result[], compiles: boolean}>}
 */
function ask(port, config) {
  return new Promise((resolve, reject) => {
    // Node's fetch() gives up when the answer's head is long in coming.
    const sent = request(
      { host: '127.0.0.1', port, method: 'POST', agent: false },
      async (response) => {
        try {
          const text = Buffer.concat(await response.toArray()).toString();
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`the worker answered ${response.statusCode}: ${text}`));
        } catch (error) {
          reject(error);
        }
      },
    );
    sent.setTimeout(LONGEST, () => sent.destroy(new Error(`not over after ${LONGEST} ms`)));
    sent.on('error', reject);
    sent.end(JSON.stringify(config));
  });
}

/**
 * @param {string} executable
 * @param {string} folder
 * @param {object} config For the worker.
 */
async function resultsOf(executable, folder, config) {
  const child = spawn(executable, ['serve', '--control-fd=3', path.join(folder, 'config.capnp')], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const kill = () => killGroup(child);
  process.once('exit', kill);
  let output = '';
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (output += text));
  try {
    return await ask(await portOf(child), config);
  } catch (error) {
    throw new Error(`${/** @type {Error} */ (error).message}\n${output.slice(0, 5000)}`, {
      cause: error,
    });
  } finally {
    kill();
    await ended;
    process.off('exit', kill);
  }
}

/**
 * @param {{entry?: string, peer?: string | null, date?: string, flags?: string[], filter?: string | null,
 *   concurrency?: number, worker?: string}} [options] `entry` is relative to the repository, `date` a compatibility date or
 *   'newest', `flags` are compatibility flags; `peer` is a module of peers/ that is tested in place of the entry;
 *   `worker` is the program, which answers with results.
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export async function runInWorkerd({
  entry = 'js/entries/index.js',
  peer = null,
  date = NEWEST_DATE,
  flags = [],
  filter = null,
  concurrency = 8,
  worker = 'tests/runtimes/workerd_worker.js',
} = {}) {
  // The package itself is a script that looks for this.
  const executable = executableOf('@cloudflare/workerd-linux-64', 'bin/workerd');
  const compatibilityDate = date === NEWEST_DATE ? await newestDate(executable) : date;
  const compilesThen = compatibilityDate >= COMPILES_SINCE;
  const folder = await mkdtemp(path.join(tmpdir(), 'eventsource-workerd-'));
  const server = await startServer();
  try {
    const code = await bundleSuite(worker, peer ?? entry, 'es');
    await writeFile(path.join(folder, 'worker.js'), code);
    await copyFile(inRepository('wasm/core.wasm'), path.join(folder, 'core.wasm'));
    await writeFile(path.join(folder, 'config.capnp'), configuration(compatibilityDate, flags));
    const { results, compiles } = await resultsOf(executable, folder, {
      name: ['workerd', compatibilityDate, ...flags].join(' '),
      capabilities: peer ? [] : capabilitiesOfEntry(entry, compilesThen),
      base: server.origin,
      crossBase: server.crossOrigin,
      controlBase: server.controlOrigin,
      filter,
      concurrency,
    });
    // Else the run would not show what it is for.
    if (compiles !== compilesThen) {
      throw new Error(`workerd at ${compatibilityDate}: compiles bytes at start-up: ${compiles}`);
    }
    return results;
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
