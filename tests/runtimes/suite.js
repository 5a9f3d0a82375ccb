/**
 * The behaviours of an EventSource, observed from outside over HTTP: every rule of the design, for every
 * runtime and every implementation. No test framework and no host's own API: see `toolkit.js` for what a
 * behaviour is given, and `run_suite.js` for who runs it.
 */
import { backoffBehaviours } from './behaviours/backoff.js';
import { closingBehaviours } from './behaviours/closing.js';
import { crossOriginBehaviours } from './behaviours/cross_origin.js';
import { deliveryBehaviours } from './behaviours/delivery.js';
import { dispatchEventBehaviours } from './behaviours/dispatch_event.js';
import { eventObjectBehaviours } from './behaviours/event_objects.js';
import { extrasBehaviours } from './behaviours/extras.js';
import { failureBehaviours } from './behaviours/failures.js';
import { fetchOptionBehaviours } from './behaviours/fetch_option.js';
import { handlerBehaviours } from './behaviours/handlers.js';
import { interfaceBehaviours } from './behaviours/interface.js';
import { invocationBehaviours } from './behaviours/invocation.js';
import { lastEventIdBehaviours } from './behaviours/last_event_id.js';
import { listenerBehaviours } from './behaviours/listeners.js';
import { parsingBehaviours } from './behaviours/parsing.js';
import { reconnectionBehaviours } from './behaviours/reconnection.js';
import { redirectBehaviours } from './behaviours/redirects.js';
import { requestBodyBehaviours } from './behaviours/request_body.js';
import { requestHeaderBehaviours } from './behaviours/request_headers.js';
import { requestOptionBehaviours } from './behaviours/request_options.js';
import { requestBehaviours } from './behaviours/requests.js';
import { responseBehaviours } from './behaviours/responses.js';
import { retryBehaviours } from './behaviours/retry.js';
import { retryingBehaviours } from './behaviours/retrying.js';
import { stayingConnectedBehaviours } from './behaviours/staying_connected.js';
import { streamSourceBehaviours } from './behaviours/stream_source.js';
import { streamingBehaviours } from './behaviours/streaming.js';
import { urlBehaviours } from './behaviours/urls.js';
import { xhrBehaviours } from './behaviours/xhr.js';

/** @type {import('./run_suite.js').Behaviour[]} */
export const behaviours = [
  ...interfaceBehaviours,
  ...urlBehaviours,
  ...requestBehaviours,
  ...requestHeaderBehaviours,
  ...requestBodyBehaviours,
  ...requestOptionBehaviours,
  ...responseBehaviours,
  ...redirectBehaviours,
  ...crossOriginBehaviours,
  ...parsingBehaviours,
  ...streamingBehaviours,
  ...lastEventIdBehaviours,
  ...eventObjectBehaviours,
  ...deliveryBehaviours,
  ...listenerBehaviours,
  ...invocationBehaviours,
  ...handlerBehaviours,
  ...dispatchEventBehaviours,
  ...reconnectionBehaviours,
  ...retryBehaviours,
  ...backoffBehaviours,
  ...closingBehaviours,
  ...fetchOptionBehaviours,
  ...streamSourceBehaviours,
  ...extrasBehaviours,
  ...retryingBehaviours,
  ...stayingConnectedBehaviours,
  ...failureBehaviours,
  ...xhrBehaviours,
];
