// The request of a stream: its body, the functions that are called for each attempt, and how fetch() is called.
import { describe, expect, jest, test } from '@jest/globals';

import { DEFAULTS } from '../../js/connection/options.js';
import { requestStream } from '../../js/connection/request.js';
import {
  ACCEPT,
  BODY,
  OURS,
  answers,
  ask,
  asked,
  base,
  fake,
  fetchOf,
  redirectTo,
  sent,
} from '../support/two_origins.js';

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
    Object.assign(answers, { '/': [307, '/there'] });
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
    Object.assign(answers, { '/': [status, '/there'] });
    await expect(ask({ body: stream })).rejects.toThrow("the redirect 1 to '/there'");
    expect(asked).toHaveLength(1);
  });

  test('but a 303, which wants a GET', async () => {
    Object.assign(answers, { '/': [303, '/there'] });
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
    Object.assign(answers, { '/': [307, '/2'], '/2': [307, '/3'] });
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
