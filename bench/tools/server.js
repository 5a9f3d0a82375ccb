// The server of the streams, started in a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { benchFolder } from './paths.js';

/**
 * @typedef {object} StreamServer
 * @property {string} base the origin over HTTP/1.1
 * @property {string[]} http2 the origins over HTTP/2; none where no certificate could be made
 * @property {(workload: string, count: number) => Promise<void>} prepare
 * @property {Promise<never>} gone rejects when the process ends, and nothing can be measured any more
 * @property {() => void} stop
 */

/** @returns {Promise<StreamServer>} */
export async function startStreamServer() {
  const child = spawn(process.execPath, [path.join(benchFolder, 'server_process.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`the server of the streams ended with ${code}`);
  });
  gone.catch(() => {});
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const [line] = await Promise.race([once(child.stdout, 'data'), gone]);
  const { http: base, http2 } = JSON.parse(String(line));
  const asked = new Set();
  return {
    base,
    http2,
    async prepare(workload, count) {
      const query = `workload=${workload}&count=${count}`;
      if (asked.has(query)) return;
      asked.add(query);
      const { status } = await fetch(`${base}/prepare?${query}`);
      if (status !== 204) throw new Error(`the server cannot prepare ${query}`);
    },
    gone,
    stop() {
      process.off('exit', kill);
      kill();
    },
  };
}
