// The option `signal`: what many sources do to one signal, and what it does to them.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const child = fileURLToPath(new URL('signal_option_child.js', import.meta.url));

test('1,000 sources on one signal: no warning, none kept alive, and all closed by it', () => {
  const output = execFileSync(process.execPath, ['--expose-gc', child], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(JSON.parse(output)).toEqual({
    warnings: [],
    closedKept: 0,
    droppedKept: 0,
    closedByIt: 1000,
    listenersLeft: 0,
  });
});
