// Fake timers in a process of their own: run by tests/ecosystem/fake_timers.test.js. Prints what sources see, as JSON.
import { mock } from 'node:test';
import FakeTimers from '@sinonjs/fake-timers';

const [, , kind, url] = process.argv;
const { console, fetch, MessageChannel } = globalThis;

/** In a task that no fake has a part in. */
const turn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(0);
  });

// Not what Node's fetch() itself cannot do without: nextTick and queueMicrotask.
/** @type {any[]} */
const toFake = [
  'setTimeout',
  'clearTimeout',
  'setImmediate',
  'clearImmediate',
  'Date',
  'performance',
];

/** @type {Record<string, () => {advance: () => unknown, restore: () => void}>} */
const kinds = {
  sinon() {
    const clock = FakeTimers.install({ toFake });
    return { advance: () => clock.tickAsync(1), restore: () => clock.uninstall() };
  },
  'sinon, one by one': () => {
    const clock = FakeTimers.install({ toFake });
    return { advance: () => clock.nextAsync(), restore: () => clock.uninstall() };
  },
  'node:test'() {
    mock.timers.enable({ apis: ['setImmediate', 'setTimeout', 'setInterval', 'Date'] });
    return { advance: () => mock.timers.tick(1), restore: () => mock.timers.reset() };
  },
};

const { advance, restore } = kinds[kind]();
const { EventSource } = await import('../../js/entries/index.js');

/** @param {boolean} [advances] */
async function read(advances = false) {
  /** @type {string[]} */
  const seen = [];
  const source = new EventSource(url, { fetch });
  let isOver = false;
  for (const type of ['open', 'message', 'tick', 'last']) {
    source.addEventListener(type, async () => {
      seen.push(type);
      isOver = type === 'last';
    });
  }
  while (!isOver) {
    if (advances) await advance();
    await turn();
  }
  source.close();
  return seen.join(' ');
}

const seen = [await read(true), await read(), await read()];
restore();
seen.push(await read());
console.log(JSON.stringify(seen));
