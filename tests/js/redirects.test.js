// The request, and the redirects that are followed here, against two real servers: two ports are two origins.
// What browsers do by themselves: tests/runtimes/behaviours/redirects.js.
import { createServer } from 'node:http';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals';

import { DEFAULTS, readOptions } from '../../js/connection/options.js';
import { OwnFailure, requestStream } from '../../js/connection/request.js';

/** @typedef {{to?: string, method: string, url: string, headers: Record<string, any>, body: Buffer}} Asked */

/** @type {Asked[]} by whichever of the two */
let asked = [];
/** @type {Record<string, [status: number, location?: string | string[]]>} by path */
let answers = {};

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
let base = '';
let other = '';

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
  answers = {};
});
afterEach(() => jest.restoreAllMocks());

/**
 * @param {any} [init]
 * @param {{fetch?: any, href?: string, id?: string, sendId?: boolean, isHosts?: boolean, signal?: any,
 *   failures?: number}} [how]
 */
function ask(init = {}, how = {}) {
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
const sent = ({ headers: { host, connection, 'user-agent': agent, ...headers } }) => headers;

/** What Node adds to each. */
const ALWAYS = {
  'accept-language': '*',
  'sec-fetch-mode': 'cors',
  'accept-encoding': 'gzip, deflate',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
};
const ACCEPT = { ...ALWAYS, accept: 'text/event-stream' };

const OURS = {
  Authorization: 'Bearer token',
  Cookie: 'a=b',
  'X-Api-Key': 'key',
  'Content-Language': 'en',
  'Content-Type': 'application/json',
};
const BODY = '{"a":1}';
const ALL = {
  ...ACCEPT,
  authorization: 'Bearer token',
  cookie: 'a=b',
  'x-api-key': 'key',
  'content-language': 'en',
  'content-type': 'application/json',
  'last-event-id': '7',
};

describe.each([301, 302, 303, 307, 308])('status %d', (status) => {
  const keeps = status > 303;

  test('POST: to the same origin everything goes along, the body where Fetch sends it', async () => {
    answers = { '/': [status, '/there'] };
    const got = await ask({ headers: OURS, body: BODY }, { id: '7' });
    expect(got).toMatchObject({ url: `${base}/there`, carriesId: true });
    expect(await got.response.text()).toBe('first /there');
    const withBody = { ...ALL, 'content-length': '7' };
    const { 'content-type': _, 'content-language': __, ...without } = ALL;
    expect(asked.map(sent)).toEqual([withBody, keeps ? withBody : without]);
    expect(asked.map(({ method, body }) => [method, `${body}`])).toEqual([
      ['POST', BODY],
      keeps ? ['POST', BODY] : ['GET', ''],
    ]);
  });

  test.each([
    ['PUT', status === 303 ? 'GET' : 'PUT'],
    ['DELETE', status === 303 ? 'GET' : 'DELETE'],
    ['HEAD', 'HEAD'],
    ['GET', 'GET'],
  ])('%s becomes %s', async (method, expected) => {
    answers = { '/': [status, '/there'] };
    await ask({ method });
    expect(asked.map((each) => each.method)).toEqual([method, expected]);
  });

  test('to another origin nothing but Accept goes along, and never again', async () => {
    answers = { '/': [status, `${other}/on`], '/on': [status, `${base}/back`] };
    const got = await ask({ headers: OURS, body: BODY }, { id: '7' });
    expect(got).toMatchObject({ url: `${base}/back`, carriesId: false });
    expect(asked.map(({ to, url }) => [to, url])).toEqual([
      ['first', '/'],
      ['second', '/on'],
      ['first', '/back'],
    ]);
    const bare = keeps ? { ...ACCEPT, 'content-length': '0' } : ACCEPT;
    expect(asked.slice(1).map(sent)).toEqual([bare, bare]);
    expect(asked.slice(1).map(({ method, body }) => [method, `${body}`])).toEqual([
      [keeps ? 'POST' : 'GET', ''],
      [keeps ? 'POST' : 'GET', ''],
    ]);
  });

  test('without Location it is the response', async () => {
    answers = { '/': [status] };
    expect((await ask()).response.status).toBe(status);
  });

  test("with redirect: 'error' it is refused, and can be told from a network error", async () => {
    answers = { '/': [status, '/there'] };
    await expect(ask({ redirect: 'error' })).rejects.toMatchObject({
      name: 'TypeError',
      message: "the response redirects, which the option 'redirect' does not allow.",
      refusedRedirect: true,
    });
    expect(asked).toHaveLength(1);
  });
});

test.each([300, 304, 305, 306, 309])('status %d redirects nowhere', async (status) => {
  answers = { '/': [status, '/there'] };
  expect((await ask()).response.status).toBe(status);
});

test('without options the ID goes along to the same origin, and not to another one', async () => {
  answers = { '/': [302, '/2'], '/2': [307, `${other}/3`] };
  const got = await ask({}, { id: '7ä' });
  expect(got.carriesId).toBe(false);
  expect(asked.map(sent)).toEqual([
    { ...ACCEPT, 'last-event-id': Buffer.from('7ä').toString('latin1') },
    { ...ACCEPT, 'last-event-id': Buffer.from('7ä').toString('latin1') },
    ACCEPT,
  ]);
});

test("a URL's user name goes to its own origin alone, and that of a Location nowhere", async () => {
  const authorization = `Basic ${btoa('user:pass')}`;
  const href = base.replace('//', '//user:pass@');
  answers = {
    '/': [302, '/same'],
    '/same': [302, `${base.replace('//', '//other:one@')}/named`],
    '/named': [302, `${other.replace('//', '//other:one@')}/end`],
  };
  await ask({}, { href });
  expect(asked.map((each) => each.headers.authorization)).toEqual([
    authorization,
    authorization,
    authorization,
    undefined,
  ]);
  expect(asked[3]).toMatchObject({ to: 'second', url: '/end' });
});

describe('how far', () => {
  test('20 redirects are followed', async () => {
    for (let i = 0; i < 20; i++) answers[`/${i}`] = [302, `/${i + 1}`];
    const { response } = await ask({}, { href: `${base}/0` });
    expect(await response.text()).toBe('first /20');
    expect(asked).toHaveLength(21);
  });

  test('a loop ends with the 21st request, as a network error', async () => {
    answers = { '/': [307, '/'] };
    const error = await ask().catch((reason) => reason);
    expect(error).toEqual(new TypeError("the redirect 21 to '/' cannot be followed."));
    expect(error.refusedRedirect).toBeUndefined();
    expect(asked).toHaveLength(21);
  });

  test.each([
    'ftp://127.0.0.1/',
    'data:text/event-stream,data: a',
    'about:blank',
    'file:///etc/passwd',
    'javascript:1',
    'http://',
    'http://a b/',
    'http://127.0.0.1:99999/',
  ])('the Location %s is a network error', async (location) => {
    answers = { '/': [302, location] };
    await expect(ask()).rejects.toThrow(`the redirect 1 to '${location}' cannot be followed.`);
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['there', '/a/there?'],
    ['?x', '/a/b?x'],
    ['', '/a/b?c'],
    ['#f', '/a/b?c'],
    ['../there#f', '/there'],
    ['/there?x=1', '/there?x=1'],
    ['./%2e', '/a/'],
    [Buffer.from('/ä?ö').toString('latin1'), '/%C3%A4?%C3%B6'],
    ['/\xe4', '/%C3%A4'],
    ['/%E4', '/%E4'],
  ])('the Location %j is relative to the URL that redirects', async (location, expected) => {
    answers = { '/a/b': [302, location] };
    jest.spyOn(globalThis, 'fetch');
    // Those that lead back go round.
    await ask({}, { href: `${base}/a/b?c#d` }).catch(() => {});
    const url = asked[1].url;
    expect([url, `${url}?`]).toContain(expected);
  });

  test('//host is of the scheme of the URL', async () => {
    answers = { '/a': [302, other.slice('http:'.length)] };
    await ask({}, { href: `${base}/a` });
    expect(asked[1]).toMatchObject({ to: 'second', url: '/' });
  });
});

describe('the ID', () => {
  test('as a parameter, there is no header', async () => {
    const how = { id: 'ä &', href: `${base}/a?x=1&id=0#f` };
    expect(await ask({ lastEventIdParam: 'id' }, how)).toMatchObject({ carriesId: true });
    expect(asked[0].url).toBe('/a?x=1&id=%C3%A4%20%26');
    expect(sent(asked[0])).toEqual(ACCEPT);
  });

  test('an empty one leaves the URL as it is', async () => {
    const how = { href: `${base}/a?id=0` };
    expect(await ask({ lastEventIdParam: 'id' }, how)).toMatchObject({ carriesId: false });
    expect(asked[0].url).toBe('/a?id=0');
  });

  test.each([{}, { lastEventIdParam: 'id' }])('is not sent where it may not: %p', async (init) => {
    const got = await ask(init, { id: '7', sendId: false });
    expect(got.carriesId).toBe(false);
    expect([asked[0].url, sent(asked[0])]).toEqual(['/', ACCEPT]);
  });

  test("the user's own header stands, also where the ID may not be sent", async () => {
    const headers = { 'LAST-EVENT-ID': 'mine', accept: '*/*' };
    for (const sendId of [true, false]) await ask({ headers }, { id: '7', sendId });
    for (const request of asked) {
      expect(sent(request)).toEqual({ ...ALWAYS, accept: '*/*', 'last-event-id': 'mine' });
    }
  });
});

describe('the body', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, index) => index);
  /** @type {[string, any, string | undefined, Buffer | string][]} */
  const bodies = [
    ['a string', 'ä', 'text/plain;charset=UTF-8', 'ä'],
    ['an empty string', '', 'text/plain;charset=UTF-8', ''],
    ['a Uint8Array', bytes, undefined, Buffer.from(bytes)],
    ['a part of one', bytes.subarray(7, 9), undefined, Buffer.of(7, 8)],
    ['an ArrayBuffer', bytes.buffer, undefined, Buffer.from(bytes)],
    ['a DataView', new DataView(bytes.buffer, 1, 2), undefined, Buffer.of(1, 2)],
    ['a Blob', new Blob(['ä'], { type: 'a/b' }), 'a/b', 'ä'],
    [
      'URLSearchParams',
      new URLSearchParams({ a: 'ä b' }),
      'application/x-www-form-urlencoded;charset=UTF-8',
      'a=%C3%A4+b',
    ],
  ];

  test.each(bodies)(
    '%s comes byte for byte, and again with the next attempt',
    async (_, body, type, expected) => {
      for (const failures of [0, 1]) await ask({ body }, { failures });
      expect(asked).toHaveLength(2);
      for (const request of asked) {
        expect(request.method).toBe('POST');
        expect(request.headers['content-type']).toBe(type);
        expect(request.body.equals(Buffer.from(/** @type {any} */ (expected)))).toBe(true);
      }
    },
  );

  test('FormData has its own boundary, with each attempt and after a redirect', async () => {
    answers = { '/': [307, '/there'] };
    const body = new FormData();
    body.append('a', 'ä');
    body.append('file', new Blob([bytes]), 'b.bin');
    for (let i = 0; i < 2; i++) await ask({ body });
    expect(asked).toHaveLength(4);
    for (const request of asked) {
      const boundary = /^multipart\/form-data; ?boundary=(.+)$/.exec(
        request.headers['content-type'],
      )?.[1];
      const text = request.body.toString('latin1');
      expect(text.startsWith(`--${boundary}\r\n`)).toBe(true);
      expect(text.trimEnd().endsWith(`--${boundary}--`)).toBe(true);
      expect(text).toContain(Buffer.from(bytes).toString('latin1'));
    }
  });

  test("the user's own Content-Type stands, and so does the method", async () => {
    await ask({ body: BODY, method: 'PUT', headers: { 'content-type': 'application/json' } });
    expect(asked[0].headers['content-type']).toBe('application/json');
    expect([asked[0].method, `${asked[0].body}`]).toEqual(['PUT', BODY]);
  });

  const stream = () =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    });

  test('a function may give a stream, a new one for each attempt', async () => {
    for (let i = 0; i < 2; i++) await ask({ body: stream });
    expect(asked.map(({ body }) => body.equals(Buffer.from(bytes)))).toEqual([true, true]);
  });

  test.each([301, 302, 307, 308])('a stream cannot follow a %d', async (status) => {
    answers = { '/': [status, '/there'] };
    await expect(ask({ body: stream })).rejects.toThrow("the redirect 1 to '/there'");
    expect(asked).toHaveLength(1);
  });

  test('but a 303, which wants a GET', async () => {
    answers = { '/': [303, '/there'] };
    await ask({ body: stream });
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });
});

describe('functions of the attempt', () => {
  test('are called anew for each, with what there is to know of it', async () => {
    const headers = jest.fn(async (/** @type {any} */ { failures }) => ({
      Authorization: `${failures}`,
    }));
    const body = jest.fn((/** @type {any} */ { lastEventId }) => `after ${lastEventId}`);
    for (const failures of [0, 1, 2]) {
      await ask({ headers, body }, { failures, id: `id${failures}` });
    }
    expect(asked.map((each) => [each.headers.authorization, `${each.body}`])).toEqual([
      ['0', 'after id0'],
      ['1', 'after id1'],
      ['2', 'after id2'],
    ]);
    expect(headers.mock.calls).toEqual(body.mock.calls);
    expect(headers.mock.calls[1]).toEqual([{ failures: 1, lastEventId: 'id1', signal: undefined }]);
  });

  test('are called once for a chain of redirects', async () => {
    answers = { '/': [307, '/2'], '/2': [307, '/3'] };
    const headers = jest.fn(() => ({ 'X-A': 'a' }));
    const body = jest.fn(() => 'b');
    await ask({ headers, body });
    expect([headers.mock.calls.length, body.mock.calls.length]).toEqual([1, 1]);
    expect(asked.map((each) => [each.headers['x-a'], `${each.body}`])).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  test('may give nothing: then it is a GET', async () => {
    await ask({ headers: () => undefined, body: async () => null });
    expect([asked[0].method, sent(asked[0])]).toEqual(['GET', ACCEPT]);
  });

  test.each([
    [
      'headers that throw',
      {
        headers: () => {
          throw new Error('mine');
        },
      },
      'mine',
    ],
    [
      'headers that reject',
      {
        headers: async () => {
          throw new Error('mine');
        },
      },
      'mine',
    ],
    [
      'a body that throws',
      {
        body: () => {
          throw new Error('mine');
        },
      },
      'mine',
    ],
    [
      'an ill-formed header',
      { headers: () => ({ 'a b': 'c' }) },
      "the option 'headers' has an ill-formed 'a b'",
    ],
    ['an object as a body', { body: () => ({ a: 1 }) }, "the option 'body' must be"],
    ['a function as a body', { body: () => () => 'a' }, "the option 'body' must be"],
  ])('%s: rejected, and nothing is sent', async (_, init, message) => {
    await expect(ask(init)).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });

  test('nothing is sent for a source that was closed meanwhile', async () => {
    const controller = new AbortController();
    const fetch = jest.fn();
    const promise = ask({ headers: async () => ({}) }, { fetch, signal: controller.signal });
    controller.abort(new Error('closed'));
    await expect(promise).rejects.toThrow('closed');
    expect(fetch).not.toHaveBeenCalled();
  });
});

/** @param {any} response */
const fetchOf = (...response) => jest.fn(async () => response.shift());

/** @param {any} [more] */
const fake = (more) => ({
  status: 200,
  type: 'basic',
  url: '',
  headers: new Headers(),
  body: null,
  ...more,
});

/** @param {string} location @param {any} [more] */
const redirectTo = (location, more) =>
  fake({ status: 302, headers: new Headers({ location }), ...more });

describe('the call of fetch()', () => {
  test('without functions it comes before requestStream() returns', async () => {
    const fetch = fetchOf(fake(), fake());
    const bare = ask({}, { fetch });
    expect(fetch).toHaveBeenCalledTimes(1);
    const laden = ask(
      { headers: { a: 'b' }, body: 'c', lastEventIdParam: 'd' },
      { fetch, id: 'e' },
    );
    expect(fetch).toHaveBeenCalledTimes(2);
    await Promise.all([bare, laden]);
  });

  test("with no options it is that of before, for a user's own", async () => {
    const { signal } = new AbortController();
    const fetch = fetchOf(fake());
    const about = { failures: 0, lastEventId: '7', signal };
    await requestStream(/** @type {any} */ (fetch), `${base}/`, true, DEFAULTS, about, true, false);
    expect(fetch.mock.calls).toEqual([
      [
        `${base}/`,
        {
          cache: 'no-store',
          credentials: 'include',
          mode: 'cors',
          signal,
          headers: { Accept: 'text/event-stream', 'Last-Event-ID': '7' },
        },
      ],
    ]);
  });

  test("a user's own follows redirects itself, as it may add headers to whatever it is asked for", async () => {
    const fetch = fetchOf(redirectTo('/there'), redirectTo('/there'), fake());
    expect((await ask({}, { fetch })).response.status).toBe(302);
    expect(fetch.mock.calls[0]).toEqual([
      `${base}/`,
      expect.not.objectContaining({ redirect: 'manual' }),
    ]);
    // But where there is something of ours that must not go along.
    expect(await ask({ headers: { a: 'b' } }, { fetch })).toMatchObject({ url: `${base}/there` });
    expect(fetch.mock.calls[1]).toEqual([
      `${base}/`,
      expect.objectContaining({ redirect: 'manual' }),
    ]);
  });

  test('the body of a redirect is cancelled', async () => {
    const cancel = jest.fn(async () => {
      throw new Error('nobody hears of this');
    });
    const fetch = fetchOf(redirectTo('/there', { body: { cancel } }), fake());
    await ask({}, { fetch, isHosts: true });
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test('no request follows for a source that was closed meanwhile', async () => {
    const controller = new AbortController();
    const fetch = jest.fn(async () => {
      controller.abort(new Error('closed'));
      return redirectTo('/there');
    });
    const promise = ask({}, { fetch, isHosts: true, signal: controller.signal });
    await expect(promise).rejects.toThrow('closed');
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test('from https to http is a change of origin', async () => {
    const fetch = fetchOf(redirectTo('http://a.example/'), fake());
    const how = { fetch, href: 'https://a.example/', id: '7', isHosts: true };
    const got = await ask({ headers: OURS, body: BODY }, how);
    expect(got).toMatchObject({ url: 'http://a.example/', carriesId: false });
    expect(fetch.mock.calls[1]).toMatchObject([
      'http://a.example/',
      { method: 'GET', headers: { Accept: 'text/event-stream' }, body: undefined },
    ]);
  });
});

describe('hosts that hide redirects although they have no CORS', () => {
  const hidden = () => fake({ status: 0, type: 'opaqueredirect' });

  test('are asked again to follow them, and from then on at once', async () => {
    const fetch = fetchOf(hidden(), fake(), fake());
    await ask({}, { fetch, isHosts: true });
    await ask({}, { fetch, isHosts: true });
    const modes = fetch.mock.calls.map((/** @type {any[]} */ [, { redirect }]) => redirect);
    expect(modes).toEqual(['manual', undefined, undefined]);
  });

  test("with redirect: 'error' the answer is refused, each time", async () => {
    const fetch = fetchOf(hidden(), hidden());
    for (let i = 0; i < 2; i++) {
      const promise = ask({ redirect: 'error' }, { fetch, isHosts: true });
      await expect(promise).rejects.toMatchObject({ refusedRedirect: true });
    }
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test('or that follow them all the same: refused, or taken as it is', async () => {
    const followed = () => fake({ redirected: true, url: `${base}/there` });
    const fetch = fetchOf(followed(), followed());
    const refused = ask({ redirect: 'error' }, { fetch, isHosts: true });
    await expect(refused).rejects.toMatchObject({ refusedRedirect: true });
    expect((await ask({}, { fetch, isHosts: true })).response.url).toBe(`${base}/there`);
  });
});

describe('where there is CORS', () => {
  const { Request } = globalThis;

  beforeEach(() => {
    Object.assign(globalThis, {
      location: { origin: 'http://own.example', href: 'http://own.example/' },
      Request: class {
        headers = new Headers();
      },
    });
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'location');
    globalThis.Request = Request;
  });

  test('the host follows, and is not asked for anything else', async () => {
    const fetch = fetchOf(redirectTo('/there'));
    await ask({ headers: { a: 'b' }, body: 'c' }, { fetch, isHosts: true });
    expect(fetch.mock.calls[0]).toEqual([
      `${base}/`,
      expect.not.objectContaining({ redirect: 'manual' }),
    ]);
  });

  test("redirect: 'error' makes it a redirect that is hidden, and that is refused", async () => {
    const fetch = fetchOf(fake({ status: 0, type: 'opaqueredirect' }), fake());
    const refused = ask({ redirect: 'error' }, { fetch, isHosts: true });
    await expect(refused).rejects.toMatchObject({ refusedRedirect: true });
    await ask({ redirect: 'error' }, { fetch, isHosts: true });
    const modes = fetch.mock.calls.map((/** @type {any[]} */ [, { redirect }]) => redirect);
    expect(modes).toEqual(['manual', 'manual']);
  });
});

test.each([
  ['nothing', undefined],
  ['a number', 5],
  [
    'what throws at a look',
    {
      get status() {
        throw new Error('no');
      },
    },
  ],
  [
    'a redirect whose headers throw',
    {
      status: 302,
      headers: {
        get() {
          throw new Error('no');
        },
      },
    },
  ],
])('an odd response is for others to judge: %s', async (_, response) => {
  const got = await ask({}, { fetch: async () => response, isHosts: true });
  expect(got.response).toBe(response);
});
