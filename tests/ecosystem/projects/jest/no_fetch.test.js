// The environment as it comes.
const { EventSource } = require('eventsource-wasm');

test('the message says what to do', () => {
  expect(typeof fetch).toBe('undefined');
  const opening = () => new EventSource(String(process.env.FEED));
  expect(opening).toThrow(TypeError);
  expect(opening).toThrow(/option 'fetch'.*testEnvironment.*this\.global\.fetch = fetch/);
});
