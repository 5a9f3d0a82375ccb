// Vitest with its environment of jsdom, whose AbortController is not that of Node's fetch(), and with its fake timers.
import { expect, jest, test } from '@jest/globals';
import { executableOfNode } from '../runtimes/node_versions.js';
import { feedOfTests } from './feed_of_tests.js';
import { makeProject, runTool, toolFile } from './project.js';

jest.setTimeout(90_000);

const feed = feedOfTests();

test.each(['20', '26'])(
  "Node %s: tests in jsdom's environment, with fake timers",
  async (version) => {
    const cwd = makeProject('vitest');
    const output = await runTool([toolFile('vitest/vitest.mjs'), 'run'], {
      cwd,
      executable: executableOfNode(version),
      seconds: 80,
      env: { FEED: feed.url },
    });
    expect(output).toMatch(/Tests +5 passed \(5\)/);
    await feed.isLeft();
  },
);
