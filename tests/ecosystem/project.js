/**
 * Projects that use the package, as their own tools see them: a folder of projects/ is copied to build/, with the built
 * package in its node_modules. Each program ends by itself, after so many seconds, or with the test (guard.js).
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const REPOSITORY = path.join(HERE, '../..');
const GUARD = path.join(REPOSITORY, 'tests/interop/guard.js');

/** @param {string} file of an installed package */
export const toolFile = (file) => path.join(HERE, 'node_modules', file);

/** No traffic of the tools' own, and no colours. */
export const env = {
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
  NODE_OPTIONS: '',
  NODE_V8_COVERAGE: '',
};

/**
 * @param {string} name of a folder in projects/
 * @returns {string} the copy
 */
export function makeProject(name) {
  const project = path.join(HERE, 'build', name);
  const installed = path.join(project, 'node_modules/eventsource-wasm');
  const dist = path.join(REPOSITORY, 'dist');
  if (!existsSync(dist)) throw new Error(`there is no ${dist}: npm run build makes it`);
  rmSync(project, { recursive: true, force: true });
  cpSync(path.join(HERE, 'projects', name), project, { recursive: true });
  mkdirSync(installed, { recursive: true });
  cpSync(dist, path.join(installed, 'dist'), { recursive: true });
  cpSync(path.join(REPOSITORY, 'package.json'), path.join(installed, 'package.json'));
  return project;
}

/**
 * @param {string[]} command a program of Node's and its arguments
 * @param {{cwd: string, executable?: string, seconds?: number, env?: Record<string, string>}} options
 * @returns {Promise<string>} what it said, to both outputs
 */
export function runTool(command, { cwd, executable = process.execPath, seconds = 50, ...options }) {
  const args = [GUARD, `${seconds}`, executable, ...command];
  const whole = { ...process.env, ...env, ...options.env };
  // Its parent is Jest, too, but another one.
  delete whole.JEST_WORKER_ID;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, env: whole }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      if (error) reject(new Error(`${command.join(' ')} ended with ${error.code}\n${output}`));
      else resolve(output);
    });
  });
}
