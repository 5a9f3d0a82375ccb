/** The entry eventsource-wasm/xhr: `xhrFetch` as the option `fetch`, and by itself. */
import { createXhrFetch, xhrFetch } from '../../../js/entries/xhr.js';
import { letsGo, LETTING_GO_TIMEOUT } from './let_go.js';
import { inSection } from './section.js';
import { FINISH, QUIET } from './stream_bytes.js';

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['fetch-option', 'xml-http-request'];

/** Characters. */
const LIMIT = 2000;

/** @param {number} id */
const block = (id) => `id: ${id}\ndata: ${'é'.repeat(500)}\n\n`;

const BLOCKS = Array.from({ length: 10 }, (_, index) => block(index + 1));

/** @param {Uint8Array[]} chunks */
const textOf = (chunks) => chunks.map((bytes) => String.fromCharCode(...bytes)).join('');

/** @param {any} body */
async function readAll(body) {
  const reader = body.getReader();
  /** @type {Uint8Array[]} */
  const chunks = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return textOf(chunks);
    chunks.push(value);
  }
}

/**
 * @param {any} t
 * @param {() => Promise<unknown>} action
 * @param {string} what
 * @returns {Promise<any>} What it rejected with.
 */
async function rejected(t, action, what) {
  try {
    await action();
  } catch (error) {
    return error;
  }
  return t.fail(`${what} was not rejected`);
}

export const xhrBehaviours = inSection('xhrFetch', [
  {
    id: 'xhr.option',
    title: 'given as the option, it brings events and the last event ID, and close() aborts it',
    needs: NEEDS,
    timeout: LETTING_GO_TIMEOUT,
    async run(t) {
      await letsGo(t, async (key) => {
        const url = t.stream(
          [
            { chunks: ['retry: 20\nid: 7\ndata: \u20ac\u{1f600}\n\n'], end: 'end' },
            { chunks: ['event: again\ndata: .\n\n'] },
          ],
          { key },
        );
        const source = t.open(url, { fetch: xhrFetch });
        const seen = t.record(source, ['message', 'again']);
        await t.until(() => seen.length === 2, 'both events came');
        t.same(
          seen.map(({ data, lastEventId, origin }) => [data, lastEventId, origin]),
          [
            ['\u20ac\u{1f600}', '7', t.base],
            ['.', '7', t.base],
          ],
          'events',
        );
        t.equal((await t.requests(key))[1].lastEventIdHex, '37', 'Last-Event-ID');
        source.close();
      });
    },
  },
  {
    id: 'xhr.limit',
    title:
      'at the limit the body ends with a block, and the reconnection loses and doubles nothing',
    needs: [...NEEDS, 'xhr-keeps-text'],
    timeout: LETTING_GO_TIMEOUT,
    async run(t) {
      await letsGo(t, async (key) => {
        const url = t.stream(
          [
            // The rest is never sent: the client has to go away by itself.
            { chunks: ['retry: 20\n', ...BLOCKS, 'data: begun', { hold: 'never' }], gap: 5 },
            { chunks: [FINISH] },
          ],
          { key },
        );
        const source = t.open(url, { fetch: createXhrFetch({ maxCharacters: LIMIT }) });
        const seen = t.record(source, ['message']);
        await t.next(source, 'finish');
        const ids = seen.map(({ lastEventId }) => Number(lastEventId));
        t.ok(ids.length >= 3 && ids.length <= 10, `events: ${ids.length}`);
        t.same(
          ids,
          ids.map((_, index) => index + 1),
          'last event IDs',
        );
        const [, { lastEventIdHex }] = await t.requests(key);
        t.equal(
          lastEventIdHex,
          [...String(ids.length)].map((digit) => `3${digit}`).join(''),
          'Last-Event-ID',
        );
        source.close();
      });
    },
  },
  {
    id: 'xhr.lets-go',
    title: 'where the host lets go of the text, no limit is reached',
    needs: [...NEEDS, 'xhr-lets-go-of-text'],
    async run(t) {
      const source = t.open(
        { chunks: [...BLOCKS, FINISH], gap: 5 },
        { fetch: createXhrFetch({ maxCharacters: LIMIT }) },
      );
      const seen = t.record(source);
      await t.next(source, 'finish');
      t.same(
        seen.map(({ type }) => type),
        ['open', ...BLOCKS.map(() => 'message')],
        'events',
      );
    },
  },
  {
    id: 'xhr.response',
    title: 'by itself, it tells status, URL, headers and body of the final response',
    needs: NEEDS,
    async run(t) {
      const url = t.stream(
        { status: 404, type: 'text/plain', headers: [['X-A', 'b']], chunks: ['gone'], end: 'end' },
        { key: `${t.key}-there` },
      );
      const response = await xhrFetch(t.stream({ status: 302, redirect: url }));
      const { status, headers, body } = response;
      t.same(
        [status, response.url, headers.get('content-type'), headers.get('x-a'), headers.get('x-b')],
        [404, url, 'text/plain', 'b', null],
        'status, URL, headers',
      );
      // In hosts that drop a byte order mark there is always one, for the reader to drop.
      t.equal((await readAll(body)).replace(/^\xef\xbb\xbf/, ''), 'gone', 'body');
    },
  },
  {
    id: 'xhr.headers-stay',
    title: 'the headers are there when the body is cancelled',
    needs: NEEDS,
    async run(t) {
      const { headers, body } = await xhrFetch(
        t.stream({ ...QUIET, headers: [['Content-Language', 'eo']] }),
      );
      body.cancel();
      t.same(
        ['content-LANGUAGE', 'Content-Type', 'x-none'].map((name) => headers.get(name)),
        ['eo', 'text/event-stream', null],
        'headers',
      );
    },
  },
  {
    id: 'xhr.request',
    title: 'by itself, it sends method, headers in any form, and a body',
    needs: NEEDS,
    async run(t) {
      const forms = [
        { 'X-Own': '1' },
        [['X-Own', '1']],
        ...(typeof Headers === 'function' ? [new Headers({ 'X-Own': '1' })] : []),
      ];
      for (const [index, headers] of forms.entries()) {
        const key = `${t.key}-${index}`;
        const url = t.stream({ chunks: [':\n'], end: 'end' }, { key });
        const init = { method: 'POST', headers: /** @type {any} */ (headers), body: 'abc' };
        await readAll((await xhrFetch(url, init)).body);
        const [request] = await t.allRequests(key);
        t.same(
          [request.method, request.headers['x-own'], request.headers['content-length']],
          ['POST', '1', '3'],
          `request ${index}`,
        );
      }
    },
  },
  {
    id: 'xhr.abort',
    title: 'an aborted signal rejects what is waiting: the call, and the read',
    needs: [...NEEDS, 'abort-controller'],
    async run(t) {
      const before = new AbortController();
      before.abort();
      // Chromium holds back what could be the beginning of a byte order mark.
      const url = t.stream({ chunks: [': quiet\n'] });
      const first = await rejected(t, () => xhrFetch(url, { signal: before.signal }), 'the call');
      t.equal(first.name, 'AbortError', 'aborted beforehand');
      t.equal((await t.requests()).length, 0, 'requests');

      const during = new AbortController();
      const { body } = await xhrFetch(url, { signal: during.signal });
      const reader = body.getReader();
      while (!textOf([(await reader.read()).value ?? new Uint8Array()]).endsWith('quiet\n'));
      const read = rejected(t, () => reader.read(), 'the read');
      during.abort();
      t.equal((await read).name, 'AbortError', 'aborted while reading');
    },
  },
  {
    id: 'xhr.network-error',
    title: 'where nobody answers, the call is rejected with a TypeError',
    needs: NEEDS,
    async run(t) {
      const url = `${await t.closedOrigin()}/`;
      t.equal((await rejected(t, () => xhrFetch(url), 'the call')).name, 'TypeError', 'error');
    },
  },
  {
    id: 'xhr.broken-body',
    title: 'where the connection breaks, what came is read, and then a TypeError rejects',
    needs: NEEDS,
    async run(t) {
      const { body } = await xhrFetch(
        t.stream({ chunks: ['data: a\n\n', { hold: 'end' }], end: 'destroy' }),
      );
      const reader = body.getReader();
      const first = await reader.read();
      await t.release('end');
      const chunks = [first.value ?? new Uint8Array()];
      const error = await rejected(
        t,
        async () => {
          for (let next = await reader.read(); !next.done; next = await reader.read()) {
            chunks.push(next.value ?? new Uint8Array());
          }
        },
        'the read',
      );
      t.equal(error.name, 'TypeError', 'error');
      t.ok(textOf(chunks).endsWith('data: a\n\n'), 'what came before');
    },
  },
]);
