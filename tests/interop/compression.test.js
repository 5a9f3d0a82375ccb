/**
 * Compressed streams, in Node over HTTP and in Chromium over HTTP/2 (which offers Brotli with TLS only):
 * each event must come when the server flushes it, and however the compressed data breaks off, nothing
 * of an incomplete block may count.
 */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openChromium } from './chromium.js';
import { Feed } from './feed.js';
import { startHttpServer } from './http_server.js';
import { startHttpsServer } from './https_server.js';
import { closeAll, subscribe } from './subscriber.js';
import { until } from './until.js';

jest.setTimeout(90_000);

/** Every feed has a path of its own. @type {Map<string, {feed: Feed, encoding: any}>} */
const feeds = new Map();

/**
 * @param {URL} url
 * @param {any} request
 * @param {any} response
 */
function serveFeed({ pathname }, request, response) {
  const found = feeds.get(pathname);
  if (!found) return false;
  found.feed.serve(request, response, { encoding: found.encoding });
  return true;
}

/** @param {import('./feed_connection.js').Encoding} encoding */
function newFeed(encoding) {
  const path = `/feed/${feeds.size}`;
  const feed = new Feed();
  feeds.set(path, { feed, encoding });
  return { path, feed };
}

/** What the tests below need of Node and of Chromium. */
const hosts = {
  Node: {
    /** @type {any} */
    server: undefined,
    async start() {
      this.server = await startHttpServer((request, response) => {
        serveFeed(new URL(`http://host${request.url}`), request, response);
      });
    },
    /** @param {string} path */
    subscribe: async (path) => subscribe(`${hosts.Node.server.origin}${path}`),
    closeAll,
    async stop() {
      await this.server?.close();
    },
  },
  Chromium: {
    /** @type {any} */
    server: undefined,
    /** @type {any} */
    browser: undefined,
    async start() {
      this.server = await startHttpsServer(serveFeed);
      this.browser = await openChromium(this.server.origin);
    },
    /** @param {string} path */
    subscribe: (path) => hosts.Chromium.browser.subscribe(`${hosts.Chromium.server.origin}${path}`),
    closeAll: () => hosts.Chromium.browser?.closeAll(),
    async stop() {
      await this.browser?.close();
      await this.server?.close();
    },
  },
};

/** Node offers Brotli only with TLS, but decodes it wherever it is sent. */
const OFFERED = { Node: ['gzip'], Chromium: ['gzip', 'br'] };

describe.each(/** @type {const} */ (['Node', 'Chromium']))('%s', (name) => {
  const host = hosts[name];
  beforeAll(() => host.start());
  afterEach(() => host.closeAll());
  afterAll(() => host.stop());

  describe.each(/** @type {const} */ (['gzip', 'br']))('%s', (encoding) => {
    test('each event arrives when it is flushed, before the next is sent', async () => {
      const { path, feed } = newFeed(encoding);
      const subscriber = await host.subscribe(path);
      await until(() => feed.connections.size === 1, 'the stream is open');
      const events = ['short', 'of\nthree\nlines', 'é 漢字 🎉', 'x'.repeat(100_000), 'last'];
      for (const [index, data] of events.entries()) {
        feed.push(data);
        await subscriber.eventsReach(index + 1);
      }
      expect(await subscriber.data()).toEqual(events);
      expect(await subscriber.errors()).toEqual([]);
      const offered = feed.requests[0].acceptEncoding.split(/, */);
      expect(offered.includes(encoding)).toBe(OFFERED[name].includes(encoding));
    });

    test.each(
      /** @type {const} */ ([
        ['the stream ends as it should', 'end'],
        ['the response ends before the compressed data do', 'truncate'],
        ['the response ends within a block', 'truncateInBlock'],
        ['the response ends within the bytes of a compressed block', 'truncateInBytes'],
        ['the compressed data are damaged', 'damage'],
        ['the connection is cut', 'destroy'],
      ]),
    )('%s: an error, and a resumption without loss', async (_, ending) => {
      const { path, feed } = newFeed(encoding);
      const subscriber = await host.subscribe(path);
      await until(() => feed.connections.size === 1, 'the stream is open');
      feed.push('one');
      feed.push('two');
      await subscriber.eventsReach(2);
      await feed.only[ending]();
      const [error] = await subscriber.errorsReach(1);
      expect(error.readyState).toBe(0);
      feed.push('three');
      await subscriber.eventsReach(3);
      expect(await subscriber.data()).toEqual(['one', 'two', 'three']);
      expect(feed.requests.map(({ lastEventId }) => lastEventId)).toEqual([null, '2']);
    });
  });
});
