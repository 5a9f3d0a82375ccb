// Header lists: compared with the host's Headers, which the shim does without.
import { afterEach, expect, test } from '@jest/globals';
import { mergeHeaders } from '../../js/connection/headers.js';

const { Headers } = globalThis;
afterEach(() => {
  globalThis.Headers = Headers;
});

const own = { Accept: 'text/event-stream', 'Last-Event-ID': '1' };

test('own ones stand where none of their name is given, in whatever case', () => {
  expect(mergeHeaders(own, {})).toEqual(own);
  expect(mergeHeaders(own, { ACCEPT: '*/*', 'X-A': 'b' })).toEqual({
    'Last-Event-ID': '1',
    ACCEPT: '*/*',
    'X-A': 'b',
  });
  expect(mergeHeaders(own, [['last-event-id', '2']])).toEqual({
    Accept: 'text/event-stream',
    'last-event-id': '2',
  });
  expect(own).toEqual({ Accept: 'text/event-stream', 'Last-Event-ID': '1' });
});

/** @type {any[]} */
const given = [
  { a: '1', B: '2' },
  [
    ['a', '1'],
    ['b', '2'],
    ['A', '3'],
    ['a', ''],
  ],
  new Map([['x', 'y']]),
  new Headers([
    ['set', '1'],
    ['set', '2'],
  ]),
  { spaces: ' \t a b \r\n', empty: '', latin: '\u00e4\u00ff', tab: 'a\tb', control: '\x01\x7f' },
  { number: 1, yes: true, list: ['a', 'b'] },
  { "!#$%&'*+-.^_`|~09azAZ": 'a' },
  [new Set(['a', 'b'])],
];

test.each(given.map((each) => [each]))('%p is what Headers makes of it', (each) => {
  const expected = [...new Headers(each)];
  Reflect.deleteProperty(globalThis, 'Headers');
  const merged = mergeHeaders({}, each);
  expect(
    Object.entries(merged)
      .map(([name, value]) => [name.toLowerCase(), value])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ).toEqual(expected);
});

/** @type {any[]} */
const illFormed = [
  { 'a b': '' },
  { '': '' },
  { 'a:': '' },
  { 'a\n': '' },
  { '\u00e4': '' },
  [['a']],
  [[]],
  { value: 'a\nb' },
  { value: 'a\r\nX-B: c' },
  { value: 'a\0' },
  { value: '\u0100' },
  { value: '\u2603' },
  { value: 'a\n\u00a0' },
];

test.each(illFormed.map((each) => [each]))('%p throws as Headers does, and says which', (each) => {
  expect(() => new Headers(each)).toThrow();
  const [name] = Array.isArray(each) ? each[0] : Object.keys(each);
  expect(() => mergeHeaders({}, each)).toThrow(
    new TypeError(`EventSource: the option 'headers' has an ill-formed '${name}'.`),
  );
});

test('a value that is missing is no text "undefined"', () => {
  for (const value of [undefined, null]) {
    expect(() => mergeHeaders({}, { Authorization: value })).toThrow("'Authorization'");
  }
});

test('a name that objects have already is one like any other', () => {
  const merged = mergeHeaders({}, JSON.parse('{"__proto__": "a", "constructor": "b"}'));
  expect(Object.entries(merged)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});

test('the time that a value takes grows with its length, whatever is wrong with it', () => {
  /** @param {number} length */
  const taken = (length) => {
    const start = performance.now();
    expect(() => mergeHeaders({}, { a: `${' '.repeat(length)}☃` })).toThrow(TypeError);
    mergeHeaders({}, { a: `x${' '.repeat(length)}x` });
    return performance.now() - start;
  };
  let short = Infinity;
  let long = Infinity;
  for (let i = 0; i < 5; i++) {
    short = Math.min(short, taken(250));
    long = Math.min(long, taken(1500));
  }
  // Six times the length; the time of a pattern that backtracks would be up to its third power.
  expect(long / short).toBeLessThan(30);
});
