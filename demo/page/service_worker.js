/**
 * The feed in a service worker. The browser may end it whenever it seems idle and start it again for
 * the next message; what it held in memory is gone then. So it keeps nothing it could not lose: the
 * pages say again and again that they want the feed and which id they saw last (see contexts.js).
 */

import { Feed } from './feed.js';

const feed = new Feed(async (snapshot) => {
  // Ports would not outlive a restart; asking who is there works in every life.
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of pages) page.postMessage(snapshot);
  if (pages.length === 0) feed.close();
});

// A changed worker takes over at once: this one serves no files, so versions cannot mix.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', ({ data: { command, after } }) => {
  if (command === 'open') feed.open(after);
});
