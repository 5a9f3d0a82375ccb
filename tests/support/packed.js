// The package as users get it: packed, and unpacked where compilers, bundlers and Node look for it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string} name - for the folder
 * @returns {{folder: string, tarball: string}} a new folder below build/, whose node_modules has the package
 */
export function unpackPackage(name) {
  mkdirSync(path.join(root, 'build'), { recursive: true });
  const folder = mkdtempSync(path.join(root, 'build', `${name}-`));
  const target = path.join(folder, 'node_modules', 'eventsource-wasm');
  mkdirSync(target, { recursive: true });
  const [{ filename }] = JSON.parse(
    execFileSync(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--silent', '--pack-destination', folder],
      { cwd: root, encoding: 'utf8' },
    ),
  );
  const tarball = path.join(folder, filename);
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  return { folder, tarball };
}
