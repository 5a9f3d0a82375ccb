// The public declarations: what every entry exports, and what the class in event_source.js has to satisfy.
// The build copies this file to dist/, so it imports nothing; for CommonJS it writes the exports anew
// (rollup.declarations.js), which takes each to begin with `export` in a line.
//
// It needs no lib beyond ES2015. Where the compiler knows the host's own Event, URL and so on (lib "dom" or
// "webworker", or @types/node), those are meant; elsewhere the little that is declared here.
// Why EventSource is two types: docs/decisions/0020-two-types-of-sources.md

/** The instances of a global class, where the compiler knows of one. */
type Host<Name extends string, Otherwise> = typeof globalThis extends {
  [key in Name]: { prototype: infer Instance };
}
  ? Instance
  : Otherwise;

interface BasicEvent {
  readonly type: string;
  readonly target: unknown;
  readonly currentTarget: unknown;
  readonly timeStamp: number;
  readonly isTrusted: boolean;
  readonly defaultPrevented: boolean;
  preventDefault(): void;
  stopImmediatePropagation(): void;
  stopPropagation(): void;
}

interface BasicMessageEvent extends BasicEvent {
  readonly data: any;
  readonly lastEventId: string;
  readonly origin: string;
}

interface BasicEventTarget {
  dispatchEvent(event: HostEvent): boolean;
}

type HostAbortSignal = Host<'AbortSignal', any>;
type HostEvent = Host<'Event', BasicEvent>;
type HostEventTarget = Host<'EventTarget', BasicEventTarget>;
type HostMessageEvent = Host<'MessageEvent', BasicMessageEvent>;
type HostListener = ((event: HostEvent) => void) | { handleEvent(event: HostEvent): void };
type HostURL = Host<'URL', { readonly href: string; toString(): string }>;

/** `Symbol.dispose`, where the compiler knows it (lib "esnext.disposable"). */
type DisposeSymbol<S> = S extends { readonly dispose: infer Dispose extends symbol }
  ? Dispose
  : never;

type Disposing = { [key in DisposeSymbol<SymbolConstructor>]: () => void };

/** The events of names of your own: an interface or an object type, from name to type of event. */
type Named<Events> = { [Name in keyof Events]: HostEvent };

/** The events that every EventSource fires; those given take precedence. */
type EventMap<Events> = Omit<EventSourceEventMap, keyof Events> & Events;

type EventOf<Events, Name extends keyof EventSourceEventMap> = Name extends keyof Events
  ? Events[Name]
  : EventSourceEventMap[Name];

/** Written as a method, which lets a source whose events are known more closely be one of any events. */
type Handler<Event> = { handle(this: EventSource, event: Event): any }['handle'];

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export interface EventSourceEventMap {
  open: EventSourceOpenEvent;
  message: HostMessageEvent;
  error: ErrorEvent;
}

/**
 * An event of a stream whose data is known more closely than as text.
 *
 * @example new EventSource<{ state: EventSourceMessageEvent<'on' | 'off'> }>(url)
 */
export interface EventSourceMessageEvent<Data extends string = string> extends HostMessageEvent {
  readonly data: Data;
}

/** An `open` event. What it says beyond the standard is missing in those that the host or a user makes. */
export interface EventSourceOpenEvent extends HostEvent {
  /**
   * Whether the request carried the last event ID, so that the server could go on where it was; false where it had to go
   * without, because a server at another origin does not allow the header `Last-Event-ID`. Undefined where there is no
   * ID yet.
   */
  readonly resumed?: boolean | undefined;
}

/** An `error` event. What it says beyond the standard is missing in those that the host or a user makes. */
export interface EventSourceErrorEvent extends HostEvent {
  /** What happened, in words. */
  readonly message?: string | undefined;
  /** The response's status, where a response was refused. */
  readonly status?: number | undefined;
  /** The same as `status`, under the name that npm eventsource has for it. */
  readonly code?: number | undefined;
  /** The exception behind it, where there was one. */
  readonly error?: unknown;
}

/** What an `error` event of your own says; `code` is another name of `status`. */
export interface ErrorEventInit {
  message?: string | undefined;
  status?: number | undefined;
  code?: number | undefined;
  error?: unknown;
}

/** What `error` events are instances of, by the name that npm eventsource has for it. */
export interface ErrorEvent extends EventSourceErrorEvent {}

/** The class of `error` events: for `instanceof`, and to make some in tests. */
export interface ErrorEventConstructor {
  new (type: string, init?: ErrorEventInit): ErrorEvent;
  readonly prototype: ErrorEvent;
}

/** What a `fetch` of your own is given beside the URL: the least of RequestInit. */
export interface EventSourceFetchInit {
  /** Absent in hosts that refuse it. */
  cache?: 'no-store';
  /** `include` with `withCredentials: true`. Absent in hosts that refuse it. */
  credentials?: 'include' | 'same-origin';
  /** Absent in hosts that refuse it. */
  mode?: 'cors';
  /** `Accept`, `Last-Event-ID` once there is one, `Authorization` when the URL has a user name (of
   * another origin only where there is no CORS). */
  headers: Record<string, string>;
  /** Aborted by close(). Undefined in hosts without AbortController. */
  signal?: HostAbortSignal;
}

/** The bytes of a chunk. */
type Bytes = ArrayBuffer | ArrayBufferView;

/** A ReadableStream of bytes: what is used of it. */
export interface EventSourceByteStream {
  getReader(): {
    read(): PromiseLike<{ done?: boolean; value?: Bytes | undefined }>;
    cancel(reason?: unknown): unknown;
  };
}

/** The response of a `fetch` of your own: the least of Response. */
export interface EventSourceFetchResponse {
  /** 200, or the connection fails. */
  readonly status: number;
  /** After redirects: its origin is that of the events. Default: the URL that was asked for. */
  readonly url?: string;
  /** `Content-Type` must be `text/event-stream`, or the connection fails. */
  readonly headers: { get(name: string): string | null | undefined };
  /** A stream, or chunks to iterate over; null is empty. */
  readonly body: EventSourceByteStream | AsyncIterable<Bytes> | null;
}

/** What every EventSource takes, also one of a stream that is open already. */
export interface EventSourceStreamInit {
  /**
   * The bytes that one event may have: its data, type and ID together, unfinished lines included. What is
   * larger fails the connection, with a RangeError as the `error` of the event. An integer from 1 to 268435456
   * (256 MiB); another number is a RangeError, and anything else a TypeError.
   * Default: 67108864 (64 MiB).
   */
  maxEventSize?: number | undefined;
}

/** A `fetch` of your own. */
export type FetchLike = (
  url: string,
  init: EventSourceFetchInit,
) => PromiseLike<EventSourceFetchResponse>;

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#eventsourceinit */
export interface EventSourceInit extends EventSourceStreamInit {
  /**
   * Sends credentials to other origins as well (mode `include` instead of `same-origin`). Converted to a
   * boolean. Default: false.
   */
  withCredentials?: boolean | undefined;
  /**
   * Called in place of the host's fetch(), with the same arguments, for the first request and for every
   * reconnection. This is the place for headers, a method or a proxy of your own.
   * Default: globalThis.fetch.
   */
  fetch?: FetchLike | undefined;
  /**
   * Whether a reconnection that is being waited for lets the process end (Node, Deno and Bun; elsewhere it
   * has no effect). Converted to a boolean. Default: false.
   */
  unref?: boolean | undefined;
}

/** https://dom.spec.whatwg.org/#dictdef-addeventlisteneroptions */
export interface EventSourceListenerOptions {
  capture?: boolean;
  once?: boolean;
  passive?: boolean;
  signal?: HostAbortSignal;
}

/**
 * Receives server-sent events: any implementation of the standard's interface, the browser's own included.
 * What ours has beyond the standard may be missing; see ExtendedEventSource.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface
 *
 * @typeParam Events - the events of names of your own; other names give a MessageEvent
 */
export interface EventSource<Events extends Named<Events> = {}> extends HostEventTarget {
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;
  /** The URL of the stream, serialized. */
  readonly url: string;
  /** Whether credentials are sent to other origins. */
  readonly withCredentials: boolean;
  /** CONNECTING (0), OPEN (1) or CLOSED (2). */
  readonly readyState: number;
  /** The last event ID string: what the next reconnection sends. Empty at first. */
  readonly lastEventId?: string;
  /** The reconnection time in milliseconds; 3000 until the stream sets another. */
  readonly reconnectionTime?: number;
  /** Fulfilled when the source is CLOSED. */
  readonly closed?: Promise<void>;
  onopen: Handler<EventOf<Events, 'open'>> | null;
  onmessage: Handler<EventOf<Events, 'message'>> | null;
  onerror: Handler<EventOf<Events, 'error'>> | null;
  /** Aborts the connection. No event is dispatched after this. */
  close(): void;
  /** Discards what the stream has begun and what is not dispatched yet. The last event ID stays. */
  reset?(): void;

  /** https://dom.spec.whatwg.org/#dom-eventtarget-addeventlistener */
  addEventListener<Name extends keyof EventMap<Events>>(
    type: Name,
    listener: (this: EventSource, event: EventMap<Events>[Name]) => any,
    options?: boolean | EventSourceListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: (this: EventSource, event: HostMessageEvent) => any,
    options?: boolean | EventSourceListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: HostListener,
    options?: boolean | EventSourceListenerOptions,
  ): void;

  /** https://dom.spec.whatwg.org/#dom-eventtarget-removeeventlistener */
  removeEventListener<Name extends keyof EventMap<Events>>(
    type: Name,
    listener: (this: EventSource, event: EventMap<Events>[Name]) => any,
    options?: boolean | EventSourceListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: (this: EventSource, event: HostMessageEvent) => any,
    options?: boolean | EventSourceListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: HostListener,
    options?: boolean | EventSourceListenerOptions,
  ): void;
}

/**
 * What the constructor here makes: an EventSource with everything that ours has beyond the standard.
 * `using source = new EventSource(url)` closes it.
 */
export interface ExtendedEventSource<Events extends Named<Events> = {}>
  extends EventSource<Events>, Disposing {
  readonly readyState: 0 | 1 | 2;
  /** The last event ID string: what the next reconnection sends. Empty at first. */
  readonly lastEventId: string;
  /** The reconnection time in milliseconds; 3000 until the stream sets another. */
  readonly reconnectionTime: number;
  /**
   * A promise that is fulfilled when the source is CLOSED, for `event.waitUntil(source.closed)` in a
   * service worker. Never rejected.
   */
  readonly closed: Promise<void>;
  /** Discards what the stream has begun and what is not dispatched yet. The last event ID stays. */
  reset(): void;
}

/** The interface object. */
export interface EventSourceConstructor {
  /**
   * https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource
   *
   * @param url - relative ones are resolved against the document or the worker
   * @param init
   * @throws {DOMException} a "SyntaxError" when the URL cannot be parsed
   * @throws {TypeError} when `init` is no object, or its `fetch` no function, or when the host has no fetch()
   *   and none is given
   * @throws {TypeError | RangeError} when `init.maxEventSize` is not allowed
   * @example new EventSource<{ price: MessageEvent<string> }>(url)
   */
  new <Events extends Named<Events> = {}>(
    url: string | HostURL,
    init?: EventSourceInit,
  ): ExtendedEventSource<Events>;
  readonly prototype: ExtendedEventSource;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;

  /**
   * Parses and dispatches a stream that is open already, for example a response's body; never reconnects.
   * Its end or its error fires `error` and leaves the source CLOSED. Several responses can be piped one
   * after the other through one TransformStream: the last event ID and the reconnection time persist.
   * https://github.com/whatwg/html/pull/12272
   *
   * @param stream - locked from now on. A response's `body`, which is null where the response has none, can be
   *   given as it is
   * @param init
   * @returns with the url `about:event-stream` and events of the origin `null`
   * @throws {TypeError} when it is no ReadableStream, or a locked one, or null
   * @throws {TypeError | RangeError} when `init.maxEventSize` is not allowed
   */
  fromReadableStream<Events extends Named<Events> = {}>(
    stream: EventSourceByteStream | null | undefined,
    init?: EventSourceStreamInit,
  ): ExtendedEventSource<Events>;
  /** The same under the name that workerd has. */
  from<Events extends Named<Events> = {}>(
    stream: EventSourceByteStream | null | undefined,
    init?: EventSourceStreamInit,
  ): ExtendedEventSource<Events>;
}

// The other names that npm eventsource exports, so that an import line can be swapped.
/** The same as EventSourceFetchInit. */
export interface FetchLikeInit extends EventSourceFetchInit {}
/** The same as EventSourceFetchResponse. */
export interface FetchLikeResponse extends EventSourceFetchResponse {}
/** What reads a body. */
export type ReaderLike = ReturnType<EventSourceByteStream['getReader']>;
/** The same as EventSourceListenerOptions. */
export interface AddEventListenerOptions extends EventSourceListenerOptions {}
/** What removeEventListener() looks at. */
export interface EventListenerOptions extends Pick<EventSourceListenerOptions, 'capture'> {}
/** A function that listens. */
export type EventListener = Extract<HostListener, Function>;
/** An object that listens. */
export type EventListenerObject = Exclude<HostListener, Function>;
/** What listens. */
export type EventListenerOrEventListenerObject = HostListener;

export declare const EventSource: EventSourceConstructor;
export declare const ErrorEvent: ErrorEventConstructor;
export default EventSource;

// Else everything above were exported.
export {};
