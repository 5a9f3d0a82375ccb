// Which Buffer is taken: the host's own, and none that only looks like it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const module = new URL('../../js/core/host_buffer.js', import.meta.url).href;

/** @param {string} setUp - run before the module loads */
async function taken(setUp) {
  const script = `${setUp};
    const { HostBuffer } = await import(${JSON.stringify(module)});
    process.stdout.write(typeof HostBuffer);`;
  const args = ['--input-type=module', '-e', script];
  return (await promisify(execFile)(process.execPath, args)).stdout;
}

test.each([
  ["Node's own", 'function', ''],
  ['none', 'undefined', 'delete globalThis.Buffer'],
  ['one without the method', 'undefined', 'delete Buffer.prototype.utf8Slice'],
  [
    'one that drops a byte order mark',
    'undefined',
    `Buffer.prototype.utf8Slice = function (from, to) {
      return new TextDecoder().decode(this.subarray(from, to));
    }`,
  ],
  [
    'none where the host is Deno, whose own is not even touched',
    'undefined',
    `globalThis.Deno = {};
    Object.defineProperty(globalThis, 'Buffer', { get: () => process.stdout.write('touched ') })`,
  ],
  ['one that throws', 'undefined', 'Buffer.from = () => { throw new Error("no") }'],
])('%s: %s', async (_, type, setUp) => {
  expect(await taken(setUp)).toBe(type);
});
