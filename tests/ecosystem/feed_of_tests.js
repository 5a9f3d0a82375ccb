import { afterAll, beforeAll } from '@jest/globals';
import { startFeed } from './feed.js';

/**
 * For a file of tests: a server that runs while they do.
 *
 * @returns {Awaited<ReturnType<typeof startFeed>>} empty until then
 */
export function feedOfTests() {
  const feed = /** @type {Awaited<ReturnType<typeof startFeed>>} */ ({});
  beforeAll(async () => {
    Object.assign(feed, await startFeed());
  });
  afterAll(() => feed.close?.());
  return feed;
}
