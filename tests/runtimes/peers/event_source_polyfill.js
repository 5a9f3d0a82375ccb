/** npm `event-source-polyfill`, whose `EventSource` is the runtime's own where there is one. */
import polyfill from 'event-source-polyfill';

export const EventSource = polyfill.EventSourcePolyfill;
