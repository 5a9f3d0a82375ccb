// Jest with its two environments and its fake timers.
import { expect, jest, test } from '@jest/globals';
import { executableOfNode } from '../runtimes/node_versions.js';
import { feedOfTests } from './feed_of_tests.js';
import { makeProject, runTool, toolFile } from './project.js';

jest.setTimeout(90_000);

const feed = feedOfTests();

test.each(['20', '26'])(
  "Node %s: with fake timers, and in jsdom's environment",
  async (version) => {
    const cwd = makeProject('jest');
    const output = await runTool([toolFile('jest/bin/jest.js'), '--ci', '--no-cache'], {
      cwd,
      executable: executableOfNode(version),
      seconds: 80,
      env: { FEED: feed.url },
    });
    expect(output).toMatch(/Tests: +17 passed, 17 total/);
    await feed.isLeft();
  },
);
