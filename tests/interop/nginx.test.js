/** nginx between a server in Node and the client: compression, buffering, time limits, failures. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { get } from 'node:http';
import { createGunzip } from 'node:zlib';
import { Feed } from './feed.js';
import { startHttpServer } from './http_server.js';
import { startNginx } from './nginx.js';
import { closeAll, subscribe } from './subscriber.js';
import { sleep, until } from './until.js';

jest.setTimeout(40_000);

const CONNECTING = 0;
const CLOSED = 2;

/** Longer than the 4 s of `/steady/`. */
const LONG_SILENCE = 5000;

/** @type {Feed} */
let feed;
/** @type {Awaited<ReturnType<typeof startHttpServer>>} */
let upstream;
/** @type {Awaited<ReturnType<typeof startNginx>>} */
let nginx;

/** @param {number} [port] */
function startUpstream(port) {
  return startHttpServer((request, response) => {
    const { pathname, searchParams } = new URL(`http://host${request.url}`);
    if (pathname === '/silent') return;
    const accel = searchParams.get('accel');
    feed.serve(request, response, { headers: accel ? { 'X-Accel-Buffering': accel } : {} });
  }, port);
}

beforeAll(async () => {
  upstream = await startUpstream();
  nginx = await startNginx(upstream.port);
});

beforeEach(() => {
  feed = new Feed();
});

afterEach(async () => {
  closeAll();
  for (const connection of feed.connections) connection.destroy();
});

afterAll(async () => {
  await nginx?.stop();
  await upstream?.close();
});

/** @param {(number | string)[]} ids As the requests should have carried them. */
async function expectResumption(ids) {
  expect(feed.requests.map(({ lastEventId }) => lastEventId)).toEqual([
    null,
    ...ids.map((id) => `${id}`),
  ]);
}

test('with gzip and without buffering, each event arrives before the next is sent', async () => {
  /** @type {(string | null)[]} */
  const encodings = [];
  const subscriber = subscribe(`${nginx.origin}/steady/`, {
    async fetch(/** @type {[string, object]} */ ...request) {
      const response = await fetch(...request);
      encodings.push(response.headers.get('Content-Encoding'));
      return response;
    },
  });
  await until(() => feed.connections.size === 1, 'nginx asked the server');
  for (let n = 1; n <= 5; n += 1) {
    feed.push(`event ${n}`);
    await subscriber.eventsReach(n);
  }
  expect(await subscriber.data()).toEqual([1, 2, 3, 4, 5].map((n) => `event ${n}`));
  expect(await subscriber.errors()).toEqual([]);
  expect(encodings).toEqual(['gzip']);
});

test('a bare client sees that gzip is on the wire, flushed for each event', async () => {
  const request = get(`${nginx.origin}/steady/`, { headers: { 'Accept-Encoding': 'gzip' } });
  const [response] = await once(request, 'response');
  expect(response.headers['content-encoding']).toBe('gzip');
  let text = '';
  response.pipe(createGunzip()).on('data', (/** @type {Buffer} */ chunk) => (text += chunk));
  // What the tearing down does to it is not looked at.
  response.on('error', () => {});
  feed.push('first');
  await until(() => text.endsWith('data: first\n\n'), 'the event came');
  request.destroy();
});

test('an idle stream that nginx cuts is taken up again without loss', async () => {
  const subscriber = subscribe(`${nginx.origin}/`);
  feed.push('one');
  await subscriber.eventsReach(1);
  // proxy_read_timeout comes: nothing is sent.
  const [error] = await subscriber.errorsReach(1);
  expect(error.readyState).toBe(CONNECTING);
  feed.push('two', 'tick');
  await subscriber.eventsReach(2);
  await subscriber.errorsReach(2);
  feed.push('three');
  await subscriber.eventsReach(3);
  expect(await subscriber.data()).toEqual(['one', 'two', 'three']);
  const [first, ...others] = feed.requests.map(({ lastEventId }) => lastEventId);
  expect(first).toBeNull();
  expect(others.slice(0, 2)).toEqual(['1', '2']);
});

test('comments more often than proxy_read_timeout keep one connection open', async () => {
  const subscriber = subscribe(`${nginx.origin}/steady/`);
  const heart = setInterval(() => feed.beat(), 100);
  await sleep(LONG_SILENCE);
  clearInterval(heart);
  feed.push('after a long silence');
  await subscriber.eventsReach(1);
  expect(await subscriber.errors()).toEqual([]);
  await expectResumption([]);
});

test('where nginx buffers, "X-Accel-Buffering: no" from the server lets events through', async () => {
  const held = subscribe(`${nginx.origin}/buffered/`);
  const free = subscribe(`${nginx.origin}/buffered/?accel=no`);
  await until(() => feed.connections.size === 2, 'nginx asked the server twice');
  feed.push('one');
  await free.eventsReach(1);
  feed.push('two');
  await free.eventsReach(2);
  // The buffer is what holds them back: they come when the response is over.
  expect(await held.events()).toEqual([]);
  for (const connection of feed.connections) await connection.end();
  await held.eventsReach(2);
  expect(await held.data()).toEqual(['one', 'two']);
});

test('a server that does not answer in time (504) fails the connection', async () => {
  const subscriber = subscribe(`${nginx.origin}/silent`);
  await subscriber.errorsReach(1);
  expect(await subscriber.seen()).toEqual([{ type: 'error', readyState: CLOSED, status: 504 }]);
});

test('a server that is down (502) fails the connection; a new one finds it restarted', async () => {
  const { port } = upstream;
  await upstream.close();
  const subscriber = subscribe(`${nginx.origin}/`);
  await subscriber.errorsReach(1);
  expect(await subscriber.seen()).toEqual([{ type: 'error', readyState: CLOSED, status: 502 }]);

  upstream = await startUpstream(port);
  const another = subscribe(`${nginx.origin}/`);
  feed.push('back again');
  await another.eventsReach(1);
  expect(await another.data()).toEqual(['back again']);
});

test('a restart of nginx itself is waited for, and nothing is lost', async () => {
  const subscriber = subscribe(`${nginx.origin}/steady/`);
  feed.push('before');
  await subscriber.eventsReach(1);
  const { port } = nginx;
  await nginx.stop();
  const [error] = await subscriber.errorsReach(1);
  expect(error.readyState).toBe(CONNECTING);
  feed.push('meanwhile');
  // The first attempt finds nobody.
  await subscriber.errorsReach(2);
  nginx = await startNginx(upstream.port, port);
  await subscriber.eventsReach(2);
  expect(await subscriber.data()).toEqual(['before', 'meanwhile']);
  await expectResumption([1]);
});
