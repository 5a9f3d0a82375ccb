/** Starts nginx with nginx.conf.template, in a temporary folder that holds all that it writes. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startProgram } from './program.js';

const TEMPLATE = readFileSync(new URL('nginx.conf.template', import.meta.url), 'utf8');

/**
 * @param {number} upstream The port that it passes requests on to.
 * @param {number} [port] A free one without it.
 */
export async function startNginx(upstream, port) {
  const folder = mkdtempSync(path.join(tmpdir(), 'eventsource-nginx-'));
  // Started as root, its workers are somebody else.
  chmodSync(folder, 0o755);
  const log = path.join(folder, 'error.log');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const program = {
      command: 'nginx',
      debianPackage: 'nginx-light',
      args: (/** @type {number} */ chosen) => {
        const values = { folder, upstream, port: chosen };
        const text = TEMPLATE.replace(/\$\{(\w+)\}/g, (_, name) => `${Reflect.get(values, name)}`);
        writeFileSync(path.join(folder, 'nginx.conf'), text);
        return ['-e', log, '-p', folder, '-c', path.join(folder, 'nginx.conf')];
      },
    };
    const { stop, ...nginx } = await startProgram(program, port);
    return {
      ...nginx,
      async stop() {
        await stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
