// The folders of the benchmark, all absolute.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const benchFolder = path.join(root, 'bench');
export const docsFolder = path.join(root, 'docs');
/** What is built for a run, and what a run that is not to be published writes. */
export const buildFolder = path.join(root, 'build/bench');

/**
 * @param {'contestants' | 'parsers' | 'insides'} kind
 * @param {string} name
 * @param {'process' | 'browser'} platform
 * @returns {string} where tools/bundle.js puts an implementation
 */
export const bundlePath = (kind, name, platform) =>
  path.join(buildFolder, platform, kind, `${name}.js`);

/**
 * @param {string} name of a peer
 * @param {'es' | 'iife'} format `iife` leaves a global called `peer`
 * @returns {string} the path of its minified bundle
 */
export const minifiedPath = (name, format) =>
  path.join(buildFolder, 'minified', format, `${name.replace(/\W+/g, '_')}.js`);
