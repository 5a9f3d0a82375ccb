/**
 * The feed in a dedicated worker: one page, one worker, one conversation.
 */

import { Feed } from './feed.js';

const feed = new Feed((snapshot) => self.postMessage(snapshot));

self.onmessage = ({ data: { command, after } }) => {
  if (command === 'open') feed.open(after);
  else feed.close();
};
