/** Runs the suite in a Node process: this Node by default, with any options. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/server.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const LONGEST = 150_000;

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export function resultsOfChild(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: REPOSITORY,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    /** @type {import('./run_suite.js').Result[] | undefined} */
    let results;
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.on('message', (message) => {
      results = /** @type {import('./run_suite.js').Result[]} */ (message);
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      // What is thrown after the last behaviour ends the process with another code.
      if (results && code === 0) resolve(results);
      else {
        reject(new Error(`${command} ${args.join(' ')}: ended with ${code ?? signal}\n${output}`));
      }
    });
  });
}

/**
 * @param {{entry?: string, nodeOptions?: string[], executable?: string, filter?: string | null,
 *   concurrency?: number, lacks?: string[]}} [options] `entry` is relative to the repository; `lacks` are capabilities that
 *   it has not.
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export async function runInNode({
  entry = 'js/entries/index.js',
  nodeOptions = [],
  executable = process.execPath,
  filter = null,
  concurrency = 8,
  lacks = [],
} = {}) {
  const server = await startServer();
  try {
    const config = JSON.stringify({
      base: server.origin,
      crossBase: server.crossOrigin,
      controlBase: server.controlOrigin,
      filter,
      concurrency,
      lacks,
    });
    const child = fileURLToPath(new URL('node_child.js', import.meta.url));
    return await resultsOfChild(executable, [
      ...nodeOptions,
      child,
      '--entry',
      entry,
      '--config',
      config,
    ]);
  } finally {
    await server.close();
  }
}
