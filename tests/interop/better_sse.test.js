/** The server library better-sse: its sessions, event buffers, iteration, streams and keep-alive. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { createChannel, createEventBuffer, createSession } from 'better-sse';
import { Readable } from 'node:stream';
import { startHttpServer } from './http_server.js';
import { closeAll, subscribe } from './subscriber.js';
import { until } from './until.js';

jest.setTimeout(40_000);

const CONNECTING = 0;

/** The library serializes data as JSON, and its events have a type and an ID, always. */
const NEWS = ['one', { two: 2 }, ['three', 'lines\nin\none string'], 'vier – 四 – 🎉', null];

/** Milliseconds between the library's keep-alive comments. */
const KEEP_ALIVE = 30;

/** @type {Awaited<ReturnType<typeof startHttpServer>>} */
let server;
/** What the test at hand does with a session. @type {(session: any) => unknown} */
let handle;
/** All sessions of the test at hand. @type {any[]} */
let sessions;
/** What each of them had as its lastId at first. @type {string[]} */
let firstIds;
/** Ends the response of the test's latest session. */
let hangUp = () => {};

beforeAll(async () => {
  server = await startHttpServer(async (request, response) => {
    hangUp = () => response.end();
    const session = await createSession(request, response, { retry: 20, keepAlive: KEEP_ALIVE });
    firstIds.push(lastIdOf(session));
    sessions.push(session);
    handle(session);
  });
});

beforeEach(() => {
  sessions = [];
  firstIds = [];
  handle = () => {};
});

afterEach(closeAll);

afterAll(async () => {
  await server?.close();
});

/** @param {{type: string, data?: string}[]} events */
function valuesOf(events) {
  return events.map(({ data }) => JSON.parse(data ?? ''));
}

test('push(): data of every kind, types and IDs', async () => {
  handle = (session) => {
    NEWS.forEach((each, index) => session.push(each, index % 2 ? 'tick' : undefined, `${index}é`));
  };
  const subscriber = subscribe(server.origin);
  const events = await subscriber.eventsReach(NEWS.length);
  expect(valuesOf(events)).toEqual(NEWS);
  const described = events.map(({ type, lastEventId }) => [type, lastEventId]);
  expect(described).toEqual([
    ['message', '0é'],
    ['tick', '1é'],
    ['message', '2é'],
    ['tick', '3é'],
    ['message', '4é'],
  ]);
});

test('IDs that it makes up itself are the ones that the session ends up with', async () => {
  handle = (session) => session.push('only');
  const subscriber = subscribe(server.origin);
  const [{ lastEventId }] = await subscriber.eventsReach(1);
  expect(lastEventId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(lastEventId).toBe(sessions[0].lastId);
});

test('iterate() and stream() give events of their own types, in order', async () => {
  async function* count() {
    for (let n = 1; n <= 4; n += 1) yield n;
  }
  handle = async (session) => {
    await session.iterate(count());
    await session.stream(Readable.from(['a', 'b', 'c']));
  };
  const subscriber = subscribe(server.origin);
  const events = await subscriber.eventsReach(7);
  expect(events.map(({ type }) => type)).toEqual([
    ...Array(4).fill('iteration'),
    ...Array(3).fill('stream'),
  ]);
  expect(valuesOf(events)).toEqual([1, 2, 3, 4, 'a', 'b', 'c']);
});

test('a batch out of an event buffer, whose comments and retry field give no event', async () => {
  handle = (session) => {
    const buffer = createEventBuffer();
    buffer.comment('here they come').retry(30).push('first', 'tick', 'a');
    buffer.comment().data('second').id('b').dispatch();
    session.batch(buffer);
  };
  const subscriber = subscribe(server.origin);
  const events = await subscriber.eventsReach(2);
  expect(events).toEqual([
    { type: 'tick', data: '"first"', lastEventId: 'a', readyState: 1 },
    { type: 'message', data: '"second"', lastEventId: 'b', readyState: 1 },
  ]);
});

test('a channel reaches every subscriber', async () => {
  const channel = createChannel();
  handle = (session) => channel.register(session);
  const subscribers = [1, 2, 3].map(() => subscribe(server.origin));
  await until(() => channel.sessionCount === subscribers.length, 'all are registered');
  channel.broadcast('to all', 'tick', { eventId: '7' });
  for (const subscriber of subscribers) {
    expect(await subscriber.eventsReach(1)).toEqual([
      { type: 'tick', data: '"to all"', lastEventId: '7', readyState: 1 },
    ]);
  }
});

test('its keep-alive comments pass unseen', async () => {
  const subscriber = subscribe(server.origin);
  await until(() => sessions.length === 1, 'the session began');
  const connection = Reflect.get(sessions[0], 'connection');
  let comments = 0;
  const sendChunk = connection.sendChunk.bind(connection);
  connection.sendChunk = (/** @type {string} */ chunk) => {
    if (chunk.startsWith(':')) comments += 1;
    return sendChunk(chunk);
  };
  await until(() => comments >= 5, 'five comments were sent');
  sessions[0].push('after them');
  await subscriber.eventsReach(1);
  expect(await subscriber.seen()).toEqual([
    { type: 'open', readyState: 1, status: 200 },
    expect.objectContaining({ type: 'message', data: '"after them"' }),
  ]);
});

/**
 * The library hands over the header as Node does, one UTF-16 unit for each byte.
 *
 * @param {any} session
 */
function lastIdOf({ lastId }) {
  return Buffer.from(lastId, 'latin1').toString();
}

test('lastId is what the client saw last, and the session resumes there', async () => {
  handle = (session) => {
    const seen = Number(lastIdOf(session).replace('№', ''));
    NEWS.slice(seen, seen + 2).forEach((each, index) => {
      session.push(each, 'tick', `№${seen + index + 1}`);
    });
  };
  const subscriber = subscribe(server.origin);
  for (const count of [2, 4]) {
    await subscriber.eventsReach(count);
    hangUp();
    const errors = await subscriber.errorsReach(count / 2);
    expect(errors.map(({ readyState }) => readyState)).toContain(CONNECTING);
  }
  const events = await subscriber.eventsReach(NEWS.length);
  expect(valuesOf(events)).toEqual(NEWS);
  expect(firstIds).toEqual(['', '№2', '№4']);
});
