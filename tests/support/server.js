/**
 * The HTTP server that every runtime's tests talk to. Node alone, loopback alone.
 *
 * - `/stream?key=K&script=JSON`: behaves as the script says (see `stream_script.js`); an array gives
 *   one variant for each request of that key, the last one for all that follow.
 * - `/log?key=K`: the requests that key has seen.   `/release?key=K&name=N`: opens a gate.
 * - `/closed-port`: an origin where nothing listens.
 * - anything else: static files (see `static_files.js`).
 *
 * The same handler listens on three ports: the origin of the page, a foreign origin, and one for the
 * control requests, because a browser opens at most six connections to each and hanging streams would
 * starve the control requests.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { corsHeaders, performAttempt, rawHeader } from './stream_script.js';
import { serveFile } from './static_files.js';

/**
 * @typedef {object} LoggedRequest
 * @property {number} attempt Which variant of the script it was given, from 0.
 * @property {string} method
 * @property {string} url
 * @property {Record<string, string>} headers As latin1, so one UTF-16 unit for each byte.
 * @property {string | null} lastEventIdHex The bytes of Last-Event-ID.
 * @property {string} body Of the request, as latin1, so one UTF-16 unit for each byte; at most 64 KiB.
 * @property {number} at Milliseconds since the server started.
 * @property {number | null} finishedAt
 * @property {boolean} clientClosed Whether the client went away before the server was done.
 *
 * @typedef {{attempts: number, requests: LoggedRequest[], open: Set<string>,
 *   waiting: Map<string, (() => void)[]>}} Key
 */

/** Of a request's body, in the log. */
const MOST_BODY = 65_536;

/** So that a forgotten server in watch mode does not grow without end. */
const MOST_KEYS = 20_000;

class Keys {
  /** @type {Map<string, Key>} */
  #keys = new Map();

  /** @param {string} name */
  get(name) {
    let key = this.#keys.get(name);
    if (!key) {
      if (this.#keys.size >= MOST_KEYS) this.#keys.clear();
      key = { attempts: 0, requests: [], open: new Set(), waiting: new Map() };
      this.#keys.set(name, key);
    }
    return key;
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {Key} key
 * @returns {LoggedRequest}
 */
function log(request, key) {
  const id = rawHeader(request, 'Last-Event-ID');
  /** @type {LoggedRequest} */
  const entry = {
    attempt: 0,
    method: request.method ?? '',
    url: request.url ?? '',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    lastEventIdHex: id === null ? null : Buffer.from(id, 'latin1').toString('hex'),
    body: '',
    at: Math.round(performance.now()),
    finishedAt: null,
    clientClosed: false,
  };
  request.on('data', (/** @type {Buffer} */ bytes) => {
    entry.body = (entry.body + bytes.toString('latin1')).slice(0, MOST_BODY);
  });
  key.requests.push(entry);
  return entry;
}

/**
 * @param {import('./stream_script.js').Attempt[]} attempts
 * @param {Key} key
 * @returns {number} Which of them comes now.
 */
function nextAttempt(attempts, key) {
  let index = Math.min(key.attempts, attempts.length - 1);
  while (index < attempts.length - 1 && key.open.has(attempts[index].until ?? '')) index += 1;
  return index;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {URL} url
 * @param {Key} key
 */
async function stream(request, response, url, key) {
  const entry = log(request, key);
  /** @type {import('./stream_script.js').Attempt | import('./stream_script.js').Attempt[]} */
  const script = JSON.parse(url.searchParams.get('script') ?? '{}');
  const attempts = Array.isArray(script) ? script : [script];
  if (request.method === 'OPTIONS') {
    // A preflight is no attempt; it is answered as the attempt that follows will be.
    const coming = attempts[nextAttempt(attempts, key)];
    const allowed = coming.preflight === 'refuse' ? [] : corsHeaders(request, coming.cors);
    const names = ['last-event-id', ...(coming.allow ?? [])];
    if (allowed.length > 0) allowed.push(['Access-Control-Allow-Headers', names.join(', ')]);
    response.writeHead(allowed.length > 0 ? 204 : 405, allowed.flat());
    response.end();
    entry.finishedAt = Math.round(performance.now());
    return;
  }

  const index = nextAttempt(attempts, key);
  const attempt = attempts[index];
  entry.attempt = index;
  key.attempts = attempt.until === undefined ? index + 1 : index;
  let done = false;
  response.once('close', () => {
    entry.clientClosed = !done && !response.writableFinished;
    entry.finishedAt = Math.round(performance.now());
  });
  // What is scripted may refer to all of the request.
  if (!request.complete) await Promise.race([once(request, 'end'), once(request, 'close')]);
  const end = await performAttempt(request, response, attempt, (name) => {
    if (key.open.has(name)) return Promise.resolve();
    return new Promise((resolve) => {
      key.waiting.set(name, [...(key.waiting.get(name) ?? []), resolve]);
    });
  });
  done = end !== 'gone';
}

/**
 * @param {Key} key
 * @param {string} name
 */
function release(key, name) {
  key.open.add(name);
  for (const resolve of key.waiting.get(name) ?? []) resolve();
  key.waiting.delete(name);
}

/** @param {string} host */
async function closedPort(host) {
  const probe = createServer();
  const port = await listen(probe, 0, host);
  await new Promise((resolve) => probe.close(resolve));
  return `http://${host}:${port}`;
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>}
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/**
 * @param {{port?: number, host?: '127.0.0.1' | 'localhost',
 *   files?: Record<string, import('./static_files.js').MemoryFile>}} [options] `files` are served
 *   from memory, by path.
 */
export async function startServer({ port = 0, host = '127.0.0.1', files = {} } = {}) {
  const keys = new Keys();
  const memory = new Map(Object.entries(files));

  /** @type {import('node:http').RequestListener} */
  const handle = async (request, response) => {
    const url = new URL(request.url ?? '/', `http://${host}`);
    const key = keys.get(url.searchParams.get('key') ?? '');
    response.on('error', () => {});
    try {
      if (url.pathname === '/stream') return await stream(request, response, url, key);
      if (['/log', '/release', '/closed-port'].includes(url.pathname)) {
        if (url.pathname === '/release') release(key, url.searchParams.get('name') ?? '');
        const answer =
          url.pathname === '/closed-port' ? { origin: await closedPort(host) } : key.requests;
        response.setHeader('Access-Control-Allow-Origin', '*');
        response.setHeader('Cache-Control', 'no-store');
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(answer));
        return;
      }
      await serveFile(url, response, memory);
    } catch (error) {
      // A mistake in a script shows as a refused stream with its reason, not as a dead server.
      if (!response.headersSent) response.writeHead(400, { 'Content-Type': 'text/plain' });
      response.end(String(error));
    }
  };

  const servers = [0, 1, 2].map(() => {
    const server = createServer({ maxHeaderSize: 256 * 1024, noDelay: true }, handle);
    // Longer than any run: a client must never reuse a connection that is just being closed.
    server.keepAliveTimeout = 120_000;
    server.headersTimeout = 125_000;
    return server;
  });
  const ports = [];
  for (const [index, server] of servers.entries()) {
    ports.push(await listen(server, index === 0 ? port : 0, host));
  }
  const [origin, crossOrigin, controlOrigin] = ports.map((each) => `http://${host}:${each}`);

  return {
    origin,
    crossOrigin,
    controlOrigin,
    port: ports[0],
    /**
     * @param {string} path
     * @param {import('./static_files.js').MemoryFile} file
     */
    serve(path, file) {
      memory.set(path, file);
    },
    /** @returns {Promise<void>} */
    async close() {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}
