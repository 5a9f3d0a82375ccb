/**
 * Runs a program for a test and makes sure that it ends: `node guard.js SECONDS COMMAND ARG…` stops it,
 * and all that it started, after so many seconds or when this process's standard input ends, which it
 * also does when the test's own process is killed.
 */
import { spawn } from 'node:child_process';

/** Milliseconds between asking the program to end and killing it. */
const GRACE = 1000;

const [seconds, command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

/** @param {NodeJS.Signals} signal */
function signalGroup(signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // Nobody of it is left.
  }
}

function stop() {
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), GRACE).unref();
}

child.on('error', (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => {
  signalGroup('SIGKILL');
  process.exit(code ?? 1);
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);
process.stdin.on('end', stop).resume();
setTimeout(stop, Number(seconds) * 1000).unref();
