// Node, Deno and Bun: each job in a process of its own.
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { executableOf } from '../../tests/runtimes/host_process.js';
import { RESULT_MARK } from '../guest/mark.js';
import { benchFolder, bundlePath, root } from '../tools/paths.js';

const GUEST = path.join(benchFolder, 'guest/process_main.js');

const ENVIRONMENT = {
  NO_COLOR: '1',
  NODE_NO_WARNINGS: '1',
  DENO_NO_UPDATE_CHECK: '1',
  // Without it, Bun has 256 requests at a time, and the others wait.
  BUN_CONFIG_MAX_HTTP_REQUESTS: '20000',
};

/**
 * @typedef {object} Runtime
 * @property {string} title with its version
 * @property {'process' | 'browser'} platform
 * @property {() => Promise<Session>} open
 *
 * @typedef {object} Session
 * @property {(job: any, limit: number) => Promise<any>} run gives the job's result; rejects when there is
 *   none after `limit` milliseconds
 * @property {(kind: 'contestants' | 'parsers' | 'insides', name: string) => string} moduleOf
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} limit milliseconds
 * @returns {Promise<string>} what it printed
 */
export function outputOf(command, args, limit) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      detached: true,
      env: { ...process.env, ...ENVIRONMENT },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    };
    // A group of its own is not ended together with this process.
    process.once('exit', kill);
    const timer = setTimeout(kill, limit);
    let output = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (complaints += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      process.off('exit', kill);
      if (code === 0) resolve(output);
      else reject(new Error(`it ended with ${code ?? signal}: ${complaints.trim().slice(-600)}`));
    });
  });
}

/** @param {string} output */
export function resultIn(output) {
  const line = output.split('\n').find((each) => each.startsWith(RESULT_MARK));
  if (!line) throw new Error(`it gave no result: ${output.slice(-300)}`);
  return JSON.parse(line.slice(RESULT_MARK.length));
}

/**
 * @param {string} title
 * @param {string} executable
 * @param {string[]} args before the script
 * @param {{[suite: string]: string[]}} [flags] more of them, for one suite
 * @returns {Runtime & {executable: string, args: string[]}}
 */
function processRuntime(title, executable, args, flags = {}) {
  return {
    title,
    platform: 'process',
    executable,
    args,
    open: async () => ({
      run: async (job, limit) =>
        resultIn(
          await outputOf(
            executable,
            [...args, ...(flags[job.suite] ?? []), GUEST, JSON.stringify(job)],
            limit,
          ),
        ),
      moduleOf: (kind, name) => pathToFileURL(bundlePath(kind, name, 'process')).href,
      close: async () => {},
    }),
  };
}

/** @param {string} executable */
const versionOf = (executable) =>
  execFileSync(executable, ['--version'], { encoding: 'utf8' }).match(/\d+\.\d+\.\d+/)?.[0] ?? '';

/** @param {string} major */
export function node(major) {
  const isThis = process.versions.node.startsWith(`${major}.`);
  const executable = isThis ? process.execPath : executableOf(`node${major}`, 'bin/node');
  // With a garbage collector to call. Where nobody does, Node must not have this flag: it would compile
  // its own modules anew rather than take them from its cache, and start in twice the time.
  const flags = { memory: ['--expose-gc'] };
  return processRuntime(`Node ${versionOf(executable)}`, executable, [], flags);
}

export function deno() {
  const executable = executableOf(`@deno/linux-${process.arch}-glibc`, 'deno');
  const args = ['run', '--quiet', '--allow-all', '--no-config', '--no-lock', '--no-remote'];
  return processRuntime(`Deno ${versionOf(executable)}`, executable, args);
}

export function bun() {
  const architecture = process.arch === 'arm64' ? 'aarch64' : process.arch;
  const executable = executableOf(`@oven/bun-linux-${architecture}`, 'bin/bun');
  return processRuntime(`Bun ${versionOf(executable)}`, executable, ['run', '--no-install']);
}
