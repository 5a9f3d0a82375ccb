// The main entry: the WebAssembly core, or the same core as JavaScript where the host has no WebAssembly
// or refuses it. Both happen here and now, so that the first line after the import can use EventSource.
// First of all, because gzip makes least of the digits there.
import { digits } from '../../wasm/core_bytes.js';
import { instantiate } from '../../wasm/core_js.js';
import { Core } from '../core/core.js';
import { embeddedBytes } from '../core/embedded_bytes.js';
import { provideCore } from '../core/host_core.js';

export { EventSource, EventSource as default } from '../interface/event_source.js';
export { ErrorEvent } from '../interface/events.js';

/** @returns {import('../core/core.js').CoreExports} */
function instantiateCore() {
  try {
    // A Content Security Policy refuses in Module (Chromium, Firefox) or in Instance (WebKit); an absent
    // WebAssembly is a ReferenceError, an engine without SIMD a CompileError, more than 4,096 bytes on a page's
    // main thread a RangeError (Chromium before 114).
    const instance = new WebAssembly.Instance(new WebAssembly.Module(embeddedBytes(digits)));
    return /** @type {any} */ (instance.exports);
  } catch {
    return instantiate();
  }
}

provideCore(new Core(instantiateCore()));
