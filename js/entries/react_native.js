// The main entry under the export condition `react-native`: its engine has no WebAssembly, its fetch() gives no body
// as a stream, and what the entry without WebAssembly brings along may be missing, too.
import { provideFetch } from '../connection/host_fetch.js';
import { xhrFetch } from '../connection/xhr_fetch.js';
import { fromHost } from '../core/from_host.js';

export { ErrorEvent, EventSource, default } from './js.js';

// Test environments may have none.
if (fromHost('XMLHttpRequest')) provideFetch(/** @type {any} */ (xhrFetch));
