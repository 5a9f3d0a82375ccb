// Fakes for the whole test, from before the import on.
const { EventSource } = require('eventsource-wasm');
const { expected, read } = require('./read.js');

test('never advanced', async () => {
  expect(await read(EventSource)).toEqual(expected);
});

test('advanced by each listener, and then no more', async () => {
  expect(await read(EventSource, () => jest.runOnlyPendingTimers())).toEqual(expected);
  expect(await read(EventSource)).toEqual(expected);
});

test('a failed request is told; the wait for the next one is the fakes to advance', async () => {
  const { port } = new URL(String(process.env.FEED));
  const source = new EventSource(`http://127.0.0.1:${port}/cut`);
  const next = (/** @type {string} */ type) =>
    new Promise((resolve) => source.addEventListener(type, resolve, { once: true }));
  await next('error');
  expect(source.readyState).toBe(0);
  const again = next('error');
  jest.advanceTimersByTime(60_000);
  await again;
  source.close();
});
