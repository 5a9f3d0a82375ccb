// Options of other clients that are none here: each is named once a process, with what there is in its place.
import { attempt } from '../core/from_host.js';

/**
 * What there is here, and after it the names of others, which are from:
 *
 * - npm eventsource 2 (README): https, proxy, rejectUnauthorized
 * - undici's EventSource (docs/api/EventSource.md): dispatcher
 * - event-source-polyfill (README): Transport, heartbeatTimeout, lastEventIdQueryParameterName
 * - \@microsoft/fetch-event-source (fetch.d.ts): onclose, onerror, onmessage, onopen, openWhenHidden, and of RequestInit
 *   credentials
 * - launchdarkly-eventsource (README): agent, errorFilter, initialRetryDelayMillis, maxBackoffMillis, readTimeoutMillis,
 *   retryResetIntervalMillis
 * - sse.js (README): debug, payload
 * - react-native-sse (index.d.ts): debug, pollingInterval, timeout
 * - eventsource-client (types): initialLastEventId, onMessage
 * - \@launchdarkly/js-client-sdk: queryParams
 */
export const OTHERS = Object.entries({
  body: 'payload',
  lastEventId: 'initialLastEventId',
  lastEventIdParam: 'lastEventIdQueryParameterName',
  idleTimeout: 'heartbeatTimeout readTimeoutMillis timeout',
  maxReconnectionTime: 'maxBackoffMillis',
  reconnectionTime: 'initialRetryDelayMillis pollingInterval',
  shouldRetry: 'errorFilter',
  withCredentials: 'credentials',
  fetch: 'agent dispatcher https proxy rejectUnauthorized Transport',
  url: 'queryParams',
  addEventListener: 'onclose onerror onmessage onMessage onopen',
  'docs/api.md': 'debug openWhenHidden retryResetIntervalMillis',
});

const told = new Set();

/** @param {object} init - as a user gives it */
export function warnOfUnknown(init) {
  for (const name in init) {
    const found = OTHERS.find(([, others]) => others.split(' ').includes(name));
    if (!found || told.has(name)) continue;
    told.add(name);
    attempt(() =>
      // eslint-disable-next-line no-console -- nothing is ignored in silence
      console.warn(`EventSource: no option '${name}' here: see '${found[0]}'.`),
    );
  }
}
