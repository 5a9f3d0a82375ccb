// Fake timers that are there at the import: advanced for a while, then not, then gone.
import { expect, jest, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { executableOfNode } from '../runtimes/node_versions.js';
import { feedOfTests } from './feed_of_tests.js';
import { runTool } from './project.js';

jest.setTimeout(60_000);

const child = fileURLToPath(new URL('fake_timers_child.js', import.meta.url));

const feed = feedOfTests();

test.each([
  ['sinon', '20'],
  ['sinon', '26'],
  ['sinon, one by one', '20'],
  ['sinon, one by one', '26'],
  ['node:test', '24'],
  ['node:test', '26'],
])('those of %s, in Node %s', async (kind, version) => {
  const output = await runTool([child, kind, feed.url], {
    cwd: process.cwd(),
    executable: executableOfNode(version),
    seconds: 15,
  });
  const all = 'open message tick last';
  expect(JSON.parse(output.split('\n')[0])).toEqual([all, all, all, all]);
});
