// What the suite of parts takes apart. None of it is a public interface.
import '../../js/index.js';

export { EventSource } from '../../js/event_source.js';
export { hostCore } from '../../js/host_core.js';
export { takeTurns } from '../../js/turns.js';
export { decodeUtf8, viewOfBytes } from '../../js/utf8_decoder.js';
export * from '../../js/record_layout.js';
