// Reads the stream of the test's server up to its last event.

const expected = ['open', 'message a', 'tick b', 'last '];

/**
 * @param {any} EventSource
 * @param {() => void} [meanwhile] called at first, and by each listener
 */
async function read(EventSource, meanwhile = () => {}) {
  /** @type {string[]} */
  const seen = [];
  const source = new EventSource(process.env.FEED);
  meanwhile();
  await new Promise((resolve) => {
    source.addEventListener('open', () => seen.push('open'));
    for (const type of ['message', 'tick', 'last']) {
      // Its promise needs a task before the next event.
      source.addEventListener(type, async ({ data }) => {
        seen.push(`${type} ${data}`);
        meanwhile();
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

module.exports = { expected, read };
