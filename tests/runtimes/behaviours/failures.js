/** What `open` and `error` events tell beyond the standard. */
import { letsGo, LETTING_GO_TIMEOUT } from './let_go.js';
import { inSection } from './section.js';
import { QUIET } from './stream_bytes.js';

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['extras'];

/**
 * @param {any} t
 * @param {any} target
 * @param {any} [init]
 * @returns {Promise<any>} The first `error` event.
 */
const firstError = (t, target, init) => t.next(t.open(target, init), 'error');

/** @type {[string, string, (t: any) => any, string, import('../capabilities.js').Capability[]?][]} */
const REASONS = [
  [
    'network',
    'a server that is not there',
    async (t) => [`${await t.closedOrigin()}/`],
    'CONNECTING',
  ],
  ['ended', 'the end of the body', () => [{ chunks: ['data: 1\n\n'], end: 'end' }], 'CONNECTING'],
  ['status', 'a status', () => [{ status: 410, end: 'end' }], 'CLOSED'],
  ['type', 'a Content-Type', () => [{ type: 'text/plain', end: 'end' }], 'CLOSED'],
  [
    'too-large',
    'an event that is too large',
    () => [{ chunks: ['data: 12345\n\n'] }, { maxEventSize: 4 }],
    'CLOSED',
  ],
  ['refused', 'a scheme', () => ['about:blank'], 'CLOSED', ['host-fetch']],
];

/**
 * @param {any} error An `error` event.
 * @returns {Promise<string>} Of its text(): what it gives, or `rejected: ` and why.
 */
const outcomeOf = (error) =>
  error.text().catch((/** @type {any} */ reason) => `rejected: ${reason.message}`);

export const failureBehaviours = inSection('What events tell', [
  {
    id: 'open-event.response',
    title: 'open tells the status and the headers',
    needs: NEEDS,
    async run(t) {
      const source = t.open({ ...QUIET, headers: [['Content-Language', 'eo']] });
      const { status, headers, resumed } = await t.next(source, 'open');
      t.same([status, resumed], [200, undefined], 'status and resumed');
      t.equal(headers.get('content-language'), 'eo', 'a header');
    },
  },
  ...REASONS.map(([reason, what, request, state, needs = []]) => ({
    id: `error-event.reason-${reason}`,
    title: `the reason of ${what} is ${reason}`,
    needs: [...NEEDS, ...needs],
    async run(/** @type {any} */ t) {
      const error = await firstError(t, ...(await request(t)));
      t.equal(error.reason, reason, `reason (${error.message})`);
      t.equal(error.failures, 1, 'failures');
      t.equal(typeof error.message, 'string', 'message');
      const isClosed = state === 'CLOSED';
      t.equal(error.target.readyState, isClosed ? 2 : 0, 'readyState');
      t.equal(error.retryIn === null, isClosed, `given up (retryIn ${error.retryIn})`);
    },
  })),
  {
    id: 'error-event.reason-aborted',
    title: 'the reason of a fetch of the user that was aborted is aborted',
    needs: [...NEEDS, 'fetch-option'],
    async run(t) {
      const reason = Object.assign(new Error('enough'), { name: 'AbortError' });
      const error = await firstError(t, 'http://stream.example/', {
        fetch: () => Promise.reject(reason),
      });
      t.same([error.reason, error.target.readyState], ['aborted', 0], 'reason and readyState');
      t.equal(error.error, reason, 'error');
    },
  },
  {
    id: 'error-event.headers',
    title: 'the headers of a refused response; none where there was no response',
    needs: NEEDS,
    async run(t) {
      const refused = await firstError(t, {
        status: 401,
        headers: [['Content-Language', 'eo']],
        end: 'end',
      });
      t.equal(refused.headers.get('content-language'), 'eo', 'a header');
      const lost = await firstError(t, `${await t.closedOrigin()}/`);
      t.same([lost.headers, lost.status, lost.code], [undefined, undefined, undefined], 'of none');
    },
  },
  {
    id: 'error-event.failures',
    title: 'failures counts those in a row, and retryIn grows',
    needs: NEEDS,
    async run(t) {
      const source = t.open({ end: 'end' }, { reconnectionTime: 1 });
      const seen = t.record(source, ['error']);
      await t.until(() => seen.length === 3, 'three errors came');
      t.same(
        seen.map(({ event }) => event.failures),
        [1, 2, 3],
        'failures',
      );
      t.ok(
        seen.every(({ event }) => event.retryIn >= 0 && event.retryIn <= 4000),
        'retryIn are milliseconds',
      );
    },
  },
  {
    id: 'error-event.text',
    title: 'text() gives the body of a refused response, however often it is asked for',
    needs: NEEDS,
    async run(t) {
      const source = t.open({
        status: 403,
        type: 'text/plain',
        chunks: ['not for ', 'you \u2603'],
        end: 'end',
      });
      /** @type {Promise<string>[]} */
      const texts = [];
      source.addEventListener('error', (/** @type {any} */ event) =>
        texts.push(event.text(), event.text()),
      );
      await t.next(source, 'error');
      t.same(await Promise.all(texts), ['not for you \u2603', 'not for you \u2603'], 'texts');
    },
  },
  {
    id: 'error-event.text-of-none',
    title: 'text() is empty where no response was refused, or it has no body',
    needs: NEEDS,
    async run(t) {
      for (const script of [
        { status: 204, end: 'end' },
        { chunks: [], end: 'end' },
      ]) {
        const source = t.open(t.stream(script, { key: `${t.key}-${script.status}` }));
        /** @type {Promise<string> | undefined} */
        let text;
        source.onerror = (/** @type {any} */ event) => (text ??= event.text());
        await t.next(source, 'error');
        t.equal(await text, '', `of ${JSON.stringify(script)}`);
        source.close();
      }
    },
  },
  {
    id: 'error-event.text-limit',
    title: 'text() gives at most 64 KiB of a body that has no end, which is cancelled then',
    needs: NEEDS,
    timeout: LETTING_GO_TIMEOUT,
    async run(t) {
      await letsGo(t, async (key) => {
        const chunks = [{ text: 'x', repeat: 70_000 }];
        const source = t.open(t.stream({ status: 500, type: 'text/plain', chunks }, { key }));
        /** @type {Promise<string> | undefined} */
        let text;
        source.onerror = (/** @type {any} */ event) => (text = event.text());
        await t.next(source, 'error');
        const length = (await text)?.length ?? 0;
        // A byte order mark counts, and over XMLHttpRequest there is one.
        t.ok(length <= 65_536 && length >= 65_533, `its length: ${length}`);
      });
    },
  },
  {
    id: 'error-event.text-unread',
    title: 'where no listener asks for the text, the body is cancelled, and text() says so later',
    needs: NEEDS,
    timeout: LETTING_GO_TIMEOUT,
    async run(t) {
      await letsGo(t, async (key) => {
        const script = { status: 500, chunks: ['x'] };
        const error = await firstError(t, t.stream(script, { key }));
        t.ok(/^rejected: .*listener/.test(await outcomeOf(error)), 'text() afterwards');
      });
    },
  },
  {
    id: 'error-event.text-while-waiting',
    title: 'text() of a response after which it is tried again',
    needs: NEEDS,
    async run(t) {
      const source = t.open(
        [{ status: 503, type: 'text/plain', chunks: ['busy'], end: 'end' }, QUIET],
        { retry: 'transient', reconnectionTime: 10 },
      );
      /** @type {Promise<string> | undefined} */
      let text;
      source.onerror = (/** @type {any} */ event) => (text = event.text());
      await t.next(source, 'open');
      t.equal(await text, 'busy', 'text');
    },
  },
]);
