/** Starts the servers that come from the system, and waits until they listen. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const GUARD = fileURLToPath(new URL('guard.js', import.meta.url));

/** Seconds after which a forgotten server ends by itself. */
const LONGEST = 120;

/** Another process may take a free port before the server does. */
const ATTEMPTS = 3;

/** @returns {Promise<number>} A port of 127.0.0.1 that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @param {number} port */
function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/**
 * @typedef {object} Program
 * @property {string} command
 * @property {string} debianPackage What to install where it is missing.
 * @property {(port: number) => string[]} args
 * @property {Record<string, string>} [env] Besides this process's own.
 */

/**
 * @param {Program} program
 * @param {number} port
 */
async function startAt({ command, debianPackage, args, env }, port) {
  const guard = spawn(process.execPath, [GUARD, `${LONGEST}`, command, ...args(port)], {
    // Where Debian keeps servers, and users have no path to.
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(guard, 'exit');
  let output = '';
  for (const stream of [guard.stdout, guard.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const stop = async () => {
    guard.stdin.end();
    await ended;
  };
  try {
    await until(
      async () => guard.exitCode !== null || (await listens(port)),
      `${command} listens on port ${port}`,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  if (guard.exitCode === null) return { port, origin: `http://127.0.0.1:${port}`, stop };
  const hint =
    guard.exitCode === 127
      ? `The tests with real servers need it: please install it (Debian: apt-get install ${debianPackage}).`
      : '';
  throw new Error(`${command} ended with ${guard.exitCode}\n${output}${hint}`);
}

/**
 * @param {Program} program
 * @param {number} [port] A free one without it.
 * @returns {Promise<{port: number, origin: string, stop: () => Promise<void>}>}
 */
export async function startProgram(program, port) {
  if (port !== undefined) return startAt(program, port);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startAt(program, await freePort());
    } catch (error) {
      if (attempt === ATTEMPTS || /127\n/.test(String(error))) throw error;
    }
  }
}
