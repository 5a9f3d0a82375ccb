/**
 * The feed in a shared worker: one connection for however many tabs are open.
 */

import { Feed } from './feed.js';

/** @type {Set<MessagePort>} */
const ports = new Set();

const feed = new Feed((snapshot) => {
  for (const port of ports) port.postMessage(snapshot);
});

self.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data: { command, after } }) => {
    if (command === 'open') {
      ports.add(port);
      feed.open(after);
    } else {
      // The worker ends with its last tab, but a tab in the back/forward cache still counts as one.
      ports.delete(port);
      if (ports.size === 0) feed.close();
    }
  };
};
