// The programs and libraries that come from the system, and how to get them on Debian.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { run } from './child.js';
import { StepFailure } from './scheduler.js';

/**
 * @typedef {object} Package
 * @property {string} name Debian's
 * @property {string[]} groups which groups of steps use it
 * @property {string} [tool] a program in it: found on the PATH, it will do without the package
 */

/** @type {Package[]} */
const packages = [
  { name: 'binaryen', tool: 'wasm-opt', groups: ['wasm'] },
  { name: 'chromium', tool: 'chromium', groups: ['jest'] },
  { name: 'clang', tool: 'clang++', groups: ['lint', 'native', 'fuzz'] },
  { name: 'clang-format', tool: 'clang-format', groups: ['lint'] },
  { name: 'clang-tidy', tool: 'clang-tidy', groups: ['lint'] },
  { name: 'cmake', tool: 'cmake', groups: ['native', 'wasm', 'fuzz'] },
  { name: 'dbus-x11', tool: 'dbus-launch', groups: ['jest'] },
  { name: 'emscripten', tool: 'em++', groups: ['lint', 'wasm'] },
  { name: 'firefox-esr', tool: 'firefox-esr', groups: ['jest'] },
  { name: 'g++', tool: 'g++', groups: ['native'] },
  { name: 'libclang-rt-dev', groups: ['native', 'fuzz'] },
  { name: 'libgtest-dev', groups: ['lint', 'native'] },
  { name: 'llvm', tool: 'llvm-cov', groups: ['native'] },
  { name: 'nginx-light', tool: 'nginx', groups: ['jest'] },
  { name: 'ninja-build', tool: 'ninja', groups: ['native', 'wasm', 'fuzz'] },
  { name: 'nlohmann-json3-dev', groups: ['lint', 'native'] },
  { name: 'php-cli', tool: 'php', groups: ['jest'] },
  { name: 'webkit2gtk-driver', tool: 'WebKitWebDriver', groups: ['jest'] },
  { name: 'xauth', tool: 'xauth', groups: ['jest'] },
  { name: 'xvfb', tool: 'xvfb-run', groups: ['jest'] },
];

/**
 * Installs what the groups' steps need and the machine lacks.
 * @param {import('./scheduler.js').Context} context
 * @param {string[]} groups
 */
export async function installPackages(context, groups) {
  const needed = packages.filter((item) => item.groups.some((group) => groups.includes(group)));
  const debian = onPath('dpkg-query') && onPath('apt-get');
  const missing = [];
  for (const item of needed) {
    if (item.tool && onPath(item.tool)) continue;
    // Elsewhere nobody knows about libraries but the build itself.
    if (debian ? await isInstalled(item.name) : !item.tool) continue;
    missing.push(item);
  }
  if (missing.length === 0) return { note: 'all there' };

  const names = missing.map(({ name }) => name);
  if (!debian) {
    const tools = missing.map(({ tool }) => tool).join(', ');
    throw new StepFailure(`these programs are missing: ${tools}. Please install them.`);
  }
  const prefix = await privilege();
  if (prefix === null) {
    throw new StepFailure(
      `packages are missing. As root, please run:\n  apt-get install ${names.join(' ')}`,
    );
  }
  console.log(`installing ${names.join(' ')}`);
  const apt = (args, seconds) =>
    context.exec(prefix[0] ?? 'env', [...prefix.slice(1), ...aptEnvironment, 'apt-get', ...args], {
      seconds,
    });
  await apt(['update'], 300);
  await apt(['install', '-y', '--no-install-recommends', ...names], 1200);
  return { note: `installed ${names.length}` };
}

const aptEnvironment = ['DEBIAN_FRONTEND=noninteractive'];

/** What goes before a command to run it as root: nothing, sudo, or null where neither will do. */
async function privilege() {
  if (process.getuid?.() === 0) return [];
  if (!onPath('sudo')) return null;
  const { code } = await run('sudo', ['-n', 'true'], { seconds: 10 });
  return code === 0 ? ['sudo', '-n', 'env'] : null;
}

async function isInstalled(name) {
  const { code, output } = await run('dpkg-query', ['-W', '-f', '${db:Status-Abbrev}\n', name]);
  return code === 0 && /^.i/m.test(output);
}

function onPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
