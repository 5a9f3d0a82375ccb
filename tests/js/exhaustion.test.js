// Streams that take all of the memory that the core can have: others wait for it or reconnect, and when the
// attackers are gone, nothing of them is left.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { hostCore, provideCore } from '../../js/core/host_core.js';
import { Core, limitedInstances } from '../support/cores.js';
import { encoder, next, open, sources, type } from '../support/own_fetch.js';

const PAGES = 160;

/**
 * A response that gives its chunks and then waits for ever.
 *
 * @param {Uint8Array[]} chunks
 */
function quietAfter(chunks) {
  const left = chunks.slice();
  const read = () =>
    left.length > 0 ? Promise.resolve({ value: left.shift() }) : new Promise(() => {});
  return {
    status: 200,
    headers: new Headers(type),
    body: { getReader: () => ({ read, cancel() {} }) },
  };
}

/** @param {string} text */
function inHalves(text) {
  const bytes = encoder.encode(text);
  const half = bytes.length >> 1;
  return [bytes.subarray(0, half), bytes.subarray(half)];
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

describe.each(Object.entries(limitedInstances))('in the %s', (_, limited) => {
  const whole = hostCore;
  /** @type {() => void} */
  let restore;
  beforeEach(() => {
    const instance = limited(PAGES);
    ({ restore } = instance);
    provideCore(new Core(instance.exports));
  });
  afterEach(() => {
    for (const source of sources) source.close();
    restore();
    provideCore(whole);
  });

  /** @returns {Promise<any[]>} the sources whose unfinished events hold all the memory */
  async function attack() {
    const attackers = [];
    for (const size of [1_000_000, 120_000, 15_000, 3000]) {
      let refused = false;
      while (!refused) {
        const source = open(() => quietAfter([encoder.encode(`data: ${'x'.repeat(size)}`)]));
        attackers.push(source);
        source.onerror = ({ message }) => (refused ||= message.includes('no memory'));
        await next(source, 'open');
        await turn();
      }
    }
    return attackers;
  }

  /** @param {number} size - of the data of an event in two chunks */
  function openSplit(size) {
    const errors = /** @type {any[]} */ ([]);
    const text = `retry: 1\n\nid: 7\ndata: ${'y'.repeat(size)}\n\n`;
    const source = open(() => quietAfter(inHalves(text)));
    source.onerror = (/** @type {any} */ event) => errors.push([event, source.readyState]);
    return { source, errors };
  }

  test('an innocent source reconnects until there is memory, and then has its event', async () => {
    const attackers = await attack();
    const { source, errors } = openSplit(100_000);
    await next(source, 'error');
    const [[{ message, error, status }, readyState]] = errors;
    expect(readyState).toBe(0);
    expect(message).toBe('This host has no memory for an event.');
    expect(error).toBeInstanceOf(RangeError);
    expect(status).toBe(undefined);
    for (const attacker of attackers) attacker.close();
    expect((await next(source, 'message')).data.length).toBe(100_000);
    expect(source.readyState).toBe(1);
  });

  test('small events and new sources have a reserve', async () => {
    await attack();
    const opened = Array.from({ length: 300 }, () => openSplit(400));
    const events = await Promise.all(opened.map(({ source }) => next(source, 'message')));
    expect(events.every(({ data }) => data.length === 400)).toBe(true);
    expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
  });

  test('when all attackers are closed, nobody notices that they were there', async () => {
    for (const attacker of await attack()) attacker.close();
    for (const size of [400, 30_000, 3_000_000]) {
      const { source, errors } = openSplit(size);
      expect((await next(source, 'message')).data.length).toBe(size);
      expect(errors).toEqual([]);
      source.close();
    }
  });
});
