/**
 * A feed as servers keep it: events numbered from 1, of which a client that names the last one it saw is
 * given the rest. A test pushes an event only when the one before has arrived, so whatever holds events
 * back on the way makes it fail, without any time being measured.
 */
import { Connection } from './feed_connection.js';

/**
 * @typedef {object} FeedRequest
 * @property {string | null} lastEventId null where there was no Last-Event-ID.
 * @property {string} acceptEncoding
 * @property {string} httpVersion Such as '1.1' or '2.0'.
 * @property {unknown} session The HTTP/2 session; undefined in HTTP/1.
 */

/** Milliseconds that a client is told to wait; it waits longer where its own rules say so. */
const RETRY = 20;

export class Feed {
  /** @type {string[]} */
  #blocks = [];
  /** Every request that came, in turn. @type {FeedRequest[]} */
  requests = [];
  /** Those that are being served. @type {Set<Connection>} */
  connections = new Set();

  /**
   * Sends an event to everybody, and keeps it for those who come later.
   *
   * @param {string} data
   * @param {string} [type]
   */
  push(data, type) {
    const lines = data.split('\n').map((line) => `data: ${line}\n`);
    const name = type === undefined ? '' : `event: ${type}\n`;
    const block = `id: ${this.#blocks.length + 1}\n${name}${lines.join('')}\n`;
    this.#blocks.push(block);
    for (const connection of this.connections) connection.write(block);
  }

  /** A comment, which keeps connections busy and dispatches nothing. */
  beat() {
    for (const connection of this.connections) connection.write(': beat\n\n');
  }

  /** @returns {Connection} The one that is being served; to be called when there is exactly one. */
  get only() {
    if (this.connections.size !== 1) throw new Error(`${this.connections.size} connections`);
    return [...this.connections][0];
  }

  /**
   * Answers a request with the events after its Last-Event-ID, then with what is pushed.
   *
   * @param {any} request Of `node:http`, or of `node:http2` by its compatible interface.
   * @param {any} response
   * @param {{encoding?: import('./feed_connection.js').Encoding, headers?: Record<string, string>}}
   *   [options] `encoding` is applied whether or not it was asked for; none without it.
   */
  serve(request, response, { encoding, headers = {} } = {}) {
    const lastEventId = request.headers['last-event-id'] ?? null;
    this.requests.push({
      lastEventId,
      acceptEncoding: request.headers['accept-encoding'] ?? '',
      httpVersion: request.httpVersion,
      session: request.stream?.session,
    });
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      ...(encoding && { 'Content-Encoding': encoding }),
      ...headers,
    });
    const connection = new Connection(request.url, response, encoding);
    this.connections.add(connection);
    response.on('close', () => this.connections.delete(connection));
    const missed = this.#blocks.slice(Number(lastEventId ?? 0));
    connection.write(`retry: ${RETRY}\n\n${missed.join('')}`);
  }
}
