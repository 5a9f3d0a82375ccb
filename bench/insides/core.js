// What the suite of parts takes apart. None of it is a public interface.
import '../../js/entries/index.js';

export { EventSource } from '../../js/interface/event_source.js';
export { hostCore } from '../../js/core/host_core.js';
export { takeTurns } from '../../js/stream/turns.js';
export { decodeUtf8, viewOfBytes } from '../../js/core/utf8_decoder.js';
export * from '../../js/core/record_layout.js';
