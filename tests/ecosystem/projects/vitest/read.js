// Reads the stream of the test's server up to its last event.
import { EventSource } from 'eventsource-wasm';

export const expected = ['open', 'message a', 'tick b', 'last '];

export async function read() {
  /** @type {string[]} */
  const seen = [];
  const source = new EventSource(String(process.env.FEED));
  await new Promise((resolve) => {
    source.addEventListener('open', () => seen.push('open'));
    for (const type of ['message', 'tick', 'last']) {
      source.addEventListener(type, async ({ data }) => {
        seen.push(`${type} ${data}`);
        if (type === 'last') resolve(undefined);
      });
    }
    source.addEventListener('error', ({ message }) => {
      seen.push(message);
      resolve(undefined);
    });
  });
  source.close();
  return seen;
}
