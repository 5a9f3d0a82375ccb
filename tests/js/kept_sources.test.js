// What sources leave behind that were closed, or that nobody holds and nobody feeds: nothing.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';

const child = fileURLToPath(new URL('kept_sources_child.js', import.meta.url));

/** @type {any} */
let kept;

beforeAll(() => {
  const output = execFileSync(process.execPath, ['--expose-gc', child], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  kept = JSON.parse(output);
});

test('neither a closed source nor who closed it is kept alive, also by a signal that lives on', () => {
  expect(kept.views).toEqual([false, false]);
});

test('a source that is dropped while its stream is open is collected where nobody feeds it, and its connection too', () => {
  const [given, fetched] = kept.sources;
  expect({ given, fetched, handles: kept.handles }).toEqual({
    given: false,
    fetched: false,
    handles: [3, 1],
  });
});

test('one that a server may still send something lives on and hears it', () => {
  expect(kept.sources[2]).toBe(true);
  expect(kept.heard).toEqual({ given: 1, fetched: 1, served: 2 });
});
