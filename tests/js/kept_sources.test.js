// What a closed source leaves behind: nothing.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const child = fileURLToPath(new URL('kept_sources_child.js', import.meta.url));

test('neither a closed source nor who closed it is kept alive, also by a signal that lives on', () => {
  const output = execFileSync(process.execPath, ['--expose-gc', child], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(JSON.parse(output)).toEqual([false, false]);
});
