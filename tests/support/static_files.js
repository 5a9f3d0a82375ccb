/**
 * Serves the folders that a browser under test has to import, and pages to import them from.
 *
 * Only what is listed is reachable: the server is for tests, but it runs on developers' machines.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['js', 'wasm', 'dist', 'tests/runtimes'];

/** @type {Record<string, string>} */
const TYPES = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.cjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.html': 'text/html; charset=utf-8',
};

/**
 * A file that exists only in memory: a driver's page, worker script or bundle. `caching` is its
 * Cache-Control, `no-store` by default, with which Firefox puts no page into its back/forward cache.
 *
 * @typedef {{type: string, body: string, caching?: string}} MemoryFile
 */

/**
 * @param {URL} url
 * @param {Map<string, MemoryFile>} memory
 * @returns {Promise<{type: string, body: string | Buffer, caching?: string} | null>}
 */
async function find(url, memory) {
  const kept = memory.get(url.pathname);
  if (kept) return kept;
  if (url.pathname === '/blank') {
    return { type: TYPES['.html'], body: '<!doctype html><title>blank</title>' };
  }
  const path = normalize(decodeURIComponent(url.pathname)).slice(1);
  if (!FOLDERS.some((folder) => path.startsWith(`${folder}/`))) return null;
  try {
    const body = await readFile(join(REPOSITORY, path));
    return { type: TYPES[extname(path)] ?? 'application/octet-stream', body };
  } catch {
    return null;
  }
}

/**
 * `?csp=` sets a Content-Security-Policy on whatever is served, a page or a worker script alike.
 *
 * @param {URL} url
 * @param {import('node:http').ServerResponse} response
 * @param {Map<string, MemoryFile>} memory
 */
export async function serveFile(url, response, memory) {
  const file = await find(url, memory);
  if (file === null) {
    response.writeHead(404, { 'Content-Type': 'text/plain' });
    response.end(`nothing at ${url.pathname}\n`);
    return;
  }
  response.setHeader('Content-Type', file.type);
  response.setHeader('Cache-Control', file.caching ?? 'no-store');
  const policy = url.searchParams.get('csp');
  if (policy !== null) {
    response.setHeader('Content-Security-Policy', policy.replace(/[\r\n]/g, ' '));
  }
  response.end(file.body);
}
