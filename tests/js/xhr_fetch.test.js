// xhrFetch() on an XMLHttpRequest that does exactly what the test says: cuts, limits and failures that no network
// brings at will. Real ones: tests/runtimes/behaviours/xhr.js.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

import { encodeUtf8 } from '../../js/connection/utf8_encoder.js';
import { createXhrFetch, xhrFetch } from '../../js/entries/xhr.js';
import { BrowserXhr, FakeXhr, ReactNativeXhr } from '../support/fake_xhr.js';

const realm = /** @type {any} */ (globalThis);
const URL_OF_STREAM = 'http://127.0.0.1:9/stream';

/** @param {typeof FakeXhr} Xhr */
const use = (Xhr) => {
  realm.XMLHttpRequest = Xhr;
};

beforeEach(() => use(ReactNativeXhr));
afterEach(() => {
  delete realm.XMLHttpRequest;
  jest.restoreAllMocks();
});

/** @param {any} [init] @param {any} [fetch] */
async function opened(init, fetch = xhrFetch) {
  const promise = fetch(URL_OF_STREAM, init);
  await null;
  const xhr = FakeXhr.last;
  xhr.respond();
  const response = await promise;
  return { xhr, response, reader: response.body.getReader() };
}

/** @param {Uint8Array | undefined} bytes */
const hex = (bytes) => Buffer.from(bytes ?? []).toString('hex');

/** @param {any} reader @returns {Promise<string>} everything that is left, as text */
async function rest(reader) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
  }
  return Buffer.concat(chunks).toString();
}

describe('text to bytes', () => {
  const texts = [
    '',
    'a\x7f\x80\u07ff\u0800\uffff',
    '\u{10000}\u{10ffff}\u{1f600}',
    '\ud800a\udfff',
  ];

  test.each(texts)('without TextEncoder %j becomes the same', (text) => {
    const expected = hex(encodeUtf8(text));
    const { TextEncoder } = globalThis;
    try {
      delete realm.TextEncoder;
      expect(hex(encodeUtf8(text))).toBe(expected);
    } finally {
      globalThis.TextEncoder = TextEncoder;
    }
  });

  test('a surrogate pair that is cut waits for its other half', async () => {
    const { xhr, reader } = await opened();
    xhr.receive('a\ud83d');
    expect(hex((await reader.read()).value)).toBe('61');
    const second = reader.read();
    xhr.receive('\ude00b');
    expect(hex((await second).value)).toBe('f09f988062');
  });

  test('half a pair alone gives nothing to read, and U+FFFD at the end of the body', async () => {
    const { xhr, reader } = await opened();
    xhr.receive('\ud83d');
    let isRead = false;
    const read = reader.read().then((/** @type {any} */ result) => {
      isRead = true;
      return result;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isRead).toBe(false);
    xhr.load();
    expect(hex((await read).value)).toBe('efbfbd');
    expect((await reader.read()).done).toBe(true);
  });

  test('where a byte order mark is dropped, there is one for the parser', async () => {
    use(BrowserXhr);
    const { xhr, reader } = await opened();
    expect(xhr.type).toBe('text/event-stream; charset=utf-8');
    xhr.receive('data: a\n\n');
    xhr.load();
    expect(await rest(reader)).toBe('\ufeffdata: a\n\n');
  });
});

describe('what is read', () => {
  test('is let go where the host lets us', async () => {
    const { xhr, reader } = await opened({}, createXhrFetch({ maxCharacters: 10 }));
    for (let count = 0; count < 5; count++) xhr.receive('data: 12345\n\n');
    expect(xhr._response).toBe('');
    expect(xhr.aborted).toBe(0);
    xhr.load();
    expect(await rest(reader)).toBe('data: 12345\n\n'.repeat(5));
  });

  test.each([
    ['LF', ['da', 'ta: 12345\n\ndata: 2\n\ndata: 3'], 'data: 12345\n\ndata: 2\n\n'],
    ['a blank line that is cut', ['data: 12345\n', '\ndata: 3'], 'data: 12345\n\n'],
    ['CR', ['data: 12345\r', '\rdata: 3'], 'data: 12345\r\r'],
    ['CRLF', ['data: 12345\r\n', '\r\ndata: 3'], 'data: 12345\r\n\r\n'],
    [
      'a CRLF that is cut is one line end',
      ['data: 12345\r', '\nid: 1\n\ndata'],
      'data: 12345\r\nid: 1\n\n',
    ],
    ['all within the limit', ['data: 1\n\n'], null],
    ['a block without an end', ['data: 12345', '67890', '1'], null],
  ])('elsewhere the body ends with a block: %s', async (_, pieces, expected) => {
    use(BrowserXhr);
    const { xhr, reader } = await opened({}, createXhrFetch({ maxCharacters: 9 }));
    for (const piece of pieces) xhr.receive(piece);
    expect(xhr.aborted).toBe(expected === null ? 0 : 1);
    if (expected === null) xhr.load();
    expect(await rest(reader)).toBe(`\ufeff${expected ?? pieces.join('')}`);
    // Nothing that comes late is heard.
    expect(xhr.onprogress).toBe(null);
  });
});

describe('failures', () => {
  test('what came before an error is read, though the host has a message in its place', async () => {
    const { xhr, reader } = await opened();
    xhr.receive('data: a\n\n');
    xhr.responseText = 'The network connection was lost.';
    xhr.fire('readystatechange', 4);
    xhr.fire('error');
    expect(hex((await reader.read()).value)).toBe(hex(encodeUtf8('data: a\n\n')));
    const error = await reader.read().catch((/** @type {unknown} */ reason) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/The network connection was lost\./);
  });

  test.each([
    ['error', TypeError, /network error/],
    ['timeout', TypeError, /too long/],
    ['abort', DOMException, /aborted/],
  ])('%s before a response', async (name, type, message) => {
    const promise = xhrFetch(URL_OF_STREAM);
    await null;
    FakeXhr.last.fire(name, 4);
    const error = await promise.catch((reason) => reason);
    expect(error).toBeInstanceOf(type);
    expect(error.message).toMatch(message);
  });

  test("an abort rejects with the signal's reason, and where it has none with an AbortError", async () => {
    /** @type {Set<() => void>} */
    const listeners = new Set();
    const signal = {
      aborted: false,
      addEventListener: (/** @type {string} */ _, /** @type {any} */ each) => listeners.add(each),
      removeEventListener: (/** @type {string} */ _, /** @type {any} */ each) =>
        listeners.delete(each),
    };
    const { xhr, reader } = await opened({ signal });
    const read = reader.read();
    for (const listener of listeners) listener();
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
    expect(xhr.aborted).toBe(1);
    expect(listeners.size).toBe(0);

    const controller = new AbortController();
    const second = await opened({ signal: controller.signal });
    controller.abort('why');
    await expect(second.reader.read()).rejects.toBe('why');
  });

  test('nothing is left at the signal of a body that has ended or was cancelled', async () => {
    const { signal } = new AbortController();
    const added = jest.spyOn(signal, 'addEventListener');
    const removed = jest.spyOn(signal, 'removeEventListener');
    const first = await opened({ signal });
    first.xhr.load();
    const second = await opened({ signal });
    second.reader.cancel();
    expect([first.xhr.aborted, second.xhr.aborted]).toEqual([0, 1]);
    expect((await second.reader.read()).done).toBe(true);
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(added).toHaveBeenCalledTimes(2);
  });
});

describe('the request', () => {
  test.each([
    ['include', true],
    ['same-origin', false],
    [undefined, false],
  ])('credentials %s: withCredentials %s', async (credentials, expected) => {
    const { xhr } = await opened({ credentials });
    expect(xhr.withCredentials).toBe(expected);
  });

  test('the URL is that of the response, though it is told after the headers', async () => {
    const { response } = await opened();
    expect(response.url).toBe('http://127.0.0.1:9/there');
  });

  test('header values are bytes in browsers, and their text in React Native', async () => {
    const headers = {
      'X-A': '\u00c3\u00a4 100%25 \u00e2\u0082\u00ac',
      'X-B': '\u00e4',
      'X-C': '\u2603',
    };
    const { xhr } = await opened({ headers });
    expect(xhr.headers).toEqual([
      ['X-A', '\u00e4 100%25 \u20ac'],
      ['X-B', '\u00e4'],
      ['X-C', '\u2603'],
    ]);
    use(BrowserXhr);
    const second = await opened({ headers });
    expect(second.xhr.headers).toEqual(Object.entries(headers));
  });

  test('no-store asks for no cached response, once', async () => {
    const { xhr } = await opened({ cache: 'no-store', headers: { 'cache-control': 'max-age=0' } });
    expect(xhr.headers).toEqual([
      ['cache-control', 'max-age=0'],
      ['If-Modified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ]);
    expect((await opened()).xhr.headers).toEqual([]);
  });

  test("what no XMLHttpRequest can do is the host's fetch()'s", async () => {
    const answer = new Response('a');
    const fetch = jest.spyOn(globalThis, 'fetch').mockResolvedValue(answer);
    const inits = [{ mode: 'no-cors' }, { redirect: 'manual' }];
    // A browser's origin, and its Request, which drops what is forbidden.
    const { Request } = globalThis;
    Object.assign(realm, { location: { origin: 'http://own.example' } });
    realm.Request = class {
      headers = new Headers();
    };
    try {
      for (const init of inits) expect(await xhrFetch(URL_OF_STREAM, init)).toBe(answer);
    } finally {
      delete realm.location;
      realm.Request = Request;
    }
    expect(fetch.mock.calls).toEqual(inits.map((init) => [URL_OF_STREAM, init]));
  });

  test('where there is no CORS, a redirect is followed by the host and told of afterwards', async () => {
    const fetch = jest.spyOn(globalThis, 'fetch');
    const { response } = await opened({ redirect: 'manual' });
    expect([response.url, response.redirected]).toEqual(['http://127.0.0.1:9/there', true]);
    expect(fetch).not.toHaveBeenCalled();
    const promise = xhrFetch('http://127.0.0.1:9/there#part', { redirect: 'manual' });
    await null;
    FakeXhr.last.respond();
    expect((await promise).redirected).toBe(false);
  });

  test.each([
    ['a=b', 'text/plain;charset=UTF-8', 'a=b'],
    [
      new URLSearchParams({ a: 'ä b' }),
      'application/x-www-form-urlencoded;charset=UTF-8',
      'a=%C3%A4+b',
    ],
    [Uint8Array.of(1, 2), 'application/octet-stream', Uint8Array.of(1, 2)],
    [new ArrayBuffer(3), 'application/octet-stream', new ArrayBuffer(3)],
    [new Blob(['a']), undefined, new Blob(['a'])],
    [undefined, undefined, undefined],
  ])('React Native sends %p as %s', async (body, contentType, sent) => {
    const { xhr } = await opened({ method: 'POST', body });
    expect(xhr.headers).toEqual(contentType ? [['Content-Type', contentType]] : []);
    expect(xhr.sent).toEqual(sent);
    const own = await opened({ method: 'POST', body, headers: { 'content-type': 'a/b' } });
    expect(own.xhr.headers).toEqual([['content-type', 'a/b']]);
  });

  test('browsers see to the type of a body themselves', async () => {
    use(BrowserXhr);
    const body = new URLSearchParams({ a: 'b' });
    const { xhr } = await opened({ method: 'POST', body });
    expect([xhr.headers, xhr.sent, xhr.opened]).toEqual([[], body, ['POST', URL_OF_STREAM]]);
  });
});
