// Fakes that are advanced between turns of the event loop, so that what they call seems to have been called by it.
const { EventSource } = require('eventsource-wasm');
const { expected, read } = require('./read.js');

test('advanced without a pause while events arrive, and then no more', async () => {
  let done = false;
  const reading = read(EventSource).finally(() => {
    done = true;
  });
  while (!done) await jest.advanceTimersByTimeAsync(1);
  expect(await reading).toEqual(expected);
  for (let i = 0; i < 3; i++) expect(await read(EventSource)).toEqual(expected);
});
