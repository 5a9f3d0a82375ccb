// jsdom's AbortController, and Node's fetch(), which refuses its signals.
const { EventSource } = require('eventsource-wasm');
const { expected, read } = require('./read.js');

test("Node's fetch() refuses a signal of this environment, from Node 24 on", async () => {
  const { signal } = new AbortController();
  const told = await fetch('data:,', { signal }).then(
    () => 'nothing',
    (error) => error.message,
  );
  expect(told).toMatch(process.versions.node < '24' ? /nothing/ : /signal/);
});

test('a stream is read all the same, and left', async () => {
  expect(await read(EventSource)).toEqual(expected);
});

test('as an option, too', async () => {
  const passed = globalThis.fetch;
  Reflect.deleteProperty(globalThis, 'fetch');
  class WithFetch extends EventSource {
    /** @param {string} url */
    constructor(url) {
      super(url, { fetch: async (...args) => passed(...args) });
    }
  }
  expect(await read(WithFetch)).toEqual(expected);
  globalThis.fetch = passed;
});
