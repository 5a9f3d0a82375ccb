/** Which versions were compared. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @param {string} folder Relative to tests/runtimes. @returns {string} */
function versionOfPackage(folder) {
  const file = new URL(`../${folder}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/** @param {string} program @returns {string} What it says itself. */
function versionOfProgram(program) {
  const output = execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return /\d+(\.\d+)+/.exec(output)?.[0] ?? output.trim();
}

/** WebKitGTK's programs do not tell. @returns {string} */
function versionOfWebKitGTK() {
  const args = ['-W', '-f', '${Version}', 'webkit2gtk-driver'];
  return execFileSync('dpkg-query', args, { encoding: 'utf8' }).split('-')[0];
}

/** @returns {[name: string, version: string][]} */
export function versions() {
  return [
    ['Chromium', versionOfProgram('/usr/bin/chromium')],
    ['Firefox ESR', versionOfProgram('/usr/bin/firefox-esr')],
    ['WebKitGTK', versionOfWebKitGTK()],
    ['Node', versionOfPackage('node_modules/node26')],
    ['Deno', versionOfPackage(`node_modules/@deno/linux-${process.arch}-glibc`)],
    ['workerd', versionOfPackage('node_modules/@cloudflare/workerd-linux-64')],
    ['eventsource', versionOfPackage('peers/node_modules/eventsource')],
    ['event-source-polyfill', versionOfPackage('peers/node_modules/event-source-polyfill')],
    ['undici', versionOfPackage('peers/node_modules/undici')],
  ];
}
