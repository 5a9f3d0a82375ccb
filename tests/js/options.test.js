// What users may give beside the URL: every value that is refused, and what is made of those that are not.
import vm from 'node:vm';
import { afterEach, describe, expect, jest, test } from '@jest/globals';

import { DEFAULTS, readMaxEventSize, readOptions } from '../../js/connection/options.js';

afterEach(() => jest.restoreAllMocks());

const fetch = () => {};
/** @param {object} init @returns {any} */
const read = (init) => readOptions({ fetch, ...init }).options;

/** @param {() => unknown} action @returns {any} */
function thrown(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('without any of them', () => {
  test('sources share one object, also where the options of before are given', () => {
    const nothing = readOptions({});
    expect(nothing.options).toBe(DEFAULTS);
    expect(nothing.fetch).toBe(globalThis.fetch);
    expect(nothing).toMatchObject({ maxEventSize: undefined, unref: undefined });
    const given = { fetch, maxEventSize: 5, unref: 1, withCredentials: 'yes' };
    expect(readOptions(given)).toEqual({ ...given, options: DEFAULTS });
    expect(readOptions({ headers: undefined, signal: undefined }).options).toBe(DEFAULTS);
    expect(Object.isFrozen(DEFAULTS)).toBe(true);
  });

  test('these are the defaults', () => {
    expect(DEFAULTS).toEqual({
      lastEventId: '',
      redirect: 'follow',
      reconnectionTime: 3000,
      retry: 'standard',
    });
  });

  test('one that is given leaves the others at their defaults', () => {
    expect(read({ maxRetries: 3 })).toEqual({ ...DEFAULTS, maxRetries: 3 });
    expect(read({ maxRetries: 3 })).not.toBe(read({ maxRetries: 3 }));
  });
});

test('they are read once, and those of before in the order of before', () => {
  /** @type {string[]} */
  const names = [];
  const init = new Proxy(/** @type {any} */ ({}), {
    get(_, name) {
      names.push(String(name));
      return name === 'fetch' ? fetch : undefined;
    },
  });
  readOptions(init);
  expect(names.slice(0, 4)).toEqual(['fetch', 'maxEventSize', 'unref', 'withCredentials']);
  expect(new Set(names).size).toBe(names.length);
});

const TIMES = ['maxReconnectionTime', 'connectTimeout', 'idleTimeout'];
const wholeNumbers = [
  ...TIMES.map((name) => [name, 1, 2147483647]),
  ['reconnectionTime', 0, 2147483647],
  ['maxEventSize', 1, 268435456],
];

describe.each(wholeNumbers)('%s', (name, least, most) => {
  test.each([least, most])('%d is allowed', (value) => {
    const { options, maxEventSize } = readOptions({ fetch, [name]: value });
    expect(name === 'maxEventSize' ? maxEventSize : options[name]).toBe(value);
  });

  test.each([
    [Number(least) - 1, RangeError],
    [Number(most) + 1, RangeError],
    [1.5, RangeError],
    [NaN, RangeError],
    [Infinity, RangeError],
    [-Infinity, RangeError],
    ['5', TypeError],
    [5n, TypeError],
    [null, TypeError],
    [true, TypeError],
    [[5], TypeError],
  ])('%p is not', (value, Kind) => {
    const error = thrown(() => readOptions({ fetch, [name]: value }));
    expect(error).toBeInstanceOf(Kind);
    const shown = Array.isArray(value) ? '[object Array]' : String(value);
    expect(error.message).toBe(
      `EventSource: the option '${name}' must be an integer from ${least} to ${most}, not ${shown} (${typeof value}).`,
    );
  });
});

test('maxEventSize is read alone for streams that are open already', () => {
  expect([readMaxEventSize({}), readMaxEventSize({ maxEventSize: 7 })]).toEqual([undefined, 7]);
  expect(() => readMaxEventSize({ maxEventSize: 0 })).toThrow(RangeError);
});

test('maxRetries has no limit with Infinity, and with more than anybody can count', () => {
  expect(read({ maxRetries: 0 }).maxRetries).toBe(0);
  expect(read({ maxRetries: 4294967294 }).maxRetries).toBe(4294967294);
  expect(read({ maxRetries: 4294967295 }).maxRetries).toBeUndefined();
  expect(read({ maxRetries: Infinity }).maxRetries).toBeUndefined();
  for (const value of [-1, 0.5, NaN, -Infinity]) {
    expect(thrown(() => read({ maxRetries: value }))).toBeInstanceOf(RangeError);
  }
  expect(thrown(() => read({ maxRetries: '1' }))).toBeInstanceOf(TypeError);
});

/** @type {[string, unknown[], unknown[], unknown[]][]} name, allowed, impossible, of the wrong type */
const values = [
  [
    'redirect',
    ['follow', 'error'],
    ['manual', '', 'Follow', 'follow or error'],
    [null, 1, ['follow']],
  ],
  ['retry', ['standard', 'transient'], ['never', '', 'Standard'], [null, true, {}]],
  [
    'lastEventId',
    ['', 'a', '\u00e4 \u{1f600}', '\r\n\0'.slice(3)],
    ['a\0', 'a\nb', '\r'],
    [null, 1, {}],
  ],
  ['lastEventIdParam', ['id', 'a b', '\n', '\u00e4'], ['', '\ud800'], [null, 1, true]],
  [
    'method',
    ['GET', 'post', 'QUERY', "x!#$%&'*+.^_`|~-1", 'CONNECTED'],
    ['', 'A B', 'CONNECT', 'trace', 'Track', 'GE\u00cf', 'POST\n'],
    [null, 1, {}],
  ],
  ['shouldRetry', [() => true, async () => {}], [], [null, 'yes', {}, true]],
];

describe.each(values)('%s', (name, allowed, impossible, wrong) => {
  test.each(allowed.map((value) => [value]))('%p is allowed', (value) => {
    expect(read({ [name]: value })[name]).toBe(value);
  });

  test.each([
    ...impossible.map((value) => [value, RangeError]),
    ...wrong.map((value) => [value, TypeError]),
  ])('%p is not: %p', (value, Kind) => {
    const error = thrown(() => read({ [/** @type {string} */ (name)]: value }));
    expect(error).toBeInstanceOf(Kind);
    expect(error.message).toMatch(
      new RegExp(
        `^EventSource: the option '${name}' must be .+, not .* \\(${typeof value}\\)\\.$`,
        's',
      ),
    );
  });
});

test('half a surrogate pair of lastEventId is U+FFFD', () => {
  expect(read({ lastEventId: 'a\ud800b\udc00\u{1f600}' }).lastEventId).toBe(
    'a\ufffdb\ufffd\u{1f600}',
  );
});

test('a signal is whatever has what is used of one; null is none', () => {
  const { signal } = new AbortController();
  const other = vm.runInNewContext('({ aborted: false, addEventListener() {} })');
  expect(read({ signal }).signal).toBe(signal);
  expect(read({ signal: other }).signal).toBe(other);
  expect(read({ signal: null }).signal ?? undefined).toBeUndefined();
  for (const value of [
    {},
    'a',
    true,
    new AbortController(),
    new EventTarget(),
    { aborted: true },
  ]) {
    const error = thrown(() => read({ signal: value }));
    expect([error.name, error.message]).toEqual([
      'TypeError',
      expect.stringContaining("'signal' must be an AbortSignal, not "),
    ]);
  }
});

describe('fetch', () => {
  test.each([null, {}, 'fetch', 1])('%p is refused', (value) => {
    expect(thrown(() => readOptions({ fetch: value }))).toEqual(
      new TypeError("EventSource: the option 'fetch' must be a function."),
    );
  });

  test('where there is none, and none is given, that is said', () => {
    const { fetch: own } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, 'fetch');
      expect(() => readOptions({})).toThrow(/no fetch\(\) here/);
    } finally {
      globalThis.fetch = own;
    }
  });
});

describe('body', () => {
  const elsewhere = vm.runInNewContext(
    '({ buffer: new ArrayBuffer(2), view: new Uint16Array(2), data: new DataView(new ArrayBuffer(1)) })',
  );

  /** As React Native has them: classes without a tag. */
  class Tagless {}

  test.each([
    ['an empty string', ''],
    ['a string', 'a'],
    ['a Uint8Array', Uint8Array.of(1)],
    ["another realm's ArrayBuffer", elsewhere.buffer],
    ["another realm's view", elsewhere.view],
    ["another realm's DataView", elsewhere.data],
    ["Node's Buffer", Buffer.from('a')],
    ['a Blob', new Blob(['a'])],
    ['a File', new File(['a'], 'a')],
    ['FormData', new FormData()],
    ['URLSearchParams', new URLSearchParams('a=b')],
    ["another realm's FormData", { [Symbol.toStringTag]: 'FormData' }],
    ['a function', () => 'a'],
    ['an asynchronous function', async () => new ReadableStream()],
  ])('%s is allowed', (_, body) => {
    expect(read({ body }).body).toBe(body);
  });

  test("React Native's classes have no tag", () => {
    const { FormData } = globalThis;
    try {
      /** @type {any} */ (globalThis).FormData = Tagless;
      const body = new Tagless();
      expect(read({ body }).body).toBe(body);
    } finally {
      globalThis.FormData = FormData;
    }
  });

  test('null is none', () => {
    expect(read({ body: null, method: 'GET' })).toMatchObject({ body: undefined, method: 'GET' });
  });

  test.each([
    ['a ReadableStream', new ReadableStream()],
    ['a plain object', { a: 1 }],
    ['an array', ['a']],
    ['a number', 1],
    ['true', true],
    ['Headers', new Headers()],
    ['a promise', Promise.resolve('a')],
  ])('%s is a TypeError that says what to do', (_, body) => {
    const error = thrown(() => read({ body }));
    expect(error.name).toBe('TypeError');
    for (const part of [
      "the option 'body' must be",
      'JSON.stringify',
      'a stream can be sent once',
      'a function that gives one for each attempt',
      `not ${Object(body) === body ? Object.prototype.toString.call(body) : body}`,
    ]) {
      expect(error.message).toContain(part);
    }
  });

  test.each(['GET', 'get', 'HEAD'])('%s has none', (method) => {
    for (const body of ['', 'a', () => 'a']) {
      const error = thrown(() => read({ method, body }));
      expect(error.name).toBe('RangeError');
      expect(error.message).toMatch(/'method' must be .+ GET and HEAD with a body, not /);
    }
    expect(read({ method }).method).toBe(method);
  });
});

describe('headers', () => {
  test.each([
    ['a record', { 'X-A': '1', 'x-b': ' 2 ' }],
    ['Headers', new Headers({ 'X-A': '1', 'x-b': '2' })],
    [
      'pairs',
      [
        ['X-A', '1'],
        ['x-b', '2'],
      ],
    ],
    [
      'an iterator, which gives its pairs once',
      new Map([
        ['X-A', '1'],
        ['x-b', '2'],
      ]).entries(),
    ],
  ])('%s is kept as a record', (_, headers) => {
    const kept = Object.entries(read({ headers }).headers);
    expect(kept.map(([name, value]) => [name.toLowerCase(), value])).toEqual([
      ['x-a', '1'],
      ['x-b', '2'],
    ]);
  });

  test('what is done to them later changes nothing', () => {
    const headers = { a: '1' };
    const kept = read({ headers });
    headers.a = '2';
    expect(kept.headers).toEqual({ a: '1' });
  });

  test('a function is called for each attempt, not now', () => {
    const headers = jest.fn();
    expect(read({ headers }).headers).toBe(headers);
    expect(headers).not.toHaveBeenCalled();
  });

  test.each([null, 'a: b', 1, true, Promise.resolve({ a: '1' })])(
    '%p is a TypeError',
    (headers) => {
      const error = thrown(() => read({ headers }));
      expect([error.name, error.message]).toEqual([
        'TypeError',
        expect.stringContaining(
          "the option 'headers' must be Headers, pairs, a record, or a function",
        ),
      ]);
    },
  );

  test('one that is ill-formed throws in the constructor', () => {
    expect(() => read({ headers: { 'a b': '1' } })).toThrow(TypeError);
    expect(() => read({ headers: { Authorization: undefined } })).toThrow("'Authorization'");
  });
});
