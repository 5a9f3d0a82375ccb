/**
 * The demo's HTTP server: which request goes where.
 */

import { createServer } from 'node:http';

import { EventLog } from './event_log.js';
import { MachineFigures } from './machine_figures.js';
import { readPostedMessage, RequestError } from './posted_message.js';
import { readStaticFile } from './static_files.js';
import { StreamHub } from './stream_hub.js';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

const FIGURES_EVERY_MS = 1000;

// The page needs nothing from elsewhere, and says so; compiling WebAssembly needs its own permission.
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; form-action 'self'";

export class DemoServer {
  #hub = new StreamHub(new EventLog({ message: 500, figures: 120 }));
  #figures = new MachineFigures();
  #http = createServer((request, response) => void this.#answer(request, response));
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  constructor() {
    this.#http.requestTimeout = 30_000;
    this.#postMessage({
      name: 'demo',
      text: 'The server has started. Whatever you post appears here, in every open page.',
    });
  }

  /** @returns {import('node:http').Server} the server, for whoever makes it listen */
  get http() {
    return this.#http;
  }

  /** Begins to publish the machine's figures, once at once and then every second. */
  start() {
    this.#publishFigures();
    this.#timer = setInterval(() => this.#publishFigures(), FIGURES_EVERY_MS);
  }

  /** @returns {Promise<void>} settles when every connection is closed */
  close() {
    clearInterval(this.#timer);
    this.#hub.close();
    return new Promise((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  #publishFigures() {
    this.#hub.publish(
      'figures',
      JSON.stringify({ ...this.#figures.take(), streams: this.#hub.size }),
    );
  }

  /**
   * @param {import('./posted_message.js').PostedMessage} message
   * @returns {string} the id of its event
   */
  #postMessage(message) {
    return this.#hub.publish(
      'message',
      JSON.stringify({ ...message, time: new Date().toISOString() }),
    );
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #answer(request, response) {
    // Errors of a connection that is gone are nobody's business; without a listener they would throw.
    response.on('error', () => {});
    try {
      await this.#route(request, response);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        response.destroy();
      } else if (error instanceof RequestError) {
        sendError(response, error);
      } else {
        console.error('demo server:', error);
        sendText(response, 500, 'Internal error. The terminal of the demo says more.');
      }
    }
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async #route(request, response) {
    const [path, query = ''] = (request.url ?? '/').split('?', 2);
    switch (path) {
      case '/events':
        if (!allow(request, response, ['GET'])) return;
        this.#hub.subscribe(request, response, new URLSearchParams(query).get('after') ?? '');
        return;
      case '/messages':
        if (!allow(request, response, ['POST'])) return;
        refuseOtherSites(request);
        sendJson(response, 201, { id: this.#postMessage(await readPostedMessage(request)) });
        return;
      case '/drop':
        if (!allow(request, response, ['POST'])) return;
        refuseOtherSites(request);
        sendJson(response, 200, { dropped: this.#hub.drop() });
        return;
      default:
        await serveFile(path, request, response);
    }
  }
}

/**
 * @param {string} path
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function serveFile(path, request, response) {
  const file = await readStaticFile(path);
  if (!file) return sendText(response, 404, 'Not found.');
  if (!allow(request, response, ['GET', 'HEAD'])) return;
  response.writeHead(200, {
    'Content-Type': file.type,
    'Content-Length': file.body.length,
    // The files are being worked on; a demo that shows yesterday's code is worse than a slow one.
    'Cache-Control': 'no-store',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(file.body);
}

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {string[]} methods
 * @returns {boolean} whether the method is one of these; if not, the request has been answered
 */
function allow(request, response, methods) {
  if (methods.includes(request.method ?? '')) return true;
  response.setHeader('Allow', methods.join(', '));
  sendText(response, 405, `Method not allowed. Use ${methods.join(' or ')}.`);
  return false;
}

/**
 * A page of another site must not press the buttons of this one. Browsers say where a request comes
 * from; what is no browser says nothing and may.
 * @param {IncomingMessage} request
 */
function refuseOtherSites(request) {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new RequestError(403, 'Requests from pages of other sites are refused.');
  }
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {unknown} value
 */
function sendJson(response, status, value) {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(`${JSON.stringify(value)}\n`);
}

/**
 * @param {ServerResponse} response
 * @param {RequestError} error
 */
function sendError(response, error) {
  // What is left of the body is not read, so the connection cannot serve another request.
  if (!response.req.complete) response.setHeader('Connection', 'close');
  sendJson(response, error.status, { error: error.message });
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {string} text
 */
function sendText(response, status, text) {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(`${text}\n`);
}
