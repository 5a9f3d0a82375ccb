/** Options that say what is tried again, how often, and after how long: beyond the standard, whose defaults are tested elsewhere. */
import { inSection } from './section.js';
import { QUIET } from './stream_bytes.js';

/** @type {import('../capabilities.js').Capability[]} */
const NEEDS = ['extras'];

/** Attempts are this far apart, in milliseconds; clocks of two processes are compared nowhere. */
const APART = 500;

/** What a timer may be early, in milliseconds. */
const EARLY = 20;

/** @param {any} event An `error` event. */
const told = ({ status, reason, failures, retryIn }) => ({
  status,
  reason,
  failures,
  isFinal: retryIn === null,
});

/**
 * @param {any} t
 * @param {any} script
 * @param {any} init
 * @returns {Promise<any>} The first `error` event.
 */
const firstError = (t, script, init) => t.next(t.open(script, init), 'error');

/**
 * @param {any} t
 * @param {number} value
 * @param {number} least
 * @param {number} most
 * @param {string} what
 */
const between = (t, value, least, most, what) =>
  t.ok(value >= least && value <= most, `${what}: ${value}, not from ${least} to ${most}`);

/**
 * @param {string} value Of Retry-After.
 * @returns {any} The attempt that gives it.
 */
const busy = (value) => ({ status: 503, headers: [['Retry-After', value]], end: 'end' });

const transient = { retry: 'transient', reconnectionTime: 10 };

export const retryingBehaviours = inSection('Staying connected', [
  ...[408, 425, 429, 500, 502, 503, 504].map((status) => ({
    id: `retry.transient-${status}`,
    title: `retry: 'transient' tries again after the status ${status}`,
    needs: NEEDS,
    async run(/** @type {any} */ t) {
      // Chromium itself asks again after a 408 that came by a connection of an earlier request.
      const source = t.open([{ status, end: 'end', until: 'told' }, QUIET], transient);
      const error = await t.next(source, 'error');
      t.same(told(error), { status, reason: 'status', failures: 1, isFinal: false }, 'error');
      t.equal(source.readyState, 0, 'readyState');
      const opened = t.next(source, 'open');
      await t.release('told');
      await opened;
    },
  })),
  ...[204, 400, 401, 404, 501].map((status) => ({
    id: `retry.transient-not-${status}`,
    title: `retry: 'transient' gives up after the status ${status}`,
    needs: NEEDS,
    async run(/** @type {any} */ t) {
      const source = t.open([{ status, end: 'end' }, QUIET], transient);
      const error = await t.next(source, 'error');
      t.same(told(error), { status, reason: 'status', failures: 1, isFinal: true }, 'error');
      t.equal(source.readyState, 2, 'readyState');
    },
  })),
  {
    id: 'retry.standard-status',
    title: 'without the option, 503 with Retry-After fails the connection',
    needs: NEEDS,
    async run(t) {
      const error = await firstError(t, [busy('0'), QUIET], { reconnectionTime: 10 });
      t.same(told(error), { status: 503, reason: 'status', failures: 1, isFinal: true }, 'error');
    },
  },
  {
    id: 'retry.after-seconds',
    title: 'Retry-After in seconds is the least wait, and up to a tenth more',
    needs: NEEDS,
    async run(t) {
      const source = t.open([busy('1'), QUIET], transient);
      between(t, (await t.next(source, 'error')).retryIn, 1000, 1100, 'retryIn');
      await t.next(source, 'open');
      const [first, second] = await t.requests();
      t.ok(second.at - first.at >= 1000 - EARLY, `apart: ${second.at - first.at} ms`);
    },
  },
  {
    id: 'retry.after-date',
    title: 'Retry-After as a date means the time from the date of the response',
    needs: NEEDS,
    async run(t) {
      /** @param {string} date */
      const answer = (date) => ({
        ...busy(date),
        headers: [
          ['Retry-After', date],
          ['Date', 'Sun, 06 Nov 1994 08:49:37 GMT'],
        ],
      });
      const future = await firstError(t, answer('Sun, 06 Nov 1994 08:51:37 GMT'), transient);
      between(t, future.retryIn, 120_000, 132_000, 'retryIn of two minutes');
      const past = await firstError(t, answer('Sun, 06 Nov 1994 08:00:00 GMT'), transient);
      between(t, past.retryIn, 0, APART, 'retryIn of a date that has passed');
    },
  },
  {
    id: 'retry.after-absurd',
    title: 'an absurd Retry-After counts as an hour, and what cannot be read as none',
    needs: NEEDS,
    async run(t) {
      for (const value of ['99999999999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT']) {
        const { retryIn } = await firstError(t, busy(value), transient);
        between(t, retryIn, 3_600_000, 3_960_000, value);
      }
      for (const value of ['soon', '-5', '']) {
        const { retryIn } = await firstError(t, busy(value), transient);
        between(t, retryIn, 0, APART, value);
      }
    },
  },
  {
    id: 'retry.longest-wait',
    title: 'maxReconnectionTime limits Retry-After and what the stream says',
    needs: NEEDS,
    async run(t) {
      const limited = { ...transient, maxReconnectionTime: 700 };
      const { retryIn } = await firstError(t, busy('3600'), limited);
      between(t, retryIn, 630, 700, 'after Retry-After');
      const ended = await firstError(t, { chunks: ['retry: 99999\n\n'], end: 'end' }, limited);
      between(t, ended.retryIn, 630, 700, 'after retry:');
    },
  },
  {
    id: 'retry.reconnection-time',
    title: 'reconnectionTime holds until the stream says another',
    needs: NEEDS,
    async run(t) {
      const source = t.open(
        [{ end: 'end' }, { chunks: ['retry: 800\ndata: 1\n\n'], end: 'end' }, QUIET],
        { reconnectionTime: 700 },
      );
      t.equal(source.reconnectionTime, 700, 'at first');
      between(t, (await t.next(source, 'error')).retryIn, 700, 770, 'the first wait');
      await t.next(source, 'message');
      t.equal(source.reconnectionTime, 800, 'then');
      between(t, (await t.next(source, 'error')).retryIn, 800, 880, 'the second wait');
    },
  },
  {
    id: 'retry.most',
    title: 'maxRetries reconnections in a row, then CLOSED',
    needs: NEEDS,
    async run(t) {
      const refused = { refuse: 'socket', until: 'never' };
      const once = await firstError(t, refused, { maxRetries: 0 });
      t.same([once.target.readyState, once.failures, once.retryIn], [2, 1, null], 'with 0');
      const source = t.open([{ end: 'end' }], { maxRetries: 2, reconnectionTime: 1 });
      const seen = t.record(source, ['error']);
      await t.until(() => source.readyState === 2, 'it gave up');
      t.same(
        seen.map((/** @type {any} */ { event }) => [event.failures, event.retryIn === null]),
        [
          [1, false],
          [2, false],
          [3, true],
        ],
        'errors',
      );
    },
  },
  {
    id: 'retry.most-in-a-row',
    title: 'an event that came makes the count of failures begin anew',
    needs: NEEDS,
    async run(t) {
      const good = { chunks: ['data: 1\n\n'], end: 'end' };
      const source = t.open([good, good, good, QUIET], { maxRetries: 1, reconnectionTime: 1 });
      const seen = t.record(source, ['error']);
      await t.until(() => seen.length === 3 && source.readyState === 1, 'the fourth stream opened');
      t.same(
        seen.map((/** @type {any} */ { event }) => event.failures),
        [1, 1, 1],
        'failures',
      );
    },
  },
  {
    id: 'should-retry.told',
    title: 'shouldRetry() hears of each failure, before the error event',
    needs: NEEDS,
    async run(t) {
      /** @type {any[]} */
      const failures = [];
      const source = t.open([{ status: 403, end: 'end' }], {
        shouldRetry: (/** @type {any} */ failure) => void failures.push(failure),
      });
      const error = await t.next(source, 'error');
      t.equal(error.retryIn, null, 'undefined leaves it to `retry`');
      t.equal(failures.length, 1, 'calls');
      const [{ status, message, failures: count, retryIn, reason, headers }] = failures;
      t.same([status, count, retryIn, reason], [403, 1, null, 'status'], 'failure');
      t.equal(message, error.message, 'message');
      t.equal(headers.get('content-type'), 'text/event-stream', 'a header');
    },
  },
  {
    id: 'should-retry.verdicts',
    title: 'shouldRetry() decides: true, false, or milliseconds',
    needs: NEEDS,
    async run(t) {
      const init = { reconnectionTime: 10 };
      const again = t.open([{ status: 404, end: 'end' }, QUIET], {
        ...init,
        shouldRetry: () => true,
      });
      between(t, (await t.next(again, 'error')).retryIn, 0, APART, 'true: retryIn');
      await t.next(again, 'open');
      const never = await firstError(t, { end: 'end' }, { ...init, shouldRetry: () => false });
      t.same([never.retryIn, never.target.readyState], [null, 2], 'false');
      const later = await firstError(t, { end: 'end' }, { ...init, shouldRetry: () => 12_345 });
      t.same([later.retryIn, later.target.readyState], [12_345, 0], 'a number');
      const ever = await firstError(t, { end: 'end' }, { ...init, shouldRetry: () => Infinity });
      t.equal(ever.retryIn, 2_147_483_647, 'Infinity');
    },
  },
  {
    id: 'should-retry.promise',
    title: 'shouldRetry() may take its time: CONNECTING meanwhile, and close() ends it',
    needs: NEEDS,
    async run(t) {
      /** @type {((verdict: unknown) => void)[]} */
      const verdicts = [];
      const init = {
        reconnectionTime: 10,
        shouldRetry: () => new Promise((resolve) => verdicts.push(resolve)),
      };
      const source = t.open([{ status: 401, end: 'end' }, QUIET], init);
      const seen = t.record(source);
      await t.until(() => verdicts.length === 1, 'it is asked');
      t.same([seen.length, source.readyState], [0, 0], 'meanwhile');
      verdicts[0](true);
      await t.next(source, 'open');
      const closed = t.open({ chunks: ['data: 1\n\n'], end: 'end' }, init);
      const others = t.record(closed, ['error']);
      await t.until(() => verdicts.length === 2, 'it is asked again');
      closed.close();
      verdicts[1](true);
      await t.sleep(50);
      t.same([others.length, closed.readyState], [0, 2], 'after close()');
    },
  },
  {
    id: 'should-retry.throws',
    title: 'what shouldRetry() throws is reported, and `retry` decides',
    needs: [...NEEDS, 'uncaught-hook'],
    async run(t) {
      const mistake = new Error('should-retry.throws');
      const wrong = (/** @type {any} */ error) =>
        error === mistake || /shouldRetry/.test(error?.message);
      const reported = t.onUncaught(wrong);
      const ways = [
        () => {
          throw mistake;
        },
        () => Promise.reject(mistake),
        () => 'yes',
      ];
      for (const shouldRetry of ways) {
        const script = [{ end: 'end' }, QUIET];
        const source = t.open(t.stream(script, { key: `${t.key}-${ways.indexOf(shouldRetry)}` }), {
          reconnectionTime: 10,
          shouldRetry,
        });
        await t.next(source, 'error');
        await t.next(source, 'open');
      }
      await t.until(() => reported.length === 3, 'all are reported');
    },
  },
]);
