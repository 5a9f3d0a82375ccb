// Fakes that are there when the package is imported, and then are not.
jest.useFakeTimers();
const { EventSource } = require('eventsource-wasm');
jest.useRealTimers();

const { expected, read } = require('./read.js');

test('imported while the timers are fakes', async () => {
  expect(await read(EventSource)).toEqual(expected);
});

test('and again, with other fakes, which are advanced', async () => {
  jest.useFakeTimers();
  const reading = read(EventSource);
  jest.runOnlyPendingTimers();
  expect(await reading).toEqual(expected);
  jest.useRealTimers();
  expect(await read(EventSource)).toEqual(expected);
});
