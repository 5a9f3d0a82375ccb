// Gets what the benchmark needs and a normal install leaves out.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../tests/tools/child.js';
import { npmStep } from '../../tests/tools/steps_setup.js';
import { root } from './paths.js';

/** The projects with a lock file of their own. */
const PROJECTS = { 'the development packages': '.', runtimes: 'tests/runtimes', peers: 'bench' };

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{seconds?: number}} [options]
 */
async function exec(command, args, { seconds } = {}) {
  const { code, output } = await run(command, args, { seconds });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${output}`);
  return { output };
}

/**
 * Installs what differs from the lock files, and builds dist/.
 *
 * @param {(text: string) => void} tell
 */
export async function install(tell) {
  for (const [name, folder] of Object.entries(PROJECTS)) {
    const { note } = await npmStep(name, folder).run(/** @type {any} */ ({ exec }));
    if (note !== 'as locked') tell(`${name}: ${note}`);
  }
  if (isBuilt()) return;
  tell('building dist/');
  await exec('npm', ['run', '--silent', 'build'], { seconds: 300 });
  if (!existsSync(path.join(root, 'dist/index.js'))) throw new Error('npm run build made no dist/');
}

/** What dist/ is made of. */
const SOURCES = ['js', 'wasm', 'rollup.config.js', 'rollup.declarations.js', 'package.json'];

/** @param {string} file relative to the root */
function newest(file) {
  const full = path.join(root, file);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  return Math.max(...readdirSync(full).map((name) => newest(path.join(file, name))));
}

function isBuilt() {
  return newest('dist/eventsource.js') > Math.max(...SOURCES.map(newest));
}
