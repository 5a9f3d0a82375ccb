// A signal of another realm, which Node's fetch() refuses from Node 24 on: the stream is read without, and left.
import { expect, jest, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { executableOfNode } from '../runtimes/node_versions.js';
import { feedOfTests } from './feed_of_tests.js';
import { runTool } from './project.js';

jest.setTimeout(60_000);

const child = fileURLToPath(new URL('jsdom_child.js', import.meta.url));

const feed = feedOfTests();

test.each([
  ['20', ''],
  ['24', ''],
  ['24', 'Request'],
  ['26', ''],
  ['26', 'Request'],
])("Node %s with jsdom's AbortController, without '%s'", async (version, without) => {
  const output = await runTool([child, feed.origin, without], {
    cwd: process.cwd(),
    executable: executableOfNode(version),
  });
  expect(JSON.parse(output)).toEqual(['open undefined', 'message a', 'tick b', 'left']);
  expect(feed.requests()).toBe(2);
});
