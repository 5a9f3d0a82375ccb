/** A script in PHP, run by PHP's own server: each response ends, and the next one resumes after it. */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram } from './program.js';
import { closeAll, subscribe } from './subscriber.js';

jest.setTimeout(40_000);

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const CLOSED = 2;

const gates = mkdtempSync(path.join(tmpdir(), 'eventsource-php-'));
/** @type {Awaited<ReturnType<typeof startProgram>>} */
let php;

beforeAll(async () => {
  php = await startProgram({
    command: 'php',
    debianPackage: 'php-cli',
    // What a server in production has: errors go to the log.
    args: (port) => ['-d', 'display_errors=0', '-S', `127.0.0.1:${port}`, '-t', FOLDER],
    // With a single worker, a response that is just being given up would hold up the next.
    env: { SSE_GATES: gates, PHP_CLI_SERVER_WORKERS: '3' },
  });
});

afterEach(closeAll);

afterAll(async () => {
  await php?.stop();
  rmSync(gates, { recursive: true, force: true });
});

/** @param {Record<string, string>} parameters Of sse.php. */
function feed(parameters) {
  return `${php.origin}/sse.php?${new URLSearchParams(parameters)}`;
}

/**
 * @param {number} total
 * @param {string} [prefix]
 */
function wholeFeed(total, prefix = '') {
  return Array.from({ length: total }, (_, index) => ({
    type: index % 2 === 0 ? 'message' : 'tick',
    data: `event ${index + 1}\n\n of ${total}`,
    lastEventId: `${prefix}${index + 1}`,
    readyState: 1,
  }));
}

test('no event is lost or doubled over four responses, and 204 ends it', async () => {
  const subscriber = subscribe(feed({ total: '7', most: '2' }));
  const errors = await subscriber.errorsReach(5);
  expect(await subscriber.events()).toEqual(wholeFeed(7));
  expect(errors.map(({ readyState }) => readyState)).toEqual([0, 0, 0, 0, CLOSED]);
  expect(errors[4].status).toBe(204);
});

test('an event arrives when PHP flushes it, while the script goes on', async () => {
  const subscriber = subscribe(feed({ total: '2', most: '2', gate: 'second' }));
  await subscriber.eventsReach(1);
  expect(await subscriber.events()).toEqual(wholeFeed(2).slice(0, 1));
  expect(await subscriber.errors()).toEqual([]);
  writeFileSync(path.join(gates, 'second'), '');
  await subscriber.eventsReach(2);
  expect(await subscriber.events()).toEqual(wholeFeed(2));
});

test('an ID in Greek, Chinese and emoji comes back to PHP byte for byte', async () => {
  const prefix = 'θέση-位置-🚀-';
  const subscriber = subscribe(feed({ total: '3', most: '1', prefix }));
  const errors = await subscriber.errorsReach(4);
  expect(await subscriber.events()).toEqual(wholeFeed(3, prefix));
  expect(errors[3].status).toBe(204);
});

test('a script that dies within a block: the block is dropped, its ID as well', async () => {
  const subscriber = subscribe(feed({ total: '4', most: '2', broken: 'block' }));
  await subscriber.eventsReach(4);
  expect(await subscriber.events()).toEqual(wholeFeed(4));
});

test('a script that fails at once (500, text/html) fails the connection for good', async () => {
  const subscriber = subscribe(feed({ broken: 'start' }));
  await subscriber.errorsReach(1);
  expect(await subscriber.seen()).toEqual([{ type: 'error', readyState: CLOSED, status: 500 }]);
});
