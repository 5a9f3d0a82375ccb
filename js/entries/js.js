// The entry without WebAssembly: for sites whose Content Security Policy forbids it (an attempt would be
// reported as a violation), and for engines that have none.
import { instantiate } from '../../wasm/core_js.js';
import { Core } from '../core/core.js';
import { provideCore } from '../core/host_core.js';

export { EventSource, EventSource as default } from '../interface/event_source.js';
export { ErrorEvent } from '../interface/events.js';

provideCore(new Core(instantiate()));
