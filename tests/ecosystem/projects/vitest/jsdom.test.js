// jsdom's AbortController is the global one here, and the fetch() is Node's.
import { expect, test } from 'vitest';
import { expected, read } from './read.js';

test("a stream is read with jsdom's globals, and left", async () => {
  expect(navigator.userAgent).toMatch(/jsdom/);
  expect(await read()).toEqual(expected);
});
