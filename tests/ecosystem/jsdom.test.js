// A signal of another realm, which Node's fetch() refuses from Node 24 on: the stream is read without, and left.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { executableOfNode } from '../runtimes/node_versions.js';
import { startFeed } from './feed.js';
import { runTool } from './project.js';

jest.setTimeout(60_000);

const child = fileURLToPath(new URL('jsdom_child.js', import.meta.url));

/** @type {Awaited<ReturnType<typeof startFeed>>} */
let feed;

beforeAll(async () => {
  feed = await startFeed();
});

afterAll(() => feed?.close());

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
