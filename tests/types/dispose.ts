// Where the compiler knows Symbol.dispose.
import { EventSource } from 'eventsource-wasm';

{
  using source = new EventSource('https://example.com/feed');
  const disposable: Disposable = source;
  disposable[Symbol.dispose]();
}

// The browser's own has none.
declare const any: EventSource;
// @ts-expect-error
any[Symbol.dispose]();
