// An earlier build of this package: tools/before.js puts it there.
import { EventSource } from '../../build/bench/before/index.js';
import { byEventSource } from './by_event_source.js';

export default byEventSource(EventSource);
