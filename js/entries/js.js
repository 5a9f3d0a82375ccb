// The entry without WebAssembly: for sites whose Content Security Policy forbids it (an attempt would be
// reported as a violation), and for engines that have none. Those may lack more, which is here as well:
// docs/decisions/0045-what-the-main-entry-needs.md
import { instantiate } from '../../wasm/core_js.js';
import { provideUrlParser } from '../connection/url.js';
import { parseWithoutHost } from '../connection/url_without_host.js';
import { Core } from '../core/core.js';
import { provideCore } from '../core/host_core.js';
import { provideDecoder } from '../core/utf8_decoder.js';
import { decodeWithoutHost } from '../core/utf8_without_host.js';

export { EventSource, EventSource as default } from '../interface/event_source.js';
export { ErrorEvent } from '../interface/events.js';

provideCore(new Core(instantiate()));
provideDecoder(decodeWithoutHost);
provideUrlParser(parseWithoutHost);
