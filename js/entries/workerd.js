// The entry for workerd (Cloudflare Workers), which compiles no bytes before compatibility date 2025-06-01
// but hands out modules that it has compiled itself: `import { EventSource } from 'eventsource-wasm/workerd'`.
// An entry of its own, because bundlers for other hosts cannot follow the import of a `.wasm` file.
// @ts-expect-error -- the host's own kind of module, which the compiler knows nothing of
import module from '../../wasm/core.wasm';
import { Core } from '../core/core.js';
import { provideCore } from '../core/host_core.js';

export { EventSource, EventSource as default } from '../interface/event_source.js';
export { ErrorEvent } from '../interface/events.js';

provideCore(new Core(/** @type {any} */ (new WebAssembly.Instance(module).exports)));
