// The main entry under the export condition `react-native`: its engine has no WebAssembly, and its fetch() gives no
// body as a stream. Its test environments may have no XMLHttpRequest.
import { instantiate } from '../../wasm/core_js.js';
import { provideFetch } from '../connection/host_fetch.js';
import { xhrFetch } from '../connection/xhr_fetch.js';
import { Core } from '../core/core.js';
import { provideCore } from '../core/host_core.js';

export { EventSource } from '../interface/event_source.js';

provideCore(new Core(instantiate()));
if (typeof XMLHttpRequest === 'function') provideFetch(/** @type {any} */ (xhrFetch));
