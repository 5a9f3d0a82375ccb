// The server that the examples in the documents talk to: what https://example.com/… does. A request that lacks what its
// example is about is refused, so that the example does not print what it says.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';

/**
 * @typedef {object} Asked
 * @property {string} method
 * @property {string} url - path and query
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string} body
 * @property {number} attempt - from 0: the requests of this path before
 *
 * @typedef {object} Answer
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 * @property {'end' | 'stay' | 'destroy' | 'silent'} [then] - `silent`: there are no headers either
 */

/** @param {string} body @param {Answer['then']} [then] @returns {Answer} */
const stream = (body, then = 'stay') => ({
  headers: { 'Content-Type': 'text/event-stream' },
  body,
  then,
});

/** @param {number} status @param {string} [body] @param {Record<string, string>} [headers] @returns {Answer} */
const refusal = (status, body = '', headers = {}) => ({ status, body, headers, then: 'end' });

const bearerOf = ({ headers }) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];

/** Prices, a message and then the end, so that a source fires everything that it can. */
const FEED = 'id: 1\nevent: price\ndata: 42\n\nid: 2\ndata: hello\n\n';

/** @type {Record<string, (asked: Asked) => Answer>} by path */
const ANSWERS = {
  '/feed': ({ method }) => (method === 'GET' ? stream(FEED, 'end') : refusal(405)),
  '/ended': () => stream('data: last\n\n', 'end'),
  '/retry-5000': () => stream('retry: 5000\ndata:\n\n'),
  '/private': (asked) => (bearerOf(asked) ? stream('data: welcome\n\n', 'end') : refusal(401)),
  '/token': ({ attempt }) => ({ body: `token-${attempt + 1}`, then: 'end' }),
  // No token does twice.
  '/tokens': (asked) =>
    bearerOf(asked) === `token-${asked.attempt + 1}`
      ? stream(`data: ${asked.headers.authorization}\n\n`, 'end')
      : refusal(401),
  '/renewed': (asked) =>
    bearerOf(asked) === ['old', 'new'][asked.attempt]
      ? stream(`data: ${asked.headers.authorization}\n\n`)
      : refusal(401),
  '/jobs/7': ({ method, body }) =>
    method === 'PUT' && body === 'start' ? stream('data: 7 has started\n\n') : refusal(405),
  '/answers': ({ method, body, headers }) =>
    method === 'POST' && headers['content-type'] === 'application/json' && JSON.parse(body).question
      ? stream('data: Because.\n\ndata: [DONE]\n\n', 'end')
      : refusal(400),
  '/changes': ({ method, body, headers, attempt }) =>
    method === 'POST' &&
    headers['content-type']?.startsWith('application/x-www-form-urlencoded') &&
    body === (attempt === 0 ? 'after=' : 'after=5')
      ? stream(attempt === 0 ? 'id: 5\n\n' : 'data: what has changed\n\n', 'end')
      : refusal(400),
  '/log': ({ headers }) =>
    headers['last-event-id'] === '17' ? stream('id: 18\ndata: the next one\n\n') : refusal(400),
  '/since': ({ headers, url }) => {
    if (headers['last-event-id']) return refusal(400);
    return stream(`id: 1\ndata: ${url}\n\n`, 'end');
  },
  '/moved': () => refusal(302, '', { Location: '/feed' }),
  '/busy': () => refusal(503, '', { 'Retry-After': '120' }),
  '/restarting': ({ attempt }) =>
    attempt === 0 ? refusal(503, '', { 'Retry-After': '5' }) : stream('data: back again\n\n'),
  '/expired': ({ attempt }) => (attempt === 0 ? refusal(401) : stream('data: after the login\n\n')),
  '/login': ({ method }) => (method === 'POST' ? { then: 'end' } : refusal(405)),
  '/down': () => ({ then: 'destroy' }),
  '/slow': () => ({ then: 'silent' }),
  '/quiet': () => stream('data: the last for a long time\n\n'),
  '/large': () => stream(`data: ${'x'.repeat(2_000_000)}`),
  '/denied': () => refusal(403, JSON.stringify({ problem: 'no such room' })),
  '/parts/cut-off': () => stream('id: 1\ndata: one\n\nid: 2\ndata: t', 'end'),
  '/parts/rest': () => stream('data: two\n\n', 'end'),
};

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Answer} answer
 */
function give(response, { status = 200, headers = {}, body = '', then }) {
  if (then === 'silent') return;
  if (then === 'destroy') {
    response.destroy();
    return;
  }
  response.writeHead(status, headers);
  response.flushHeaders();
  if (then === 'end') response.end(body);
  else response.write(body);
}

/**
 * @param {(requests: string[]) => void} onRequest
 * @returns {Promise<{origin: string, requests: string[], close(): void}>} on a free port, with nothing asked so far
 */
export async function startSnippetServer(onRequest) {
  /** @type {string[]} */
  const requests = [];
  const attempts = new Map();

  /** @type {import('node:http').RequestListener} */
  const handle = async (request, response) => {
    const { method = '', url = '', headers } = request;
    const [path] = url.split('?');
    const attempt = attempts.get(path) ?? 0;
    attempts.set(path, attempt + 1);
    let body = '';
    for await (const chunk of request) body += chunk;
    let answer = refusal(404);
    try {
      answer = ANSWERS[path]?.({ method, url, headers, body, attempt }) ?? answer;
    } catch (error) {
      answer = refusal(400, String(error));
    }
    requests.push(`${method} ${url} ${answer.then === 'silent' ? '-' : (answer.status ?? 200)}`);
    give(response, answer);
    onRequest(requests);
  };

  const server = createServer(handle);
  // A proxy as well: whatever host is asked for, it is this one.
  server.on('connect', (request, socket, head) => {
    requests.push(`CONNECT ${request.url}`);
    const { port } = server.address();
    const through = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      through.write(head);
      socket.pipe(through).pipe(socket);
    });
    through.on('error', () => socket.destroy());
    socket.on('error', () => through.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
