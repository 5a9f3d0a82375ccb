/**
 * The open streams: who is connected, what each gets on arrival, and what all get from then on.
 */

import { formatComment, formatEvent, formatRetry } from './event_stream.js';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./event_log.js').EventLog} EventLog */

// Long enough to see the badge turn to CONNECTING, short enough not to wait for it.
const RECONNECTION_TIME_MS = 2000;

// Proxies close a connection on which nothing moves, often after 30 or 60 seconds.
const HEARTBEAT_MS = 15_000;

// A client that does not read fills the server's memory. Cut off at this many unread bytes, it comes
// back with Last-Event-ID and misses nothing that the log still holds.
const MOST_UNREAD_BYTES = 1 << 20;

/** What a client that comes for the first time gets, so that the page has something to draw. */
const FIRST_VISIT = { message: 30, figures: 60 };

export class StreamHub {
  #log;
  /** @type {Set<ServerResponse>} */
  #clients = new Set();
  #heartbeat;

  /** @param {EventLog} log what a reconnection is replayed from */
  constructor(log) {
    this.#log = log;
    this.#heartbeat = setInterval(() => this.#writeToAll(formatComment('heartbeat')), HEARTBEAT_MS);
    // The listening socket keeps the process alive; a heartbeat to nobody should not.
    this.#heartbeat.unref();
  }

  /** @returns {number} how many streams are open */
  get size() {
    return this.#clients.size;
  }

  /**
   * Answers a GET request with an endless stream.
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {string} after the last event ID given in the URL, for a client whose EventSource is new
   *   (a service worker that was restarted) and therefore has no Last-Event-ID to send
   */
  subscribe(request, response, after) {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      // nginx would collect the events until its buffer is full.
      'X-Accel-Buffering': 'no',
    });
    // Small packets are all there is here; waiting to fill one only delays events.
    request.socket.setNoDelay(true);
    response.write(formatRetry(RECONNECTION_TIME_MS) + this.#greeting(request, after));
    this.#clients.add(response);
    response.once('close', () => this.#clients.delete(response));
    // A reset connection is followed by 'close'; there is nothing else to do about it.
    response.on('error', () => {});
  }

  /**
   * @param {string} type the event type
   * @param {string} data
   * @returns {string} the id the event was given
   */
  publish(type, data) {
    const event = this.#log.append(type, data);
    this.#writeToAll(formatEvent(event));
    return event.id;
  }

  /**
   * Cuts every stream in the middle, without an end of the body: the harder of the two ways to lose
   * a connection.
   * @returns {number} how many there were
   */
  drop() {
    const dropped = [...this.#clients];
    this.#clients.clear();
    for (const response of dropped) response.destroy();
    return dropped.length;
  }

  /** Stops the heartbeat and ends every stream. */
  close() {
    clearInterval(this.#heartbeat);
    this.drop();
  }

  /**
   * @param {IncomingMessage} request
   * @param {string} after
   * @returns {string} what a client gets at once: what it missed, or the latest events
   */
  #greeting(request, after) {
    // The header is newer than the URL: it is what the same EventSource received since.
    const lastEventId = request.headers['last-event-id'] ?? after;
    if (lastEventId === '' || Array.isArray(lastEventId)) {
      return this.#log.latest(FIRST_VISIT).map(formatEvent).join('');
    }
    const { events, complete } = this.#log.after(lastEventId);
    const report = { after: lastEventId, replayed: events.length, complete };
    // Without an `id`, so that the client's last event ID stays what it was.
    return (
      formatEvent({ type: 'resumed', data: JSON.stringify(report) }) +
      events.map(formatEvent).join('')
    );
  }

  /** @param {string} text */
  #writeToAll(text) {
    for (const response of this.#clients) {
      response.write(text);
      if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
    }
  }
}
