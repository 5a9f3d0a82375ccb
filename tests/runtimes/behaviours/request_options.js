/** Where the last event ID goes, what redirects may do, and options with values that they cannot have. */
import { inSection } from './section.js';
import { QUIET } from './stream_bytes.js';

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['extras'];

const SOON = { reconnectionTime: 1 };

/** @param {string} id */
const ending = (id) => ({ chunks: [`id: ${id}\ndata: 1\n\n`], end: 'end' });

/**
 * @param {{url: string}} request As the log has it.
 * @returns {string[]} Its query but for what the server needs, in this order.
 */
const queryOf = ({ url }) =>
  url
    .slice(url.indexOf('?') + 1)
    .split('&')
    .filter((pair) => !/^(key|script)=/.test(pair));

/** @type {[option: string, error: 'TypeError' | 'RangeError', values: unknown[]][]} */
const WRONG = [
  ['method', 'TypeError', [1, null, {}]],
  ['method', 'RangeError', ['', 'A B', 'CONNECT', 'trace', 'TRACK']],
  ['lastEventId', 'TypeError', [5, null, {}]],
  ['lastEventId', 'RangeError', ['a\nb', 'a\rb', 'a\0b']],
  ['lastEventIdParam', 'TypeError', [1, true, null]],
  ['lastEventIdParam', 'RangeError', ['']],
  ['redirect', 'TypeError', [true, null]],
  ['redirect', 'RangeError', ['', 'manual', 'Error']],
  ['signal', 'TypeError', [1, true, {}, 'abort']],
  ['reconnectionTime', 'TypeError', ['1000', null, true]],
  ['reconnectionTime', 'RangeError', [-1, 1.5, NaN, Infinity, 2_147_483_648]],
  ['maxReconnectionTime', 'TypeError', ['1000', null]],
  ['maxReconnectionTime', 'RangeError', [0, -1, 1.5, NaN, Infinity]],
  ['retry', 'TypeError', [true, 3, null]],
  ['retry', 'RangeError', ['', 'always']],
  ['shouldRetry', 'TypeError', [true, 3, null, {}]],
  ['maxRetries', 'TypeError', ['3', null]],
  ['maxRetries', 'RangeError', [-1, 1.5, NaN, -Infinity]],
  ['connectTimeout', 'TypeError', ['1000', null]],
  ['connectTimeout', 'RangeError', [0, -1, 1.5, NaN, Infinity]],
  ['idleTimeout', 'TypeError', ['1000', null]],
  ['idleTimeout', 'RangeError', [0, -1, 1.5, NaN, Infinity]],
];

/** Of other clients, with what there is here in their place. */
const UNKNOWN = {
  initialLastEventId: 'lastEventId',
  heartbeatTimeout: 'idleTimeout',
  https: 'fetch',
  proxy: 'fetch',
  payload: 'body',
  openWhenHidden: '',
  debug: '',
};

export const requestOptionBehaviours = inSection('The request: ID, redirects, wrong options', [
  {
    id: 'request-id.first',
    title:
      'lastEventId is what the first request carries, and what events have until the stream says another',
    needs: NEEDS,
    async run(t) {
      const source = t.open(
        [{ chunks: ['data: 1\n\n', 'id: 6\ndata: 2\n\n'], end: 'end' }, QUIET],
        { ...SOON, lastEventId: '5' },
      );
      t.equal(source.lastEventId, '5', 'of the source');
      const seen = t.record(source, ['open', 'message']);
      await t.until(() => seen.length === 4, 'the second stream is open');
      t.same(
        seen.map(({ type, event }) => [type, type === 'open' ? event.resumed : event.lastEventId]),
        [
          ['open', true],
          ['message', '5'],
          ['message', '6'],
          ['open', true],
        ],
        'resumed, or lastEventId',
      );
      t.same(
        (await t.requests()).map((/** @type {any} */ { headers }) => headers['last-event-id']),
        ['5', '6'],
        'Last-Event-ID',
      );
    },
  },
  {
    id: 'request-id.empty',
    title: 'an empty lastEventId is none',
    needs: NEEDS,
    async run(t) {
      const source = t.open(QUIET, { lastEventId: '', lastEventIdParam: 'after' });
      t.equal((await t.next(source, 'open')).resumed, undefined, 'resumed');
      const [request] = await t.requests();
      t.equal(request.lastEventIdHex, null, 'Last-Event-ID');
      t.same(queryOf(request), [], 'query');
    },
  },
  {
    id: 'request-id.in-the-query',
    title: 'lastEventIdParam carries the ID in place of the header, encoded',
    needs: NEEDS,
    async run(t) {
      const source = t.open([ending('7 \u2603&'), QUIET], {
        ...SOON,
        lastEventId: 'a=b#c',
        lastEventIdParam: 'after[]',
      });
      const { url } = source;
      await t.next(source, 'error');
      t.equal((await t.next(source, 'open')).resumed, true, 'resumed');
      const requests = await t.requests();
      t.same(
        requests.map(queryOf),
        [['after%5B%5D=a%3Db%23c'], ['after%5B%5D=7%20%E2%98%83%26']],
        'queries',
      );
      for (const { headers } of requests) t.equal(headers['last-event-id'], undefined, 'header');
      t.equal(source.url, url, 'url stays');
    },
  },
  {
    id: 'request-id.replaces-a-parameter',
    title: 'lastEventIdParam replaces the parameters of that name, however they are written',
    needs: NEEDS,
    async run(t) {
      const given = ['a=1', 'the%20id=0', 'b=a%20b', 'the+id', 'the%20id=1'];
      const source = t.open(`${t.stream([ending('7'), QUIET])}&${given.join('&')}#f`, {
        ...SOON,
        lastEventIdParam: 'the id',
      });
      await t.next(source, 'error');
      await t.next(source, 'open');
      const [first, second] = await t.requests();
      t.same(queryOf(first), given, 'without an ID');
      t.same(queryOf(second), ['a=1', 'b=a%20b', 'the%20id=7'], 'with one');
    },
  },
  {
    id: 'request-id.in-a-relative-url',
    title: 'lastEventIdParam with a relative URL and a fragment',
    needs: [...NEEDS, 'base-url'],
    async run(t) {
      const source = t.open(`${t.stream([ending('7'), QUIET]).slice(t.base.length)}#after=0`, {
        ...SOON,
        lastEventIdParam: 'after',
      });
      await t.next(source, 'error');
      await t.next(source, 'open');
      t.same((await t.requests()).map(queryOf), [[], ['after=7']], 'queries');
      t.ok(source.url.endsWith('#after=0'), `url: ${source.url}`);
    },
  },
  {
    id: 'request-redirect.error',
    title: "with redirect: 'error' a redirect is final, and the reason is refused",
    needs: NEEDS,
    async run(t) {
      for (const status of [301, 302, 303, 307, 308]) {
        const url = t.stream(QUIET, { key: `${t.key}-there-${status}` });
        const source = t.open(t.stream({ status, redirect: url }, { key: `${t.key}-${status}` }), {
          redirect: 'error',
        });
        const seen = t.record(source);
        const error = await t.next(source, 'error');
        t.same([error.reason, error.retryIn, source.readyState], ['refused', null, 2], 'error');
        t.ok(/'redirect'/.test(error.message), `message: ${error.message}`);
        await t.sleep(50);
        t.equal(seen.length, 1, 'events');
      }
    },
  },
  {
    id: 'request-redirect.error-asks-nobody',
    title: "with redirect: 'error' nothing is asked for where a redirect leads",
    needs: [...NEEDS, 'manual-redirects'],
    async run(t) {
      const key = `${t.key}-there`;
      const source = t.open(
        { status: 307, redirect: t.stream(QUIET, { key }) },
        { redirect: 'error', body: 'a', headers: { 'X-Own': '1' } },
      );
      await t.next(source, 'error');
      t.equal((await t.allRequests(key)).length, 0, 'requests');
    },
  },
  {
    id: 'request-redirect.error-without-one',
    title: "with redirect: 'error' a stream that does not redirect opens",
    needs: NEEDS,
    async run(t) {
      const source = t.open({ chunks: ['data: a\n\n'] }, { redirect: 'error' });
      t.equal((await t.next(source, 'message')).data, 'a', 'data');
    },
  },
  {
    id: 'options.wrong',
    title:
      'a value of the wrong type is a TypeError, one that is not allowed a RangeError; both name option and value',
    needs: NEEDS,
    async run(t) {
      for (const [option, name, values] of WRONG) {
        for (const value of values) {
          const shown = Object(value) === value ? '[object Object]' : String(value);
          t.throws(
            () => t.open(QUIET, { [option]: value }),
            (/** @type {any} */ error) =>
              error.name === name &&
              [`'${option}'`, 'must be', `not ${shown} (${typeof value})`].every((part) =>
                error.message.includes(part),
              ),
            `a ${name} for ${option}: ${JSON.stringify(shown)}`,
          );
        }
      }
      await t.sleep(50);
      t.equal((await t.requests()).length, 0, 'requests');
    },
  },
  {
    id: 'options.right',
    title: 'values at the edge of what is allowed, and undefined for each, are taken',
    needs: NEEDS,
    run(t) {
      /** @type {Record<string, unknown[]>} */
      const right = {
        method: ['post', 'X-Own'],
        body: [null],
        signal: [null],
        reconnectionTime: [0, 2_147_483_647],
        maxReconnectionTime: [1, 2_147_483_647],
        maxRetries: [0, 4_294_967_294, Infinity],
        connectTimeout: [1, 2_147_483_647],
        idleTimeout: [1, 2_147_483_647],
        retry: ['standard', 'transient'],
        redirect: ['follow', 'error'],
      };
      for (const [option, values] of Object.entries(right)) {
        for (const value of [undefined, ...values]) t.open(QUIET, { [option]: value }).close();
      }
      const all = WRONG.map(([option]) => [option, undefined]);
      t.open(QUIET, { ...Object.fromEntries(all), headers: undefined }).close();
    },
  },
  {
    id: 'options.unknown',
    title: 'an option of another client is warned of, once, with the name of ours',
    needs: NEEDS,
    run(t) {
      const { warn } = console;
      /** @type {string[]} */
      const warnings = [];
      console.warn = (/** @type {any[]} */ ...args) => warnings.push(args.join(' '));
      try {
        for (let times = 0; times < 2; times++) {
          for (const name in UNKNOWN) t.open(QUIET, { [name]: 1 }).close();
        }
      } finally {
        console.warn = warn;
      }
      const names = Object.entries(UNKNOWN);
      t.equal(warnings.length, names.length, 'warnings');
      names.forEach(([theirs, ours], index) => {
        t.ok(
          [`'${theirs}'`, ours && `'${ours}'`].every((name) => warnings[index].includes(name)),
          `the warning of ${theirs}: ${warnings[index]}`,
        );
      });
    },
  },
]);
