// Hosts that lack what a browser has: the shim loads there without touching it, and works with a fetch
// that the user brings.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const child = fileURLToPath(new URL('../support/bare_host.js', import.meta.url));

/**
 * @param {string} entry
 * @param {string[]} missing - globals
 */
async function logOf(entry, missing) {
  const { stdout } = await promisify(execFile)(process.execPath, [child, entry, ...missing], {
    timeout: 20_000,
  });
  return JSON.parse(stdout);
}

const url = 'http://127.0.0.1:9/stream?a';
const accept = { Accept: 'text/event-stream' };
const expected = [
  ['SyntaxError', 12, true],
  ['TypeError', "EventSource: the option 'fetch' must be a function."],
  ['fetch', url, accept],
  ['open', '[object Event]'],
  ['message', '⚡ one', 'ä1', 'http://127.0.0.1:9', true, 2],
  ['x', 'two'],
  ['message', 'three', 'ä1', 'http://127.0.0.1:9', true, 2],
  ['error', true, 0, 'The stream ended.'],
  ['fetch', url, { ...accept, 'Last-Event-ID': 'Ã¤1' }],
  ['error', true, 2, 'The response has the status 204, not 200.'],
];

const web = ['EventTarget', 'Event', 'MessageEvent', 'AbortController', 'DOMException'];
const tasks = ['setImmediate', 'MessageChannel', 'performance', 'queueMicrotask'];

test.concurrent.each([
  ['nothing is missing', 'index.js', []],
  ['WebAssembly', 'index.js', ['WebAssembly']],
  ['WebAssembly, by the JavaScript entry', 'js.js', ['WebAssembly']],
  ['the platform classes', 'index.js', web],
  ['Buffer', 'index.js', ['Buffer']],
  ['TextDecoder', 'index.js', ['TextDecoder']],
  ['Buffer and TextDecoder', 'js.js', ['Buffer', 'TextDecoder']],
  ['MessageEvent alone', 'index.js', ['MessageEvent']],
  ['DOMException alone', 'index.js', ['DOMException']],
  ['WeakRef', 'index.js', ['WeakRef']],
  ['URL', 'js.js', ['URL']],
  ['fetch and its classes', 'index.js', ['fetch', 'Request', 'Response', 'Headers']],
  ['setImmediate', 'index.js', ['setImmediate']],
  [
    'all that the main entry can do without',
    'index.js',
    [...web, ...tasks, 'Buffer', 'fetch', 'Request', 'WebAssembly'],
  ],
  [
    'everything',
    'js.js',
    [...web, ...tasks, 'Buffer', 'TextDecoder', 'URL', 'fetch', 'Request', 'WebAssembly'],
  ],
])('without: %s', async (_, entry, missing) => {
  expect(await logOf(entry, missing)).toEqual(expected);
});

test.each([
  ['URL', ['URL'], "new EventSource('http://127.0.0.1:9/')"],
  [
    'TextDecoder',
    ['Buffer', 'TextDecoder'],
    `await new Promise((_, reject) => {
      const body = { getReader: () => ({ read: async () => ({ value: bytes }), cancel() {} }) };
      EventSource.from(body).onerror = ({ error }) => reject(error);
    })`,
  ],
])('without %s, the main entry names the one that needs none', async (name, missing, code) => {
  const script = `
    const bytes = new TextEncoder().encode('data: a\\n\\n');
    for (const each of ${JSON.stringify(missing)}) delete globalThis[each];
    const { EventSource } = await import(${JSON.stringify(new URL('../../js/entries/index.js', import.meta.url).href)});
    try { ${code}; } catch ({ message }) { console.log(message); }`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    { timeout: 20_000 },
  );
  expect(stdout).toContain(`no ${name}`);
  expect(stdout).toContain("'eventsource-wasm/js'");
});

test('the JavaScript core takes over where a host refuses modules of more than 4,096 bytes', async () => {
  const before = new URL('../support/small_modules_only.js', import.meta.url).href;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', before, child, 'index.js'],
    { timeout: 20_000 },
  );
  expect(JSON.parse(stdout)).toEqual(expected);
  expect(JSON.parse(stderr)).toEqual({ refused: 1, instances: 0 });
});

/** All that the shim takes from a host, but for timers, which have a test of their own. */
const taken = [
  ...web,
  'TextDecoder',
  ...tasks,
  'Buffer',
  'Blob',
  'FileReader',
  'FinalizationRegistry',
  'Headers',
  'Request',
  'Response',
  'URL',
  'WeakRef',
  'WebAssembly',
  'Zone',
  'btoa',
  'clearTimeout',
  'console',
  'document',
  'fetch',
  'location',
  'navigator',
  'reportError',
];

describe.each([
  ['throw at a look', '!'],
  ['throw when called, constructed or asked for anything', '()'],
])('names that are there and %s', (_, how) => {
  // They wait more than they compute.
  test.concurrent.each([...taken.map((name) => [name]), taken])('%s', async (...names) => {
    expect(
      await logOf(
        names.some((name) => name === 'TextDecoder' || name === 'URL') ? 'js.js' : 'index.js',
        names.map((name) => name + how),
      ),
    ).toEqual(expected);
  });

  test('setTimeout: where nothing can be waited for, there is no reconnection, which is said', async () => {
    expect(await logOf('index.js', [`setTimeout${how}`])).toEqual([
      ...expected.slice(0, -2),
      ['error', true, 2, expect.stringMatching(/^This host cannot wait: Not supported/)],
    ]);
  });
});

test('what comes without a TextDecoder that works is decoded all the same', async () => {
  // One that drops a byte order mark wherever it stands, as some do that know no options.
  const script = `
    const { TextDecoder: Theirs } = globalThis;
    globalThis.TextDecoder = class extends Theirs { constructor() { super(); } };
    delete globalThis.Buffer;
    const { decodeUtf8, provideDecoder } = await import(${JSON.stringify(new URL('../../js/core/utf8_decoder.js', import.meta.url).href)});
    const { decodeWithoutHost } = await import(${JSON.stringify(new URL('../../js/core/utf8_without_host.js', import.meta.url).href)});
    provideDecoder(decodeWithoutHost);
    console.log(JSON.stringify(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 0, 4)));`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ]);
  expect(JSON.parse(stdout)).toBe('\ufeffa');
});

test('without fetch and without the option, a TypeError says what to pass', async () => {
  const script = `
    delete globalThis.fetch;
    const { EventSource } = await import(${JSON.stringify(new URL('../../js/entries/index.js', import.meta.url).href)});
    try { new EventSource('http://127.0.0.1:9/'); } catch (error) { console.log(String(error)); }`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ]);
  expect(stdout.trim()).toBe(
    "TypeError: EventSource: no fetch() here: give the option 'fetch' (in a testEnvironment: this.global.fetch = fetch).",
  );
});
