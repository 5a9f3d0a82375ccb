// The redirects that are followed here. What browsers do by themselves: tests/runtimes/behaviours/redirects.js.
import { describe, expect, jest, test } from '@jest/globals';

import {
  ACCEPT,
  ALWAYS,
  ALL,
  BODY,
  OURS,
  answers,
  ask,
  asked,
  base,
  fake,
  fetchOf,
  other,
  redirectTo,
  sent,
} from '../support/two_origins.js';

describe.each([301, 302, 303, 307, 308])('status %d', (status) => {
  const keeps = status > 303;

  test('POST: to the same origin everything goes along, the body where Fetch sends it', async () => {
    Object.assign(answers, { '/': [status, '/there'] });
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
    Object.assign(answers, { '/': [status, '/there'] });
    await ask({ method });
    expect(asked.map((each) => each.method)).toEqual([method, expected]);
  });

  test('to another origin nothing but Accept goes along, and never again', async () => {
    Object.assign(answers, { '/': [status, `${other}/on`], '/on': [status, `${base}/back`] });
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
    Object.assign(answers, { '/': [status] });
    expect((await ask()).response.status).toBe(status);
  });

  test("with redirect: 'error' it is refused, and can be told from a network error", async () => {
    Object.assign(answers, { '/': [status, '/there'] });
    await expect(ask({ redirect: 'error' })).rejects.toMatchObject({
      name: 'TypeError',
      message: "the response redirects, which the option 'redirect' does not allow.",
      refusedRedirect: true,
    });
    expect(asked).toHaveLength(1);
  });
});

test.each([300, 304, 305, 306, 309])('status %d redirects nowhere', async (status) => {
  Object.assign(answers, { '/': [status, '/there'] });
  expect((await ask()).response.status).toBe(status);
});

test('without options the ID goes along to the same origin, and not to another one', async () => {
  Object.assign(answers, { '/': [302, '/2'], '/2': [307, `${other}/3`] });
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
  Object.assign(answers, {
    '/': [302, '/same'],
    '/same': [302, `${base.replace('//', '//other:one@')}/named`],
    '/named': [302, `${other.replace('//', '//other:one@')}/end`],
  });
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
    Object.assign(answers, { '/': [307, '/'] });
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
    Object.assign(answers, { '/': [302, location] });
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
    Object.assign(answers, { '/a/b': [302, location] });
    jest.spyOn(globalThis, 'fetch');
    // Those that lead back go round.
    await ask({}, { href: `${base}/a/b?c#d` }).catch(() => {});
    const url = asked[1].url;
    expect([url, `${url}?`]).toContain(expected);
  });

  test('//host is of the scheme of the URL', async () => {
    Object.assign(answers, { '/a': [302, other.slice('http:'.length)] });
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
