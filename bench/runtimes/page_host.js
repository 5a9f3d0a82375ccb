// Serves the pages that the jobs run in, and takes their results.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { cpuMilliseconds, cpuTimes } from '../tools/processes.js';
import { root } from '../tools/paths.js';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Only in isolation do pages get clocks that are precise. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cache-Control': 'no-store',
  'Service-Worker-Allowed': '/',
};

/**
 * @typedef {object} Pending
 * @property {any} job
 * @property {() => number[]} receivers the processes that receive
 * @property {(result: any) => void} resolve
 * @property {Map<string, number>} [cpuAtBegin]
 */

/** @param {http.IncomingMessage} request */
async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export async function startPageHost() {
  /** @type {Map<string, Pending>} */
  const pending = new Map();
  let last = 0;

  /**
   * @param {http.IncomingMessage} request
   * @returns {Promise<{type: string, body: string | Buffer}>}
   */
  async function answer(request) {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, action, id] = pathname.split('/');
    const found = pending.get(id);
    const json = (/** @type {unknown} */ value) => ({
      type: 'application/json',
      body: JSON.stringify(value ?? null),
    });
    if (found && action === 'job') return json(found.job);
    if (found && action === 'cpu-begin') {
      found.cpuAtBegin = cpuTimes(found.receivers());
      return json(0);
    }
    if (found && action === 'cpu-end') {
      return json(cpuMilliseconds(found.cpuAtBegin ?? new Map(), cpuTimes(found.receivers())));
    }
    if (found && action === 'result') {
      const result = JSON.parse(await bodyOf(request));
      found.resolve(result);
      return json(0);
    }
    const file = path.join(root, pathname);
    if (!file.startsWith(root)) throw new Error('not a file of the repository');
    return { type: TYPES[path.extname(file)] ?? 'text/plain', body: await readFile(file) };
  }

  const server = http.createServer(async (request, response) => {
    try {
      const { type, body } = await answer(request);
      response.writeHead(200, { ...HEADERS, 'Content-Type': type }).end(body);
    } catch (error) {
      response.writeHead(404, HEADERS).end(String(error));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}`;

  return {
    origin,
    /**
     * @param {any} job
     * @param {number} limit milliseconds
     * @param {() => number[]} receivers
     * @param {(url: string) => Promise<unknown>} visit
     * @returns {Promise<any>} the result
     */
    async run(job, limit, receivers, visit) {
      last += 1;
      const id = String(last);
      /** @type {NodeJS.Timeout | undefined} */
      let timer;
      try {
        const result = await new Promise((resolve, reject) => {
          pending.set(id, { job, receivers, resolve });
          timer = setTimeout(() => reject(new Error(`no result after ${limit} ms`)), limit);
          visit(`${origin}/bench/guest/page.html?job=${id}`).catch(reject);
        });
        if (result.broken) throw new Error(result.broken);
        return result;
      } finally {
        clearTimeout(timer);
        pending.delete(id);
      }
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
