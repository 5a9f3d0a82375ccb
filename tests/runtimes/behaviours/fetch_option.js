/** The `fetch` member of the init dictionary: for hosts without one, and for users with one of their own. */
import { inSection } from './section.js';

/**
 * The least of a response that an event stream needs: hosts that are given a fetch have no Response.
 *
 * @param {string} text Of ASCII characters.
 * @param {{end?: boolean, onCancel?: () => void}} [how] By default the body stays open.
 */
function streamOf(text, { end = false, onCancel = () => {} } = {}) {
  /** @type {Uint8Array[]} */
  const chunks = text ? [Uint8Array.from(text, (character) => character.charCodeAt(0))] : [];
  const cancel = async () => onCancel();
  return {
    ok: true,
    status: 200,
    url: '',
    type: 'default',
    redirected: false,
    headers: {
      get: (/** @type {string} */ name) =>
        name.toLowerCase() === 'content-type' ? 'text/event-stream' : null,
    },
    body: {
      locked: false,
      cancel,
      getReader: () => ({
        cancel,
        releaseLock() {},
        closed: new Promise(() => {}),
        read: async () => {
          const value = chunks.shift();
          if (value) return { done: false, value };
          return end ? { done: true, value: undefined } : new Promise(() => {});
        },
      }),
    },
  };
}

/**
 * @param {any} headers Of an init dictionary, in any of the forms that fetch() takes.
 * @param {string} name
 */
function headerOf(headers, name) {
  if (typeof headers.get === 'function') return headers.get(name);
  const list = Array.isArray(headers) ? headers : Object.entries(headers);
  return list.find(([each]) => each.toLowerCase() === name)?.[1] ?? null;
}

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['fetch-option'];

export const fetchOptionBehaviours = inSection('fetch option', [
  {
    id: 'fetch.is-used',
    title: 'the given fetch is called with the URL and what the standard asks for',
    needs: NEEDS,
    async run(t) {
      /** @type {any[][]} */
      const calls = [];
      const source = t.open('http://stream.example/x', {
        fetch: async (/** @type {any[]} */ ...args) => {
          calls.push(args);
          return streamOf('data: a\n\n');
        },
      });
      t.equal((await t.next(source, 'message')).data, 'a', 'data');
      t.equal(String(calls[0][0]), 'http://stream.example/x', 'URL');
      const { headers, cache, credentials } = calls[0][1];
      t.equal(headerOf(headers, 'accept'), 'text/event-stream', 'Accept');
      // A host that throws on it may be where the given fetch ends up.
      t.equal(cache, t.can('no-cache-mode') ? undefined : 'no-store', 'cache');
      t.equal(credentials, 'same-origin', 'credentials');
    },
  },
  {
    id: 'fetch.credentials',
    title: 'withCredentials means credentials: include',
    needs: NEEDS,
    async run(t) {
      /** @type {any} */
      let credentials;
      const source = t.open('http://stream.example/x', {
        withCredentials: true,
        fetch: async (/** @type {any} */ _, /** @type {any} */ init) => {
          credentials = init.credentials;
          return streamOf('data: a\n\n');
        },
      });
      await t.next(source, 'message');
      t.equal(credentials, 'include', 'credentials');
    },
  },
  {
    id: 'fetch.wrong-type',
    title: 'a fetch that is no function throws a TypeError that names the option',
    needs: NEEDS,
    run(t) {
      for (const value of [null, 0, 1, NaN, '', 'fetch', {}, [], false, true, Symbol('fetch')]) {
        const error = t.throws(
          () => t.open(t.stream({}), { fetch: value }),
          'TypeError',
          `fetch: ${String(value)}`,
        );
        t.ok(/fetch/.test(error.message), `the message names it: ${error.message}`);
      }
      t.throws(() => new t.EventSource('http://[', { fetch: 1 }), 'TypeError', 'before the URL');
      // In a host without one, it is the option that is missed.
      if (typeof fetch === 'function') t.open(t.stream({}), { fetch: undefined }).close();
    },
  },
  {
    id: 'fetch.throws',
    title: 'a fetch that throws or rejects is a network error: CONNECTING and one error each time',
    needs: NEEDS,
    async run(t) {
      const failing = [
        () => {
          throw new TypeError('no network');
        },
        () => Promise.reject(new TypeError('no network')),
      ];
      for (const fetch of failing) {
        const source = t.open(`${t.base}/x`, { fetch });
        t.equal(source.readyState, 0, 'readyState after construction');
        await t.next(source, 'error');
        t.equal(source.readyState, 0, 'readyState after the error');
        source.close();
      }
    },
  },
  {
    id: 'fetch.origin-without-url',
    title: "a response that does not know its URL gives the request's origin",
    needs: NEEDS,
    async run(t) {
      const source = t.open('https://stream.example:8443/x', {
        fetch: async () => streamOf('data: a\n\n'),
      });
      t.equal((await t.next(source, 'message')).origin, 'https://stream.example:8443', 'origin');
    },
  },
  {
    id: 'fetch.abort',
    title: 'close() aborts the signal that the given fetch got',
    needs: [...NEEDS, 'abort-controller'],
    async run(t) {
      /** @type {any} */
      let signal;
      const source = t.open('http://stream.example/x', {
        fetch: (/** @type {any} */ _, /** @type {any} */ init) => {
          signal = init.signal;
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          });
        },
      });
      await t.until(() => signal, 'fetch was called');
      t.equal(signal.aborted, false, 'before');
      source.close();
      t.equal(signal.aborted, true, 'after');
      t.equal(
        signal.reason?.name,
        'AbortError',
        'the name of its reason, which what is waiting rejects with',
      );
    },
  },
  {
    id: 'fetch.late-response',
    title: 'a response that comes after close() is cancelled, and nothing is dispatched',
    needs: NEEDS,
    async run(t) {
      let cancelled = false;
      /** @type {(response: any) => void} */
      let answer = () => {};
      const source = t.open('http://stream.example/x', {
        fetch: () => new Promise((resolve) => (answer = resolve)),
      });
      const seen = t.record(source);
      await t.sleep(20);
      source.close();
      answer(streamOf('data: a\n\n', { onCancel: () => (cancelled = true) }));
      await t.until(() => cancelled, 'the body was cancelled');
      t.equal(seen.length, 0, 'events');
    },
  },
  {
    id: 'fetch.any-scheme',
    title: 'the given fetch is asked whatever the scheme of the URL',
    needs: NEEDS,
    async run(t) {
      for (const url of ['app://feed/x', 'data:text/event-stream,data%3A%20a%0A%0A']) {
        /** @type {string[]} */
        const asked = [];
        const source = t.open(url, {
          fetch: async (/** @type {string} */ given) => {
            asked.push(given);
            return streamOf('data: a\n\n');
          },
        });
        t.equal((await t.next(source, 'message')).data, 'a', `data of ${url}`);
        t.same(asked, [url], 'what it was asked for');
        source.close();
      }
    },
  },
  {
    id: 'fetch.event-after-open',
    title: 'an event that is there already comes after every promise reaction to open',
    needs: NEEDS,
    async run(t) {
      const source = t.open('http://stream.example/x', {
        fetch: async () => streamOf('data: a\n\n'),
      });
      const opened = async () => {
        await new Promise((resolve) => source.addEventListener('open', resolve));
      };
      await opened();
      for (let i = 0; i < 20; i++) await null;
      t.equal((await t.next(source, 'message')).data, 'a', 'data');
    },
  },
  {
    id: 'fetch.closes-when-aborted',
    title: 'close() by whoever hears that the request is abandoned is the last word',
    needs: [...NEEDS, 'abort-controller'],
    async run(t) {
      const response = streamOf('');
      // A chunk that is not made of bytes ends the stream before its end.
      const reader = { ...response.body.getReader(), read: async () => ({ value: 'text' }) };
      const source = t.open('http://stream.example/x', {
        fetch: async (/** @type {any} */ _, /** @type {any} */ { signal }) => {
          signal.addEventListener('abort', () => source.close());
          return { ...response, body: { getReader: () => reader } };
        },
      });
      const seen = t.record(source, ['error']);
      await t.until(() => source.readyState === 2, 'it is closed');
      await t.sleep(50);
      t.equal(source.readyState, 2, 'readyState');
      t.equal(seen.length, 0, 'error events');
    },
  },
  {
    id: 'fetch.closes-when-cancelled',
    title: 'close() by whoever hears that the body is cancelled is the last word',
    needs: NEEDS,
    async run(t) {
      // A refused body is cancelled after the error event, in whose listeners it may be read.
      for (const [status, errors] of [
        [200, 0],
        [404, 1],
      ]) {
        const onCancel = () => source.close();
        const response = streamOf('', { onCancel });
        const { getReader } = response.body;
        // A chunk that is not made of bytes ends the stream before its end.
        response.body.getReader = () => ({ ...getReader(), read: async () => ({ value: 'text' }) });
        const source = t.open('http://stream.example/x', {
          fetch: async () => ({ ...response, status }),
        });
        const seen = t.record(source, ['error']);
        await t.until(() => source.readyState === 2, 'it is closed');
        await t.sleep(50);
        t.equal(source.readyState, 2, `readyState after ${status}`);
        t.equal(seen.length, errors, `error events after ${status}`);
      }
    },
  },
  {
    id: 'fetch.ended-is-not-aborted',
    title: 'what has ended is neither aborted nor cancelled, and what has broken off is',
    needs: [...NEEDS, 'abort-controller'],
    async run(t) {
      /** @type {string[]} */
      const heard = [];
      let calls = 0;
      const source = t.open('http://stream.example/x', {
        fetch: async (/** @type {any} */ _, /** @type {any} */ { signal }) => {
          calls += 1;
          const name = `${calls}`;
          signal.addEventListener('abort', () => heard.push(`abort ${name}`));
          const onCancel = () => heard.push(`cancel ${name}`);
          const response = streamOf('retry: 20\ndata: a\n\n', { end: calls === 1, onCancel });
          if (calls !== 2) return response;
          const { getReader } = response.body;
          const reader = getReader();
          let reads = 0;
          const read = async () => {
            reads += 1;
            if (reads > 1) throw new Error('broken off');
            return reader.read();
          };
          return {
            ...response,
            body: { ...response.body, getReader: () => ({ ...reader, read }) },
          };
        },
      });
      const seen = t.record(source, ['error']);
      await t.until(() => calls === 3, 'it reconnected twice');
      t.equal(seen.length, 2, 'error events');
      // Behind a body of the user's own that breaks off there may be one that goes on.
      t.same(heard, ['cancel 2', 'abort 2'], 'aborted or cancelled');
      await t.until(() => source.readyState === 1, 'the third is open');
      source.close();
      t.same(heard.slice(2), ['cancel 3', 'abort 3'], 'aborted or cancelled by close()');
    },
  },
  {
    id: 'fetch.error-response',
    title: 'Response.error() is a network error',
    needs: NEEDS,
    async run(t) {
      const error = { ...streamOf(''), ok: false, status: 0, type: 'error', body: null };
      const source = t.open('http://stream.example/x', { fetch: async () => error });
      await t.next(source, 'error');
      t.equal(source.readyState, 0, 'readyState');
    },
  },
  {
    id: 'fetch.end-of-body',
    title: 'the end of the body reconnects through the given fetch',
    needs: NEEDS,
    async run(t) {
      /** @type {any[]} */
      const ids = [];
      const source = t.open('http://stream.example/x', {
        fetch: async (/** @type {any} */ _, /** @type {any} */ { headers }) => {
          ids.push(headerOf(headers, 'last-event-id'));
          return streamOf(`retry: 20\nid: ${ids.length}\ndata: a\n\n`, { end: ids.length < 3 });
        },
      });
      const seen = t.record(source);
      await t.until(() => seen.length === 8, 'the third response came');
      t.same(
        seen.map(({ type }) => type).join(' '),
        'open message error open message error open message',
        'events',
      );
      t.same(ids, [null, '1', '2'], 'Last-Event-ID');
    },
  },
  {
    id: 'fetch.null-body',
    title: 'a response without a body opens and ends',
    needs: NEEDS,
    async run(t) {
      const source = t.open('http://stream.example/x', {
        fetch: async () => ({ ...streamOf(''), body: null }),
      });
      const seen = t.record(source);
      await t.next(source, 'error');
      t.same(
        seen.map(({ type, readyState }) => [type, readyState]),
        [
          ['open', 1],
          ['error', 0],
        ],
        'events',
      );
    },
  },
]);
