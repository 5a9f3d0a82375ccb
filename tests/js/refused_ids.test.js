// A last event ID that the host refuses to send: some refuse control characters, which the standard lets a header have.
import { expect, test } from '@jest/globals';

import { encoder, next, open, type } from '../support/own_fetch.js';

/** @param {string} text */
const ending = (text) =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(encoder.encode(text));
        controller.close();
      },
    }),
    { headers: type },
  );

/**
 * A fetch like those of such hosts: it throws where a header has a control character.
 *
 * @param {string[]} texts - of the responses
 */
function strictFetch(...texts) {
  /** @type {(string | null)[]} of each request, refused ones included */
  const ids = [];
  /**
   * @param {string} url
   * @param {any} init
   */
  const fetch = async (url, init) => {
    const headers = new Map(Object.entries(init.headers).map(([k, v]) => [k.toLowerCase(), v]));
    const id = headers.get('last-event-id') ?? null;
    ids.push(id);
    // eslint-disable-next-line no-control-regex -- it is what such hosts look for
    if (/[\x01-\x1f]/.test(id ?? '')) throw new TypeError('Invalid header value');
    return ending(texts.shift() ?? '');
  };
  return { fetch, ids };
}

test('a refused ID is left out from the next request on, and no server is blamed for it', async () => {
  const { fetch, ids } = strictFetch(
    'retry: 1\nid: a\u0001\ndata: 1\n\n',
    'event: second\ndata: 2\n\n',
    'id: b\ndata: 3\n\n',
    'event: last\ndata: 4\n\n',
  );
  const source = open(fetch);
  /** @type {any[]} */
  const said = [];
  source.onopen = (/** @type {any} */ event) => said.push(event.resumed);
  source.onerror = (/** @type {any} */ event) => said.push(event.message);
  const { lastEventId } = await next(source, 'second');
  // It stays what it is.
  expect(lastEventId).toBe('a\u0001');
  await next(source, 'last');
  expect(ids.slice(0, 5)).toEqual([null, 'a\u0001', null, null, 'b']);
  const [first, ended, refused, second, endedAgain, third, endedOnce, last] = said;
  expect([first, second, third, last]).toEqual([undefined, false, false, true]);
  expect(refused).toMatch(/Invalid header value/);
  // These tell of the end of a stream, and no more: nothing is wrong with the server.
  for (const message of [endedAgain, endedOnce]) expect(message).toBe(ended);
  expect(ended).not.toMatch(/Last-Event-ID|resumed/);
});
