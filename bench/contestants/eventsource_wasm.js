// This package's main entry, as it is distributed.
import { EventSource } from '../../dist/index.js';
import { byEventSource } from './by_event_source.js';

export default byEventSource(EventSource);
