// Loads a package of this folder in a process, without bundling it.
import { createRequire } from 'node:module';
import path from 'node:path';

/** Every job's process runs in the root of the repository. */
const folder = path.resolve('bench/node_modules');

/**
 * @param {string} file of a package that is made of CommonJS; not just its name, of which Bun may have a
 *   stand-in of its own
 * @returns {any}
 */
export const installed = (file) => createRequire(`${folder}/`)(path.join(folder, file));
