// One file of each implementation, so that every runtime loads the very same code in the same way.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { contestants } from '../contestants/index.js';
import { insides } from '../insides/index.js';
import { parsers } from '../parsers/index.js';
import { benchFolder, bundlePath } from './paths.js';

/** Resolved as each kind of runtime resolves them. */
const CONDITIONS = {
  process: ['node', 'import', 'module', 'default'],
  browser: ['browser', 'import', 'module', 'default'],
};

/** @typedef {keyof typeof CONDITIONS} Platform */

/** This package says that its modules have no side effects, which is true of dist/ and not of js/. */
const ownModules = {
  name: 'own-modules',
  /** @param {string} id @param {string | undefined} importer */
  resolveId(id, importer) {
    if (!id.startsWith('../') || !importer?.startsWith(benchFolder)) return null;
    const file = path.resolve(path.dirname(importer), id);
    return file.includes('node_modules') ? null : { id: file, moduleSideEffects: true };
  },
};

/**
 * @param {string} input
 * @param {Platform} platform
 * @param {import('rollup').OutputOptions & {file: string}} output
 * @param {import('rollup').Plugin[]} [plugins] besides those that find and read packages
 */
export async function bundle(input, platform, output, plugins = []) {
  const bundled = await rollup({
    input,
    external: /^node:/,
    plugins: [
      ...plugins,
      ownModules,
      nodeResolve({
        // What is not a file of ours is resolved as a file of this folder would.
        rootDir: benchFolder,
        browser: platform === 'browser',
        exportConditions: CONDITIONS[platform],
        preferBuiltins: true,
      }),
      commonjs(),
    ],
    onwarn() {
      // Circular imports and the like of somebody else's code.
    },
  });
  mkdirSync(path.dirname(output.file), { recursive: true });
  await bundled.write({ format: 'es', ...output });
  await bundled.close();
}

/** Bundles everything that takes part. */
export async function bundleAll() {
  const kinds = { contestants, parsers, insides };
  for (const platform of /** @type {Platform[]} */ (Object.keys(CONDITIONS))) {
    for (const [kind, members] of Object.entries(kinds)) {
      for (const [name, { onlyIn }] of Object.entries(members)) {
        if (onlyIn && onlyIn !== platform) continue;
        await bundle(path.join(benchFolder, kind, `${name}.js`), platform, {
          file: bundlePath(/** @type {'parsers'} */ (kind), name, platform),
        });
      }
    }
  }
}
