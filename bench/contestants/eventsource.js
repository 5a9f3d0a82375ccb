import { EventSource } from 'eventsource';
import { byEventSource } from './by_event_source.js';

export default byEventSource(/** @type {any} */ (EventSource));
