/**
 * The page's files, and of the package just what a browser imports: scripts and modules below `/js/` and `/wasm/`.
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../page/', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

/** @type {Record<string, string>} */
const MIME_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

// Plain names only. No dot at the start of a segment, no escapes and no backslash: whatever could
// lead out of the folder does not match in the first place.
const PLAIN_PATH = /^\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/**
 * @param {string} urlPath the path of the request's URL, as received
 * @returns {Promise<{ body: Buffer, type: string } | null>} the file, or null if there is none
 */
export async function readStaticFile(urlPath) {
  const file = locate(urlPath === '/' ? '/index.html' : urlPath);
  if (!file) return null;
  try {
    return { body: await readFile(file), type: MIME_TYPES[path.extname(file)] };
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/**
 * @param {string} urlPath
 * @returns {string | null}
 */
function locate(urlPath) {
  if (!PLAIN_PATH.test(urlPath)) return null;
  const extension = path.extname(urlPath);
  if (/^\/(?:js|wasm)\//.test(urlPath)) {
    return extension === '.js' || extension === '.wasm' ? path.join(PACKAGE, urlPath) : null;
  }
  return extension in MIME_TYPES ? path.join(PAGE, urlPath) : null;
}
