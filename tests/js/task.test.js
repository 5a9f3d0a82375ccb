// Which of the host's functions a task is queued with, and when they are touched.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const module = new URL('../../js/stream/task.js', import.meta.url).href;
const entry = new URL('../../js/entries/index.js', import.meta.url).href;

/**
 * @param {string} setUp - run before the module loads
 * @param {string} body - run after that
 */
async function linesOf(setUp, body) {
  const script = `const { log } = console;
    const host = { setImmediate, setTimeout, MessageChannel };
    ${setUp};
    const { queueTask } = await import(${JSON.stringify(module)});
    const task = () => new Promise(queueTask);
    ${body};`;
  const args = ['--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  return stdout.trim().split('\n');
}

/**
 * @param {string} setUp - run before the module loads
 * @param {string} [meanwhile] - run between that and the task
 */
const printed = (setUp, meanwhile = '') =>
  linesOf(setUp, `log('loaded'); ${meanwhile}; queueTask(() => log('called'))`);

/** As Deno has them, which makes all its timers when one is touched. */
const lazy = `globalThis.Deno = {};
  const { Buffer: buffer, setImmediate: immediate, setTimeout: timeout } = globalThis;
  const values = { Buffer: buffer, setImmediate: immediate, setTimeout: timeout };
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, {
      get: () => (log(name), value),
      set(other) {
        Object.defineProperty(this, name, { value: other, writable: true, configurable: true });
      },
      configurable: true,
    });
  }`;

test('what Deno makes when it is touched is not touched before the first task', async () => {
  expect(await printed(lazy)).toEqual(['loaded', 'setImmediate', 'setTimeout', 'called']);
});

test('nor by anything else of the package', async () => {
  expect(await printed(`${lazy}; await import(${JSON.stringify(entry)})`)).toEqual([
    'loaded',
    'setImmediate',
    'setTimeout',
    'called',
  ]);
});

test('what a test puts in its place is not meant for us, however the host has it', async () => {
  const fake = `globalThis.setImmediate = () => log('fake')`;
  expect(await printed('', fake)).toEqual(['loaded', 'called']);
  expect(await printed(lazy, fake)).toEqual(['loaded', 'setImmediate', 'setTimeout', 'called']);
});

test('hosts without it have messages, or timers', async () => {
  const messages = `delete globalThis.setImmediate; globalThis.setTimeout = () => log('timer')`;
  // Until there was a message, nobody knows whether there will be one.
  expect(await linesOf(messages, 'await task(); await task(); log("called")')).toEqual([
    'timer',
    'called',
  ]);
  const neither = `delete globalThis.setImmediate; delete globalThis.MessageChannel`;
  expect(await printed(neither)).toEqual(['loaded', 'called']);
  const nothing = `${lazy}; delete globalThis.MessageChannel;
    Object.defineProperty(globalThis, 'setImmediate', { get() {} })`;
  expect(await printed(nothing)).toEqual(['loaded', 'setTimeout', 'called']);
});

describe('names that are there and do not work', () => {
  /** @type {Record<string, (name: string) => string>} */
  const ways = {
    'throws at a look': (name) =>
      `Object.defineProperty(globalThis, '${name}', { get() { throw new Error('no'); } })`,
    'throws when called or constructed': (name) =>
      `globalThis.${name} = function () { throw new Error('no'); }`,
    'does nothing': (name) =>
      `globalThis.${name} = function () { this && (this.port1 = {}, this.port2 = { postMessage() {} }); }`,
    'is no function': (name) => `globalThis.${name} = {}`,
  };
  const names = [
    ['setImmediate'],
    ['setImmediate', 'MessageChannel'],
    ['setImmediate', 'setTimeout'],
    ['MessageChannel', 'setTimeout'],
  ];
  test.each(
    Object.keys(ways).flatMap((way) => names.map((each) => /** @type {const} */ ([way, each]))),
  )('%s: %s', async (way, broken) => {
    const setUp = broken.map(ways[way]).join(';');
    const body = 'for (let i = 0; i < 3; i++) await task(); log("called")';
    expect(await linesOf(setUp, body)).toEqual(['called']);
  });

  test('a host with nothing that calls back has microtasks', async () => {
    const setUp = ['setImmediate', 'MessageChannel', 'setTimeout']
      .map(ways['throws when called or constructed'])
      .join(';');
    expect(await linesOf(setUp, 'await task(); await task(); log("called")')).toEqual(['called']);
  });

  test('a way that throws is tried once', async () => {
    const setUp = `globalThis.setImmediate = globalThis.MessageChannel = function () {
      log(new.target ? 'constructed' : 'called');
      throw new Error('no');
    }`;
    expect(await linesOf(setUp, 'for (let i = 0; i < 3; i++) await task()')).toEqual([
      'called',
      'constructed',
    ]);
  });
});

describe("a test's fakes, there when the module loads", () => {
  const fakes = `const jobs = [];
    globalThis.setImmediate = globalThis.setTimeout = (callback) => void jobs.push(callback);
    const turn = () => new Promise(host.setImmediate);`;
  /** Three more tasks, with nobody who advances anything. */
  const more = `for (let i = 0; i < 3; i++) await task(); log('called', jobs.length)`;
  // All that is left with them: the trial's.
  const later = `for (const job of jobs.splice(0)) job(); ${more}`;

  test.each([
    ['are never advanced', more],
    ['are advanced after the first task', `await task(); ${later}`],
    ['are advanced at once', `const first = task(); ${later}; await first`],
    [
      'are advanced in turns of the event loop, one after the other',
      `let done = false;
      const some = (async () => { for (let i = 0; i < 5; i++) await task(); done = true; })();
      while (!done) { jobs.shift()?.(); await turn(); }
      await some; jobs.splice(0); ${more}`,
    ],
    [
      'are advanced by timers',
      `let done = false;
      const some = (async () => { for (let i = 0; i < 5; i++) await task(); done = true; })();
      while (!done) { jobs.shift()?.(); await new Promise((resolve) => host.setTimeout(resolve, 0)); }
      await some; jobs.splice(0); ${more}`,
    ],
  ])('%s', async (_, body) => {
    const [last] = (await linesOf(fakes, body)).slice(-1);
    // Whatever else is asked is asked no more than a few times.
    expect(last).toMatch(/^called [0-4]$/);
  });
});

test("the host's own setImmediate() is used alone when it has shown that it is none", async () => {
  const counted = `let immediates = 0, channels = 0;
    globalThis.setImmediate = (callback) => { immediates++; return host.setImmediate(callback); };
    globalThis.MessageChannel = class extends host.MessageChannel {
      constructor() { super(); channels++; }
    };`;
  const body = 'for (let i = 0; i < 100; i++) await task(); log(immediates > 98, channels < 4)';
  expect(await linesOf(counted, body)).toEqual(['true true']);
});

describe('listeners run in the asynchronous context in which their source was made', () => {
  test.each([
    ['setImmediate()', ''],
    ['messages', 'delete globalThis.setImmediate'],
    ['timers', 'delete globalThis.setImmediate; delete globalThis.MessageChannel'],
  ])('by %s', async (_, setUp) => {
    const body = `
      const { AsyncLocalStorage } = await import('node:async_hooks');
      const { EventSource } = await import(${JSON.stringify(entry)});
      const storage = new AsyncLocalStorage();
      const read = async (name) => {
        const { body } = new Response('data: 1\\n\\ndata: 2\\n\\nevent: end\\ndata: 3\\n\\n');
        const source = EventSource.fromReadableStream(body);
        const seen = [];
        // Its promise makes for a task before the next event.
        source.addEventListener('message', async () => seen.push(storage.getStore()));
        source.addEventListener('open', () => seen.push(storage.getStore()));
        await new Promise((resolve) => source.addEventListener('end', resolve));
        return seen.every((each) => each === name) && seen.length;
      };
      const names = ['a', 'b', 'c'];
      log(...await Promise.all(names.map((name) => storage.run(name, read, name))));
      log(...await Promise.all(names.map((name) => storage.run(name, read, name))));`;
    expect(await linesOf(setUp, body)).toEqual(['3 3 3', '3 3 3']);
  });
});
