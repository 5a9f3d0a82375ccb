// Bundlers, with their own settings for browsers: what they make reads a stream. (Rollup is in Vite.)
import path from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { feedOfTests } from './feed_of_tests.js';
import { makeProject, runTool } from './project.js';

jest.setTimeout(60_000);

const feed = feedOfTests();
const cwd = makeProject('bundled');

test.each([
  ['webpack', ['imported.js', 'required.cjs']],
  ['esbuild', ['imported.js', 'required.cjs']],
  ['vite', ['imported.js']],
])('%s bundles %j, and the events arrive', async (bundler, files) => {
  const folder = `made/${bundler}`;
  await runTool(['build.js', bundler, folder, ...files], { cwd });
  for (const file of files) {
    const made = `${folder}/${path.parse(file).name}.js`;
    const output = await runTool(['run.js', made], { cwd, env: { FEED: feed.url } });
    expect(JSON.parse(output)).toEqual([
      ['open', null],
      ['message', 'a'],
      ['tick', 'b'],
      ['last', ''],
    ]);
  }
  await feed.isLeft();
  expect(feed.requests()).toBe(files.length);
});
