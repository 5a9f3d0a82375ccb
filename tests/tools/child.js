// Runs programs so that none of them can outlive its time limit or this process: each is the leader
// of a process group of its own, and it is the group that gets killed.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { root } from './paths.js';

const running = new Set();

/**
 * @typedef {object} ChildResult
 * @property {number | null} code the exit code; null after a signal or when it could not start
 * @property {string} output standard output and standard error as they came
 * @property {boolean} timedOut
 * @property {number} seconds
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {number} [options.seconds] the time limit
 * @param {string} [options.log] a file that the output is appended to
 * @param {Record<string, string>} [options.env] set besides this process's own
 * @returns {Promise<ChildResult>} it never rejects
 */
export function run(command, args, { seconds = 120, log, env } = {}) {
  return new Promise((resolve) => {
    const started = performance.now();
    const file = log ? createWriteStream(log, { flags: 'a' }) : null;
    const chunks = [];
    let timedOut = false;
    let settled = false;
    const keep = (chunk) => {
      chunks.push(chunk);
      file?.write(chunk);
    };
    file?.write(`$ ${[command, ...args].join(' ')}\n`);

    const child = spawn(command, args, {
      cwd: root,
      detached: true,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid) running.add(child.pid);

    const finish = (code) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      // Whatever it left behind goes, too.
      killGroup(child.pid);
      running.delete(child.pid);
      const result = {
        code,
        output: Buffer.concat(chunks).toString(),
        timedOut,
        seconds: (performance.now() - started) / 1000,
      };
      if (file) file.end(() => resolve(result));
      else resolve(result);
    };
    const timer = setTimeout(() => {
      timedOut = true;
      keep(Buffer.from(`\n${command} was still running after ${seconds} seconds: killed\n`));
      killGroup(child.pid);
    }, seconds * 1000);

    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      keep(Buffer.from(`${command}: ${error.message}\n`));
      finish(null);
    });
    // 'close' waits for the pipes, which a stray grandchild may hold open for ever: a moment is enough.
    child.on('exit', (code) => setTimeout(finish, 2000, timedOut ? null : code).unref());
    child.on('close', (code) => finish(timedOut ? null : code));
  });
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  if (!pid) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** Kills every program that still runs. */
export function killAll() {
  for (const pid of running) killGroup(pid);
}
