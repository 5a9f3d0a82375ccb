// Options of other clients that are none here: each is named once a process, with what there is in its place.
import { attempt } from '../core/from_host.js';

/**
 * What there is here, and after it the names of others. Where these are from:
 *
 * - npm eventsource 2 (README): https, proxy, rejectUnauthorized
 * - undici, Node's own EventSource (docs/api/EventSource.md): dispatcher, node
 * - event-source-polyfill (README): Transport, heartbeatTimeout, lastEventIdQueryParameterName
 * - \@microsoft/fetch-event-source (README): onclose, onerror, onmessage, onopen, openWhenHidden, and RequestInit:
 *   cache, credentials, keepalive, mode, referrer
 * - launchdarkly-eventsource (README): agent, errorFilter, initialRetryDelayMillis, jitterRatio, maxBackoffMillis,
 *   readTimeoutMillis, retryResetIntervalMillis, skipDefaultHeaders, tunnel; its successor: urlBuilder
 * - sse.js (README): autoReconnect, debug, payload, reconnectDelay, start, useLastEventId
 * - react-native-sse (index.d.ts): debug, lineEndingCharacter, pollingInterval, timeout, timeoutBeforeConnection
 * - eventsource-client (types): initialLastEventId, onComment, onConnect, onDisconnect, onMessage, onScheduleReconnect
 * - axios, ofetch and others: data, params, query, queryParams
 */
const GROUPS =
  "'body' payload data|'lastEventId' initialLastEventId|'lastEventIdParam' lastEventIdQueryParameterName|" +
  "'idleTimeout' heartbeatTimeout readTimeoutMillis timeout|'maxReconnectionTime' maxBackoffMillis|" +
  "'reconnectionTime' initialRetryDelayMillis pollingInterval reconnectDelay|'maxRetries' autoReconnect|" +
  "'shouldRetry' errorFilter onclose onDisconnect|'withCredentials' credentials|" +
  "'fetch' agent cache dispatcher https keepalive mode node proxy referrer rejectUnauthorized Transport tunnel|" +
  "'headers' skipDefaultHeaders|the_URL params query queryParams urlBuilder|" +
  'addEventListener() onComment onConnect onerror onmessage onMessage onopen onScheduleReconnect|' +
  'nothing debug jitterRatio lineEndingCharacter openWhenHidden retryResetIntervalMillis start timeoutBeforeConnection useLastEventId';

/** @type {Map<string, string> | undefined} from the name to what there is */
let others;

/** @param {object} init - as a user gives it */
export function warnOfUnknown(init) {
  for (const name in init) {
    others ??= new Map(
      GROUPS.split('|').flatMap((group) => {
        const [ours, ...names] = group.split(' ');
        return names.map((each) => [each, ours]);
      }),
    );
    const ours = others.get(name);
    if (others.delete(name)) {
      attempt(() =>
        // eslint-disable-next-line no-console -- nothing is ignored in silence
        console.warn(`EventSource: there is no option '${name}' here, but ${ours}.`),
      );
    }
  }
}
