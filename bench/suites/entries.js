// How each implementation is loaded and begun by the start suite.
import path from 'node:path';
import { benchFolder, minifiedPath, root } from '../tools/paths.js';

/**
 * @typedef {object} Entry
 * @property {string} installed the file that Node and Bun import
 * @property {string} module the single file that Deno and pages import
 * @property {string} [script] the one that a classic service worker imports
 * @property {string} [global] what the script defines
 * @property {string} name of the export
 * @property {'construct' | 'call'} begin
 */

/**
 * @param {string} file
 * @returns {string}
 */
const installed = (file) => path.join(benchFolder, 'node_modules', file);

/**
 * @param {string} name of the package
 * @param {string} file of it
 * @param {string} exported
 * @param {Entry['begin']} [begin]
 * @returns {Entry}
 */
const peer = (name, file, exported, begin = 'construct') => ({
  installed: installed(`${name}/${file}`),
  module: minifiedPath(name, 'es'),
  script: minifiedPath(name, 'iife'),
  global: 'peer',
  name: exported,
  begin,
});

/** @type {Record<string, Entry>} by the names of contestants/index.js */
export const entries = {
  eventsource_wasm: {
    installed: path.join(root, 'dist/index.js'),
    module: path.join(root, 'dist/index.js'),
    script: path.join(root, 'dist/eventsource.js'),
    global: 'eventsourceWasm',
    name: 'EventSource',
    begin: 'construct',
  },
  eventsource_wasm_js: {
    installed: path.join(root, 'dist/js.js'),
    module: path.join(root, 'dist/js.js'),
    name: 'EventSource',
    begin: 'construct',
  },
  eventsource: peer('eventsource', 'dist/index.js', 'EventSource'),
  eventsource_client: peer('eventsource-client', 'dist/node.cjs.mjs', 'createEventSource', 'call'),
  event_source_polyfill: peer('event-source-polyfill', 'src/eventsource.js', 'EventSourcePolyfill'),
};
