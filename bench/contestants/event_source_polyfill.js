import { EventSourcePolyfill } from 'event-source-polyfill';
import { byEventSource } from './by_event_source.js';

export default byEventSource(EventSourcePolyfill);
