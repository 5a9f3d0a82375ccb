// Options of other clients: each is named once a process, with what there is in its place.
import { afterEach, expect, jest, test } from '@jest/globals';
import { readOptions } from '../../js/connection/options.js';

/** @type {any} */
let warn;
/** @param {object} init */
function warnings(init) {
  warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  readOptions({ fetch() {}, ...init });
  const told = warn.mock.calls.map((/** @type {unknown[]} */ [text]) => text);
  warn.mockRestore();
  return told;
}
afterEach(() => warn?.mockRestore());

test.each([
  ['initialLastEventId', 'lastEventId'],
  ['lastEventIdQueryParameterName', 'lastEventIdParam'],
  ['payload', 'body'],
  ['heartbeatTimeout', 'idleTimeout'],
  ['readTimeoutMillis', 'idleTimeout'],
  ['timeout', 'idleTimeout'],
  ['maxBackoffMillis', 'maxReconnectionTime'],
  ['initialRetryDelayMillis', 'reconnectionTime'],
  ['pollingInterval', 'reconnectionTime'],
  ['errorFilter', 'shouldRetry'],
  ['credentials', 'withCredentials'],
  ...['https', 'rejectUnauthorized', 'proxy', 'agent', 'dispatcher', 'Transport'].map((name) => [
    name,
    'fetch',
  ]),
  ['queryParams', 'url'],
  ...['onopen', 'onmessage', 'onMessage', 'onerror', 'onclose'].map((name) => [
    name,
    'addEventListener',
  ]),
  ...['debug', 'openWhenHidden', 'retryResetIntervalMillis'].map((name) => [name, 'docs/api.md']),
])('%s: there is %s, which is said once', (name, ours) => {
  const text = `EventSource: no option '${name}' here: see '${ours}'.`;
  expect(warnings({ [name]: undefined })).toEqual([text]);
  expect(warnings({ [name]: 1 })).toEqual([]);
});

test('nothing is said of our own, of names that nobody has, and of names of ours as values', () => {
  const own = {
    maxEventSize: 1,
    unref: true,
    withCredentials: true,
    headers: {},
    method: 'PUT',
    body: 'a',
    lastEventId: 'a',
    lastEventIdParam: 'a',
    redirect: 'error',
    signal: null,
    reconnectionTime: 1,
    maxReconnectionTime: 1,
    retry: 'transient',
    shouldRetry() {},
    maxRetries: 1,
    connectTimeout: 1,
    idleTimeout: 1,
  };
  const nobodys = { constructor: 1, toString: 1, url: 1, nothing: 1, addEventListener: 1, x: 1 };
  expect(warnings({ ...own, ...nobodys })).toEqual([]);
});

test.each([
  ['no console', undefined],
  ['a console that cannot warn', {}],
  [
    'a console that throws',
    {
      warn() {
        throw new Error('no');
      },
    },
  ],
])('%s breaks nothing', async (_, console) => {
  const kept = globalThis.console;
  try {
    /** @type {any} */ (globalThis).console = console;
    const fresh = await import(`../../js/connection/unknown_options.js?${_.length}`);
    fresh.warnOfUnknown({ proxy: 'a' });
  } finally {
    globalThis.console = kept;
  }
});
