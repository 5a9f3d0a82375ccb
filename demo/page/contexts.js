/**
 * The four places an EventSource can live in, behind one interface: say `open` and get snapshots.
 */

import { Feed } from './feed.js';

/** @typedef {import('./feed.js').Snapshot} Snapshot */

/**
 * @typedef {object} Connection
 * @property {(after: string) => void} open subscribes, or makes sure of it; `after` is the last id seen
 * @property {() => void} close gives the connection up
 */

/**
 * @typedef {object} Context
 * @property {string} key
 * @property {string} title
 * @property {string} made what the browser calls it, and how its script is loaded
 * @property {boolean} perTab whether every open tab has its own
 * @property {() => string} missing a sentence if this browser lacks it, else empty
 * @property {(report: (snapshot: Snapshot) => void, failed: (sentence: string) => void) => Connection} connect
 */

/** @type {Context[]} */
export const CONTEXTS = [
  {
    key: 'page',
    title: 'Page',
    made: '<script type="module">',
    perTab: true,
    missing: () => '',
    connect(report) {
      const feed = new Feed(report);
      return { open: (after) => feed.open(after), close: () => feed.close() };
    },
  },
  {
    key: 'dedicated',
    title: 'Dedicated worker',
    made: "Worker, { type: 'module' }",
    perTab: true,
    missing: () => ('Worker' in window ? '' : 'This browser has no dedicated workers.'),
    connect(report, failed) {
      const worker = new Worker('/dedicated_worker.js', { type: 'module' });
      worker.onmessage = ({ data }) => report(data);
      worker.onerror = () => failed('This browser could not start the module worker.');
      return commander((message) => worker.postMessage(message));
    },
  },
  {
    key: 'shared',
    title: 'Shared worker',
    made: "SharedWorker, { type: 'module' }",
    perTab: false,
    missing: () => ('SharedWorker' in window ? '' : 'This browser has no shared workers.'),
    connect(report, failed) {
      const worker = new SharedWorker('/shared_worker.js', { type: 'module' });
      worker.port.onmessage = ({ data }) => report(data);
      worker.onerror = () => failed('This browser could not start the shared module worker.');
      return commander((message) => worker.port.postMessage(message));
    },
  },
  {
    key: 'service',
    title: 'Service worker',
    made: "ServiceWorker, { type: 'module' }",
    perTab: false,
    missing: () =>
      'serviceWorker' in navigator
        ? ''
        : 'This browser has no service workers, or not on this address.',
    connect(report, failed) {
      const { serviceWorker } = navigator;
      serviceWorker.addEventListener('message', ({ data }) => report(data));
      serviceWorker.startMessages();
      serviceWorker
        .register('/service_worker.js', { type: 'module', updateViaCache: 'none' })
        .catch(() => failed('This browser could not start the module service worker.'));
      return commander(async (message) => {
        // Asked every time: after an update the active worker is another one. A message starts it
        // if the browser has put it to sleep.
        (await serviceWorker.ready).active?.postMessage(message);
      });
    },
  },
];

/**
 * @param {(message: { command: string, after?: string }) => void} send
 * @returns {Connection}
 */
function commander(send) {
  return {
    open: (after) => send({ command: 'open', after }),
    close: () => send({ command: 'close' }),
  };
}
