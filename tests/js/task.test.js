// Which of the host's functions a task is queued with, and when they are touched.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const module = new URL('../../js/task.js', import.meta.url).href;

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
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout.trim().split('\n');
}

/** As Deno has them, which makes all its timers when one is touched. */
const lazy = `const { setImmediate: immediate, setTimeout: timeout } = globalThis;
  for (const [name, value] of Object.entries({ setImmediate: immediate, setTimeout: timeout })) {
    Object.defineProperty(globalThis, name, { get: () => (log(name), value), configurable: true });
  }`;

test('what the host makes when it is touched is not touched before the first task', async () => {
  expect(await printed(lazy)).toEqual(['loaded', 'setImmediate', 'called']);
});

test('what a test puts in its place is not meant for us, however the host has it', async () => {
  const fake = `Object.defineProperty(globalThis, 'setImmediate', { value: () => log('fake') })`;
  expect(await printed('', fake)).toEqual(['loaded', 'called']);
  expect(await printed(lazy, fake)).toEqual(['loaded', 'setImmediate', 'called']);
});

test('hosts without it have messages, or timers', async () => {
  expect(await printed('delete globalThis.setImmediate')).toEqual(['loaded', 'called']);
  const neither = `delete globalThis.setImmediate; delete globalThis.MessageChannel`;
  expect(await printed(neither)).toEqual(['loaded', 'called']);
});
