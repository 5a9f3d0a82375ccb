// requestStream() against two real servers, as two ports are two origins, or against fetches of the test's own.
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, jest } from '@jest/globals';

import { readOptions } from '../../js/connection/options.js';
import { OwnFailure, requestStream } from '../../js/connection/request.js';

/** @typedef {{to?: string, method: string, url: string, headers: Record<string, any>, body: Buffer}} Asked */

/** @type {Asked[]} by whichever of the two */
export let asked = [];
/** @type {Record<string, [status: number, location?: string | string[]]>} by path */
export const answers = {};

/** @param {string} name */
function serve(name) {
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push({ to: name, method, url, headers, body: Buffer.concat(await request.toArray()) });
    const [status, location] = answers[url.split('?')[0]] ?? [200];
    if (location !== undefined) response.setHeader('Location', location);
    response.setHeader('Content-Type', 'text/event-stream');
    response.writeHead(status);
    response.end(`${name} ${url}`);
  });
  return server;
}

const [first, second] = [serve('first'), serve('second')];
export let base = '';
export let other = '';

/** @param {import('node:http').Server} server */
async function start(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

beforeAll(async () => {
  base = await start(first);
  other = await start(second);
});
afterAll(() => {
  for (const server of [first, second]) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => {
  asked = [];
  for (const path of Object.keys(answers)) delete answers[path];
});
afterEach(() => jest.restoreAllMocks());

/**
 * @param {any} [init]
 * @param {{fetch?: any, href?: string, id?: string, sendId?: boolean, isHosts?: boolean, signal?: any,
 *   failures?: number}} [how]
 */
export function ask(init = {}, how = {}) {
  const { fetch = globalThis.fetch, href = `${base}/`, id = '', sendId = true, signal } = how;
  const about = { failures: how.failures ?? 0, lastEventId: id, signal };
  const { options } = readOptions({ fetch, ...init });
  const isHosts = how.isHosts ?? fetch === globalThis.fetch;
  return requestStream(fetch, href, false, options, about, sendId, isHosts).catch((thrown) => {
    if (!(thrown instanceof OwnFailure)) throw thrown;
    const { error, isFinal } = thrown;
    throw isFinal ? Object.assign(/** @type {any} */ (error), { refusedRedirect: true }) : error;
  });
}

/** @param {Asked} request */
export const sent = ({ headers: { host, connection, 'user-agent': agent, ...headers } }) => headers;

/** What Node adds to each. */
export const ALWAYS = {
  'accept-language': '*',
  'sec-fetch-mode': 'cors',
  'accept-encoding': 'gzip, deflate',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
};
export const ACCEPT = { ...ALWAYS, accept: 'text/event-stream' };

export const OURS = {
  Authorization: 'Bearer token',
  Cookie: 'a=b',
  'X-Api-Key': 'key',
  'Content-Language': 'en',
  'Content-Type': 'application/json',
};
export const BODY = '{"a":1}';
export const ALL = {
  ...ACCEPT,
  authorization: 'Bearer token',
  cookie: 'a=b',
  'x-api-key': 'key',
  'content-language': 'en',
  'content-type': 'application/json',
  'last-event-id': '7',
};

/** @param {any} response */
export const fetchOf = (...response) => jest.fn(async () => response.shift());

/** @param {any} [more] */
export const fake = (more) => ({
  status: 200,
  type: 'basic',
  url: '',
  headers: new Headers(),
  body: null,
  ...more,
});

/** @param {string} location @param {any} [more] */
export const redirectTo = (location, more) =>
  fake({ status: 302, headers: new Headers({ location }), ...more });
