// The folders that the steps use, all absolute.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const buildFolder = path.join(root, 'build');
export const logFolder = path.join(buildFolder, 'logs');

/**
 * The names, sorted, of a folder's files that end in one of the extensions.
 * @param {string} folder relative to the root
 * @param {...string} extensions such as '.cpp'
 * @returns {string[]} paths relative to the root; none where there is no such folder
 */
export function filesIn(folder, ...extensions) {
  try {
    return readdirSync(path.join(root, folder))
      .filter((name) => extensions.includes(path.extname(name)))
      .sort()
      .map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

/** The programs of tests/fuzz/, by name. */
export function fuzzTargets() {
  return filesIn('tests/fuzz', '.cpp')
    .map((file) => path.basename(file, '.cpp'))
    .filter((name) => name !== 'replay_main');
}
