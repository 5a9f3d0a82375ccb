#!/usr/bin/env node
/**
 * `npm start`: a server with a real event stream, and this package's EventSource subscribed to it.
 */

import { EventSource } from '../js/entries/index.js';
import { HELP, parseOptions, UsageError } from './options.js';
import { DemoServer } from './server/server.js';
import { listen } from './server/listen.js';
import { count, describe, paint, printLine } from './terminal.js';

/** @typedef {import('./options.js').Options} Options */

const EVENT_TYPES = ['message', 'figures', 'resumed'];

/**
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code
 */
async function main(argv) {
  const options = readOptions(argv);
  if (typeof options === 'number') return options;

  const server = new DemoServer();
  let port;
  try {
    port = await listen(server.http, options.port);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await server.close();
    return 1;
  }
  if (options.port !== 0 && port !== options.port) {
    console.log(`Port ${options.port} is in use; taking ${port} instead.`);
  }
  server.start();
  const base = `http://127.0.0.1:${port}`;
  console.log(`
  Page    ${paint('bold', `${base}/`)}   four more subscribers, and a button that cuts them all off
  Stream  ${base}/events
  ${options.runForMs === null ? 'Ctrl-C stops.' : `Stops after ${options.runForMs / 1000} s.`}
`);
  const { arrived, reason } = await subscribe(`${base}/events`, options.runForMs);
  await server.close();
  console.log(`\n${reason} ${count(arrived, 'event')} arrived.`);
  // A run that was asked to last until it is stopped has done its work; a timed one is a check.
  return arrived > 0 ? 0 : 1;
}

/**
 * @param {string[]} argv
 * @returns {Options | number} the options, or an exit code if there is nothing to start
 */
function readOptions(argv) {
  try {
    const options = parseOptions(argv);
    if (!options.help) return options;
    process.stdout.write(HELP);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${HELP}`);
    return 2;
  }
}

/**
 * Prints what arrives until the time is up, Ctrl-C is pressed or the connection fails for good.
 * @param {string} url
 * @param {number | null} runForMs
 * @returns {Promise<{ arrived: number, reason: string }>}
 */
function subscribe(url, runForMs) {
  return new Promise((resolve) => {
    const source = new EventSource(url);
    let arrived = 0;
    let lastEventId = '';
    /** @type {NodeJS.Timeout | undefined} */
    let timer;

    /** @param {string} reason */
    const stop = (reason) => {
      clearTimeout(timer);
      source.close();
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, onSignal);
      resolve({ arrived, reason });
    };
    const onSignal = () => stop('Stopped.');
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, onSignal);
    if (runForMs !== null) timer = setTimeout(() => stop('Time is up.'), runForMs);

    source.onopen = () => printLine('open', '', `subscribed from Node ${process.version}`);
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) {
        printLine('closed', '', 'the connection failed and will not be tried again');
        stop('The connection failed.');
      } else {
        const from = lastEventId ? ` with Last-Event-ID ${lastEventId}` : '';
        printLine('error', '', `connection lost; reconnecting${from}`);
      }
    };
    for (const type of EVENT_TYPES) {
      source.addEventListener(type, (event) => {
        const message = /** @type {MessageEvent<string>} */ (event);
        // The notice of a reconnection counts for nothing: it is not what was subscribed to.
        if (type !== 'resumed') arrived += 1;
        const isNew = message.lastEventId !== lastEventId;
        lastEventId = message.lastEventId;
        printLine(type, isNew ? lastEventId : '', describe(type, message.data));
      });
    }
  });
}

// `npm start | head` closes the pipe; there is nobody left to print for.
process.stdout.on('error', () => process.exit(0));

process.exitCode = await main(process.argv.slice(2));
