// A reconnection that is waited for keeps a process alive, unless the option `unref` says otherwise.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { executableOf } from '../runtimes/host_process.js';

const child = fileURLToPath(new URL('unref_child.js', import.meta.url));
const bunArchitecture = process.arch === 'arm64' ? 'aarch64' : process.arch;

/** @type {[string, () => string[]][]} */
const runtimes = [
  ['Node', () => [process.execPath]],
  ['Deno', () => [executableOf(`@deno/linux-${process.arch}-glibc`, 'deno'), 'run', '--allow-all']],
  ['Bun', () => [executableOf(`@oven/bun-linux-${bunArchitecture}`, 'bin/bun'), 'run']],
];

let server;
let requests = 0;
let reconnectionTime = 0;
let running;

beforeEach(async () => {
  requests = 0;
  server = createServer((_, response) => {
    requests += 1;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`retry: ${reconnectionTime}\n\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  running?.kill();
  server.closeAllConnections();
  server.close();
});

/** @param {string[]} command */
function start([executable, ...args], unref) {
  const url = `http://127.0.0.1:${server.address().port}/`;
  running = spawn(executable, [...args, child, url, String(unref)], { stdio: 'inherit' });
  return running;
}

describe.each(runtimes)('%s', (_, command) => {
  test('with unref the process ends while it waits', async () => {
    // Longer than the test may take.
    reconnectionTime = 600_000;
    const [code, signal] = await once(start(command(), true), 'exit');
    expect([code, signal, requests]).toEqual([0, null, 1]);
  }, 30_000);

  test('without, it stays and reconnects', async () => {
    reconnectionTime = 100;
    const started = start(command(), false);
    while (requests < 3) await once(server, 'request');
    expect([started.exitCode, started.signalCode]).toEqual([null, null]);
  }, 30_000);
});
