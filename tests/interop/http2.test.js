/** HTTP/2 with TLS, in Chromium: many streams on one connection, and the ways in which it ends them. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { constants } from 'node:http2';
import { openChromium } from './chromium.js';
import { Feed } from './feed.js';
import { startHttpsServer } from './https_server.js';
import { until } from './until.js';

jest.setTimeout(90_000);

const CONNECTING = 0;

/** Twice what a browser opens to one origin in HTTP/1. */
const MANY = 12;

/** @type {Feed} */
let feed;
/** @type {Awaited<ReturnType<typeof startHttpsServer>>} */
let server;
/** @type {Awaited<ReturnType<typeof openChromium>>} */
let chromium;

beforeAll(async () => {
  server = await startHttpsServer((url, request, response) => {
    if (url.pathname !== '/feed') return false;
    feed.serve(request, response);
    return true;
  });
  chromium = await openChromium(server.origin);
});

beforeEach(() => {
  feed = new Feed();
});

afterEach(async () => {
  await chromium?.closeAll();
});

afterAll(async () => {
  await chromium?.close();
  await server?.close();
});

/** @param {number} count */
function subscribeTimes(count) {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      chromium.subscribe(`${server.origin}/feed?${index}`),
    ),
  );
}

test(`${MANY} streams of one page are open at once, on one connection`, async () => {
  const subscribers = await subscribeTimes(MANY);
  await until(() => feed.connections.size === MANY, 'all streams are open');
  for (let n = 1; n <= 3; n += 1) {
    feed.push(`event ${n}`);
    for (const subscriber of subscribers) await subscriber.eventsReach(n);
  }
  for (const subscriber of subscribers) {
    expect(await subscriber.data()).toEqual(['event 1', 'event 2', 'event 3']);
    expect(await subscriber.errors()).toEqual([]);
  }
  expect(new Set(feed.requests.map(({ httpVersion }) => httpVersion))).toEqual(new Set(['2.0']));
  expect(new Set(feed.requests.map(({ session }) => session)).size).toBe(1);
});

test('the browser says as well that it speaks h2', async () => {
  const [subscriber] = await subscribeTimes(1);
  feed.push('only');
  await subscriber.eventsReach(1);
  await feed.only.end();
  await subscriber.errorsReach(1);
  const protocols = await chromium.protocols();
  expect(protocols).toMatchObject({ '/page': 'h2', '/js/entries/index.js': 'h2' });
  expect(new Set(Object.values(protocols))).toEqual(new Set(['h2']));
});

test.each([
  ['RST_STREAM with INTERNAL_ERROR', constants.NGHTTP2_INTERNAL_ERROR],
  ['RST_STREAM with CANCEL', constants.NGHTTP2_CANCEL],
  ['RST_STREAM with NO_ERROR', constants.NGHTTP2_NO_ERROR],
])('%s ends one stream; it alone is taken up again, without loss', async (_, code) => {
  const [one, other] = await subscribeTimes(2);
  await until(() => feed.connections.size === 2, 'both streams are open');
  feed.push('before');
  await Promise.all([one.eventsReach(1), other.eventsReach(1)]);

  const [connection] = [...feed.connections].filter(({ path }) => path === '/feed?0');
  connection.response.stream.close(code);
  const [error] = await one.errorsReach(1);
  expect(error.readyState).toBe(CONNECTING);
  feed.push('meanwhile');
  await Promise.all([one.eventsReach(2), other.eventsReach(2)]);
  expect(await one.data()).toEqual(['before', 'meanwhile']);
  expect(await other.data()).toEqual(['before', 'meanwhile']);
  expect(await other.errors()).toEqual([]);
  expect(feed.requests.map(({ lastEventId }) => lastEventId)).toEqual([null, null, '1']);
});

test('after GOAWAY open streams go on; when they end, a new connection takes them up', async () => {
  const [subscriber] = await subscribeTimes(1);
  feed.push('before');
  await subscriber.eventsReach(1);
  const { session } = /** @type {any} */ (feed.requests[0]);
  session.goaway(constants.NGHTTP2_NO_ERROR);
  feed.push('still there');
  await subscriber.eventsReach(2);
  expect(await subscriber.errors()).toEqual([]);

  await feed.only.end();
  await subscriber.errorsReach(1);
  feed.push('elsewhere');
  await subscriber.eventsReach(3);
  expect(await subscriber.data()).toEqual(['before', 'still there', 'elsewhere']);
  expect(feed.requests.map(({ lastEventId }) => lastEventId)).toEqual([null, '2']);
  expect(feed.requests[1].session).not.toBe(session);
});

test('a connection that is torn down takes all its streams along; each resumes', async () => {
  const subscribers = await subscribeTimes(4);
  await until(() => feed.connections.size === 4, 'all streams are open');
  feed.push('before');
  for (const subscriber of subscribers) await subscriber.eventsReach(1);
  const { session } = /** @type {any} */ (feed.requests[0]);
  session.destroy(undefined, constants.NGHTTP2_INTERNAL_ERROR);
  feed.push('meanwhile');
  for (const subscriber of subscribers) {
    await subscriber.eventsReach(2);
    expect(await subscriber.data()).toEqual(['before', 'meanwhile']);
    expect((await subscriber.errors()).map(({ readyState }) => readyState)).toEqual([CONNECTING]);
  }
  const ids = feed.requests.map(({ lastEventId }) => lastEventId);
  expect(ids).toEqual([null, null, null, null, '1', '1', '1', '1']);
});
