// Fakes that are there when the package is imported.
import { afterEach, expect, test, vi } from 'vitest';

vi.useFakeTimers();
const { expected, read } = await import('./read.js');

afterEach(() => vi.useRealTimers());

test('imported while the timers are fakes, which are never advanced', async () => {
  expect(await read()).toEqual(expected);
});

test('after them', async () => {
  expect(await read()).toEqual(expected);
});

test('with others, which go on by themselves', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  expect(await read()).toEqual(expected);
});

test('with others, which are advanced for a while', async () => {
  vi.useFakeTimers();
  const reading = read();
  await vi.advanceTimersByTimeAsync(100);
  expect(await reading).toEqual(expected);
  expect(await read()).toEqual(expected);
});
