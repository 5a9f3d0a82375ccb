// The server of every stream, in a process of its own: it sends what it prepared beforehand, as fast as
// the socket takes it. Prints its origins as one line of JSON, and ends with its standard input: `http`,
// and several of HTTP/2, because browsers open six connections to a host over HTTP/1.1, and Chromium no
// more than 256 streams over one of HTTP/2.
//
// GET /prepare?workload=NAME&count=N  prepares a stream; 204
// GET /stream?workload=NAME&count=N   sends it
// GET /stream?…&group=ID              sends a comment, and the rest when it is told to
// GET /go?…&group=ID&of=M             sends every write in its turn, ten a second on each of the group's M
//                                     connections; 204, or 409 when there are not so many
// GET /stream?…&hold                  leaves the connection open afterwards
// GET /giant                          an event with 64 MiB of data and the one that ends a stream
// GET /idle                           a comment, and then nothing
import http from 'node:http';
import http2 from 'node:http2';
import { certificate } from './tools/certificate.js';
import { streamWorkloads, writesOf } from './workloads/streams.js';
import { END } from './workloads/tally.js';

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*',
  // Pages with precise clocks may only load what allows it.
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** Milliseconds between two events on each of many connections, and the slots that they are spread over. */
const PERIOD = 100;
const SLOTS = 10;

/** Each takes a fifth of a thousand connections. */
const SECURE_SERVERS = 5;

/** Bytes of the giant event's data. */
const GIANT = 64 * 2 ** 20;

/** @type {Map<string, Uint8Array[]>} */
const prepared = new Map();

/** @type {Map<string, http.ServerResponse[]>} */
const groups = new Map();

/** @param {URLSearchParams} query */
function writesFor(query) {
  const { workload, count } = Object.fromEntries(query);
  const key = `${workload} ${count}`;
  let writes = prepared.get(key);
  if (!writes) {
    const found = streamWorkloads[workload];
    if (!found) throw new Error(`there is no workload ${workload}`);
    writes = writesOf(found, Number(count));
    prepared.set(key, writes);
  }
  return writes;
}

/**
 * @param {http.ServerResponse} response
 * @param {Uint8Array[]} writes
 * @param {boolean} apart each in a turn of its own, so that each is a packet
 * @param {boolean} hold
 */
function send(response, writes, apart, hold) {
  let next = 0;
  const go = () => {
    while (next < writes.length && !response.destroyed) {
      const ready = response.write(writes[next]);
      next += 1;
      if (!ready) {
        response.once('drain', go);
        return;
      }
      if (apart) {
        setImmediate(go);
        return;
      }
    }
    if (!hold) response.end();
  };
  go();
}

/**
 * @param {http.ServerResponse[]} responses
 * @param {Uint8Array[]} writes
 */
function sendSlowly(responses, writes) {
  let slot = 0;
  const timer = setInterval(() => {
    const index = Math.floor(slot / SLOTS);
    for (let i = slot % SLOTS; i < responses.length; i += SLOTS) {
      // Ended at once: a stream of HTTP/2 that its client has to reset counts as an attack.
      if (index === writes.length - 1) responses[i].end(writes[index]);
      else responses[i].write(writes[index]);
    }
    slot += 1;
    if (slot === writes.length * SLOTS) clearInterval(timer);
  }, PERIOD / SLOTS);
}

/** @type {http.RequestListener} */
function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'OPTIONS') {
    response.writeHead(204, HEADERS).end();
    return;
  }
  if (pathname === '/prepare') {
    writesFor(searchParams);
    response.writeHead(204, HEADERS).end();
    return;
  }
  if (pathname === '/go') {
    const group = groups.get(searchParams.get('group') ?? '') ?? [];
    const isWhole = group.length === Number(searchParams.get('of'));
    response.writeHead(isWhole ? 204 : 409, HEADERS).end();
    if (isWhole) sendSlowly(group, writesFor(searchParams));
    groups.delete(searchParams.get('group') ?? '');
    return;
  }
  response.writeHead(200, HEADERS);
  response.flushHeaders();
  if (pathname === '/idle') {
    response.write(': idle\n\n');
    return;
  }
  if (pathname === '/giant') {
    const filling = Buffer.alloc(GIANT, 'x');
    const blocks = [Buffer.from('data: '), filling, Buffer.from(`\n\nevent: ${END}\ndata: 1\n\n`)];
    send(response, blocks, false, true);
    return;
  }
  const writes = writesFor(searchParams);
  const id = searchParams.get('group');
  if (id === null) {
    const { chunk } = streamWorkloads[searchParams.get('workload') ?? ''];
    send(response, writes, chunk === 0, searchParams.has('hold'));
    return;
  }
  // Not every runtime tells of a response before there is a byte of its body.
  response.write(': connected\n\n');
  groups.set(id, [...(groups.get(id) ?? []), response]);
}

/** @type {http.RequestListener} */
function handle(request, response) {
  try {
    answer(request, response);
  } catch (error) {
    response.writeHead(400, HEADERS).end(String(error));
  }
}

/**
 * @param {import('node:net').Server} server
 * @returns {Promise<number>} its port
 */
const listen = (server) =>
  new Promise((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
      resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
    });
  });

const port = await listen(http.createServer({ keepAliveTimeout: 60_000 }, handle));
const pair = certificate();
const securePorts = await Promise.all(
  Array.from({ length: pair ? SECURE_SERVERS : 0 }, () =>
    listen(
      http2.createSecureServer(
        { ...pair, settings: { maxConcurrentStreams: 1024 } },
        /** @type {any} */ (handle),
      ),
    ),
  ),
);
const origins = {
  http: `http://127.0.0.1:${port}`,
  http2: securePorts.map((each) => `https://127.0.0.1:${each}`),
};
process.stdout.write(`${JSON.stringify(origins)}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
