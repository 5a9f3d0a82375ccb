// What a listener throws is reported, and the stream goes on, whatever the host's reportError() is.
import { expect, test } from '@jest/globals';
import { EventSource } from '../../js/entries/index.js';

test('a reportError() that throws does not stop the stream, nor hide what a listener threw', async () => {
  const { reportError, setTimeout } = globalThis;
  /** @type {unknown[]} */
  const thrown = [];
  globalThis.reportError = () => {
    throw new Error('of reportError()');
  };
  // Jest takes uncaught exceptions for itself.
  globalThis.setTimeout = /** @type {any} */ (
    (/** @type {() => void} */ callback) =>
      setTimeout(() => {
        try {
          callback();
        } catch (error) {
          thrown.push(error);
        }
      }, 0)
  );
  const { body } = new Response('data: a\n\ndata: b\n\n');
  const source = EventSource.fromReadableStream(/** @type {any} */ (body));
  try {
    const error = new Error('of the listener');
    const second = new Promise((resolve) => {
      source.onmessage = ({ data }) => {
        if (data === 'a') throw error;
        resolve(data);
      };
    });
    expect(await second).toBe('b');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(thrown).toEqual([error]);
  } finally {
    source.close();
    globalThis.setTimeout = setTimeout;
    if (reportError) globalThis.reportError = reportError;
    else Reflect.deleteProperty(globalThis, 'reportError');
  }
});
