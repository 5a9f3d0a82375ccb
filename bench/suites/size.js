// What a page loads: the files of dist/, and the peers bundled and minified with the same tools.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import terser from '@rollup/plugin-terser';
import { bundle } from '../tools/bundle.js';
import { minifiedPath, root } from '../tools/paths.js';

/** @typedef {{file: string, raw: number, gzip: number, brotli: number}} Size in bytes */

/** What of each peer is needed for the same purpose. */
export const PEERS = {
  eventsource: { from: 'eventsource', names: ['EventSource'] },
  'event-source-polyfill': { from: 'event-source-polyfill', names: ['EventSourcePolyfill'] },
  'eventsource-client': { from: 'eventsource-client', names: ['createEventSource'] },
  '@microsoft/fetch-event-source': {
    from: '@microsoft/fetch-event-source',
    names: ['fetchEventSource'],
  },
};

/** What is safe for anybody's code. */
const minify = () =>
  terser({
    ecma: 2020,
    keep_classnames: true,
    compress: { passes: 2 },
    format: { ascii_only: true },
  });

/** Makes what minifiedPath() tells. */
export async function minifyPeers() {
  for (const [name, { from, names }] of Object.entries(PEERS)) {
    const input = `\0${from}`;
    const entry = {
      name: 'entry',
      resolveId: (/** @type {string} */ id) => (id === input ? id : null),
      load: (/** @type {string} */ id) =>
        id === input ? `export { ${names.join(', ')} } from '${from}';` : null,
    };
    for (const format of /** @type {const} */ (['es', 'iife'])) {
      const file = minifiedPath(name, format);
      await bundle(input, 'browser', { file, format, name: 'peer' }, [entry, minify()]);
    }
  }
}

/** @param {string} file */
function sizeOf(file) {
  const code = readFileSync(file);
  return {
    raw: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}

/** @returns {Promise<{ours: Size[], peers: Size[]}>} */
export async function measureSizes() {
  const dist = path.join(root, 'dist');
  const ours = readdirSync(dist)
    .filter((file) => /\.(c?js|wasm)$/.test(file))
    .sort()
    .map((file) => ({ file: `dist/${file}`, ...sizeOf(path.join(dist, file)) }));
  const peers = Object.keys(PEERS).map((name) => ({
    file: name,
    ...sizeOf(minifiedPath(name, 'es')),
  }));
  return { ours, peers };
}
