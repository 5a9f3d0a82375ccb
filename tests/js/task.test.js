// Which of the host's functions a task is queued with, and when they are touched.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const module = new URL('../../js/stream/task.js', import.meta.url).href;

/**
 * @param {string} setUp - run before the module loads
 * @param {string} [meanwhile] - run between that and the task
 */
async function printed(setUp, meanwhile = '') {
  const script = `const { log } = console;
    ${setUp};
    const { queueTask } = await import(${JSON.stringify(module)});
    log('loaded');
    ${meanwhile};
    queueTask(() => log('called'));`;
  const args = ['--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  return stdout.trim().split('\n');
}

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
  expect(await printed(lazy)).toEqual(['loaded', 'setImmediate', 'called']);
});

test('nor by anything else of the package', async () => {
  const entry = new URL('../../js/entries/index.js', import.meta.url).href;
  expect(await printed(`${lazy}; await import(${JSON.stringify(entry)})`)).toEqual([
    'loaded',
    'setImmediate',
    'called',
  ]);
});

test('what a test puts in its place is not meant for us, however the host has it', async () => {
  const fake = `globalThis.setImmediate = () => log('fake')`;
  expect(await printed('', fake)).toEqual(['loaded', 'called']);
  expect(await printed(lazy, fake)).toEqual(['loaded', 'setImmediate', 'called']);
});

test('hosts without it have messages, or timers', async () => {
  const noTimers = `delete globalThis.setImmediate; globalThis.setTimeout = () => log('timer')`;
  expect(await printed(noTimers)).toEqual(['loaded', 'called']);
  const neither = `delete globalThis.setImmediate; delete globalThis.MessageChannel`;
  expect(await printed(neither)).toEqual(['loaded', 'called']);
  const nothing = `${lazy}; delete globalThis.MessageChannel;
    Object.defineProperty(globalThis, 'setImmediate', { get() {} })`;
  expect(await printed(nothing)).toEqual(['loaded', 'setTimeout', 'called']);
});
