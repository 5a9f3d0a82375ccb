// This package's entry without WebAssembly, as it is distributed.
import { EventSource } from '../../dist/js.js';
import { byEventSource } from './by_event_source.js';

export default byEventSource(EventSource);
