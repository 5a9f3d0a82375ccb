// Sets globalThis.EventSource where it is missing, and leaves it alone otherwise.
import { ErrorEvent, EventSource } from './index.js';

if (!('EventSource' in globalThis)) {
  // As WebIDL defines an interface object on its global: writable, configurable, not enumerable.
  Object.defineProperty(globalThis, 'EventSource', {
    value: EventSource,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

export { ErrorEvent, EventSource, EventSource as default };
