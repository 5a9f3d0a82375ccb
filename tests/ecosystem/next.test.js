// Next.js' edge runtime, where setImmediate() and MessageChannel are there and throw.
import { beforeAll, expect, jest, test } from '@jest/globals';
import { startProgram } from '../interop/program.js';
import { feedOfTests } from './feed_of_tests.js';
import { env, makeProject, runTool, toolFile } from './project.js';

jest.setTimeout(120_000);

const next = toolFile('next/dist/bin/next');

const feed = feedOfTests();
/** @type {string} */
let project;

beforeAll(() => {
  project = makeProject('next');
});

/** @param {string} command */
async function answerOf(command) {
  const server = await startProgram({
    command: process.execPath,
    debianPackage: 'nodejs',
    args: (port) => [next, command, project, '--port', `${port}`, '--hostname', '127.0.0.1'],
    env,
  });
  try {
    const url = `${server.origin}/stream?url=${encodeURIComponent(feed.url)}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
    expect(response.status).toBe(200);
    return await response.json();
  } finally {
    await server.stop();
  }
}

const expected = [
  ['open', null],
  ['message', 'a'],
  ['tick', 'b'],
];

test("in development, a route in Next.js' edge runtime reads a stream to the end", async () => {
  expect(await answerOf('dev')).toEqual(expected);
  await feed.isLeft();
  expect(feed.requests()).toBe(1);
});

test('and in production', async () => {
  await runTool([next, 'build', project], { cwd: project, seconds: 100 });
  expect(await answerOf('start')).toEqual(expected);
  await feed.isLeft();
  expect(feed.requests()).toBe(1);
});
