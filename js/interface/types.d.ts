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

/** The headers of a response: what is used of Headers. Names in any case; null or undefined where there is none. */
export interface EventSourceResponseHeaders {
  get(name: string): string | null | undefined;
}

/**
 * Why a connection was lost:
 * - `network`: there was no response, or the stream broke off;
 * - `ended`: the server ended the stream;
 * - `status`: the response's status was not 200;
 * - `type`: its `Content-Type` was not `text/event-stream`;
 * - `timeout`: `connectTimeout` has passed;
 * - `idle`: `idleTimeout` has passed;
 * - `too-large`: an event was larger than `maxEventSize`;
 * - `refused`: trying again is of no use (CORS forbids the request, a redirect came under `redirect: 'error'`, the body
 *   cannot be read, the URL's scheme cannot be fetched);
 * - `aborted`: the request was aborted by somebody else than the source: by a `fetch` of your own, say.
 */
export type EventSourceFailureReason =
  | 'network'
  | 'ended'
  | 'status'
  | 'type'
  | 'timeout'
  | 'idle'
  | 'too-large'
  | 'refused'
  | 'aborted';

/** An `open` event. What it says beyond the standard is missing in those that the host or a user makes. */
export interface EventSourceOpenEvent extends HostEvent {
  /** The response's status: 200. */
  readonly status?: number | undefined;
  /** The response's headers. Undefined where the stream was given. */
  readonly headers?: EventSourceResponseHeaders | undefined;
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
  /** The response's headers, where there was a response. */
  readonly headers?: EventSourceResponseHeaders | undefined;
  /** The losses in a row: 1 for the first one, also where the stream had been open. */
  readonly failures?: number | undefined;
  /** The wait before the next attempt in milliseconds; null where it has given up. */
  readonly retryIn?: number | null | undefined;
  /** What happened, as one of a closed list. */
  readonly reason?: EventSourceFailureReason | undefined;
  /**
   * The body of a refused response, its first 64 KiB as UTF-8; an empty string where there is none. To be called while
   * the event is dispatched: afterwards the body is cancelled.
   */
  text?(): Promise<string>;
}

/** What an `error` event of your own says; `code` is another name of `status`. */
export interface ErrorEventInit {
  message?: string | undefined;
  status?: number | undefined;
  code?: number | undefined;
  error?: unknown;
  headers?: EventSourceResponseHeaders | undefined;
  failures?: number | undefined;
  retryIn?: number | null | undefined;
  reason?: EventSourceFailureReason | undefined;
}

/** What `error` events are instances of, by the name that npm eventsource has for it. */
export interface ErrorEvent extends EventSourceErrorEvent {
  /**
   * The body of a refused response, its first 64 KiB as UTF-8; an empty string where there is none. To be called while
   * the event is dispatched: afterwards the body is cancelled.
   */
  text(): Promise<string>;
}

/** The class of `error` events: for `instanceof`, and to make some in tests. */
export interface ErrorEventConstructor {
  new (type: string, init?: ErrorEventInit): ErrorEvent;
  readonly prototype: ErrorEvent;
}

/** What a `fetch` of your own is given beside the URL: the least of RequestInit. */
export interface EventSourceFetchInit {
  /** Absent without the options `method` and `body`, which is a GET. */
  method?: string;
  /**
   * What the option `body` says: text, bytes, Blob, FormData, URLSearchParams or a ReadableStream. `any`, because the
   * fetch() functions that it is passed on to declare it each in their own way.
   */
  body?: any;
  /** `manual` where redirects are followed here: give such a response back as it is. Absent in hosts that refuse it. */
  redirect?: 'follow' | 'error' | 'manual';
  /** With a ReadableStream as `body`, for hosts that require it. */
  duplex?: 'half';
  /** Absent in hosts that refuse it. */
  cache?: 'no-store';
  /** `include` with `withCredentials: true`. Absent in hosts that refuse it. */
  credentials?: 'include' | 'same-origin';
  /** Absent in hosts that refuse it. */
  mode?: 'cors';
  /** `Accept`, `Last-Event-ID` once there is one, `Authorization` when the URL has a user name (of
   * another origin only where there is no CORS), and those of the option `headers`. */
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
  readonly headers: EventSourceResponseHeaders;
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

/** The headers of a request: a record, pairs, or Headers. */
export type EventSourceHeaders =
  | Record<string, string>
  | readonly (readonly [string, string])[]
  | Iterable<readonly [string, string]>
  | Host<'Headers', never>;

/** What can be sent again with every attempt. */
export type EventSourceBody =
  string | Bytes | Host<'Blob', never> | Host<'FormData', never> | Host<'URLSearchParams', never>;

/** What `headers` and `body` know of the attempt that they are asked for. */
export interface EventSourceAttempt {
  /** The losses in a row before this attempt: 0 for the first one. */
  readonly failures: number;
  /** The last event ID string; empty where there is none. */
  readonly lastEventId: string;
  /** Aborted when the attempt is: hand it on to what you wait for. Undefined in hosts without AbortController. */
  readonly signal: HostAbortSignal;
}

/** Called before each attempt; what it gives may be nothing. */
type OfAttempt<Value> = (
  attempt: EventSourceAttempt,
) => Value | null | undefined | PromiseLike<Value | null | undefined>;

/** What `shouldRetry` is told. */
export interface EventSourceFailure {
  /** What happened, in words. */
  readonly message: string;
  /** What happened, as one of a closed list. */
  readonly reason: EventSourceFailureReason;
  /** The response's status, where there was a response. */
  readonly status: number | undefined;
  /** The response's headers, where there was a response. */
  readonly headers: EventSourceResponseHeaders | undefined;
  /** The exception behind it, where there was one. */
  readonly error: unknown;
  /** The losses in a row, this one included: 1 for the first one. */
  readonly failures: number;
  /** The wait that `retry` says, in milliseconds; null where it would give up. */
  readonly retryIn: number | null;
}

/**
 * `true`: try again, after the wait that the policy has; `false`: give up; a number: try again after so many milliseconds;
 * undefined: what `retry` says.
 */
export type EventSourceRetryVerdict = boolean | number | undefined | void;

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#eventsourceinit */
export interface EventSourceInit extends EventSourceStreamInit {
  /**
   * Sends credentials to other origins as well (mode `include` instead of `same-origin`). Converted to a
   * boolean. Default: false.
   */
  withCredentials?: boolean | undefined;
  /**
   * Called in place of the host's fetch(), with the same arguments, for the first request and for every
   * reconnection. This is the place for a proxy, or for a server that a test plays.
   * Default: globalThis.fetch. Anything but a function is a TypeError.
   */
  fetch?: FetchLike | undefined;
  /**
   * Headers of every request, or a function that gives them, called anew for each attempt: for tokens that expire. `Accept`
   * and `Last-Event-ID` of ours stand unless they are among them. They do not go to another origin by a redirect, except
   * in browsers. A function that throws or rejects counts as a network error.
   * Default: none. An ill-formed name or value is a TypeError, and so is anything else.
   */
  headers?: EventSourceHeaders | OfAttempt<EventSourceHeaders> | undefined;
  /**
   * The method, sent with every attempt: for servers that answer a POST with a stream.
   * Default: `GET`, or `POST` where there is a `body`. A string that is no method, `CONNECT`, `TRACE` and `TRACK` are a
   * RangeError, and so are `GET` and `HEAD` with a `body`; anything else is a TypeError.
   */
  method?: string | undefined;
  /**
   * The request's body, or a function that gives it, called anew for each attempt: for questions too long for a URL. A
   * ReadableStream can be sent once only, so that only a function may give one. A function that throws or rejects counts as
   * a network error.
   * Default: none. Anything else is a TypeError.
   */
  body?: EventSourceBody | OfAttempt<EventSourceBody | EventSourceByteStream> | null | undefined;
  /**
   * The last event ID that the first request carries already: to resume after a restart.
   * Default: an empty string. A string with U+0000, LF or CR is a RangeError, and anything else a TypeError.
   */
  lastEventId?: string | undefined;
  /**
   * The name of a query parameter that carries the last event ID in place of the header `Last-Event-ID`: browsers ask
   * servers of other origins for permission to send that header, and not every server gives it.
   * Default: none. An empty string and a lone surrogate are a RangeError, and anything else a TypeError.
   */
  lastEventIdParam?: string | undefined;
  /**
   * What a redirect does: `follow` or fail the connection (`error`), for URLs that must not lead elsewhere.
   * Default: `follow`. Another string is a RangeError, and anything else a TypeError.
   */
  redirect?: 'follow' | 'error' | undefined;
  /**
   * Its abort is `close()`; with one that is aborted already the source is CLOSED and sends nothing. So one signal ends
   * many sources.
   * Default: none. Anything but an AbortSignal is a TypeError.
   */
  signal?: HostAbortSignal | null | undefined;
  /**
   * The reconnection time in milliseconds until the stream says `retry:`. An integer from 0 to 2147483647; another number
   * is a RangeError, and anything else a TypeError.
   * Default: 3000.
   */
  reconnectionTime?: number | undefined;
  /**
   * The longest wait between two attempts, in milliseconds; it limits backing off, `retry:` and `Retry-After` alike, so that
   * no server makes a client wait for hours. An integer from 1 to 2147483647; another number is a RangeError, and anything
   * else a TypeError.
   * Default: none. Backing off ends at 60000, `Retry-After` is honoured up to 3600000, and `retry:` as the standard has it.
   */
  maxReconnectionTime?: number | undefined;
  /**
   * `standard`: only network errors and streams that have ended are tried again. `transient`: the statuses 408, 425, 429, 500, 502,
   * 503 and 504 as well, not before `Retry-After` allows it: for servers that are restarted behind a proxy.
   * Default: `standard`. Another string is a RangeError, and anything else a TypeError.
   */
  retry?: 'standard' | 'transient' | undefined;
  /**
   * Called for each failure, before its `error` event, and decides in place of `retry`. It may be asynchronous. When it throws or
   * rejects, or gives anything else, that is reported as uncaught, and `retry` decides.
   * Default: none. Anything but a function is a TypeError.
   */
  shouldRetry?:
    | ((
        failure: EventSourceFailure,
      ) => EventSourceRetryVerdict | PromiseLike<EventSourceRetryVerdict>)
    | undefined;
  /**
   * The reconnections in a row that may fail, after which the source is CLOSED: for programs that shall end when the server is gone.
   * 0 never reconnects. An integer from 0, or Infinity; another number is a RangeError, and anything else a TypeError.
   * Default: no limit.
   */
  maxRetries?: number | undefined;
  /**
   * The milliseconds until the response's headers must be there; then the attempt has failed as by a network error: some
   * servers accept a connection and never answer. An integer from 1 to 2147483647; another number is a RangeError, and
   * anything else a TypeError.
   * Default: off.
   */
  connectTimeout?: number | undefined;
  /**
   * The milliseconds without a byte, comments included, after which the source reconnects as after a network error: nothing
   * else notices a peer that is gone without a word. An integer from 1 to 2147483647; another number is a RangeError, and
   * anything else a TypeError.
   * Default: off.
   */
  idleTimeout?: number | undefined;
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
  // Two types, because the platform's own must be assignable to it: that one's events have no text().
  get onerror(): Handler<any> | null;
  set onerror(handler: Handler<EventOf<Events, 'error'>> | null);
  /** Aborts the connection. No event is dispatched after this. */
  close(): void;
  /** Discards what the stream has begun and what is not dispatched yet. The last event ID stays. */
  reset?(): void;
  /** Drops the request, or the wait, and makes the next attempt at once. */
  reconnect?(): void;
  /** A reconnection that is waited for keeps the process alive. */
  ref?(): EventSource<Events>;
  /** A reconnection that is waited for lets the process end. */
  unref?(): EventSource<Events>;

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
  /**
   * Drops the request, or the wait, and makes the next attempt at once, with the last event ID and without an `error`
   * event: a token was renewed, or the network has changed. Attempts stay 500 ms apart. Does nothing when CLOSED, or
   * with a stream that was given.
   */
  reconnect(): void;
  /** Has a reconnection that is waited for keep the process alive, as it does by default: `unref: false`, from now on. */
  ref(): this;
  /** Lets the process end while a reconnection is waited for: `unref: true`, from now on. */
  unref(): this;
}

/** The interface object. */
export interface EventSourceConstructor {
  /**
   * https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource
   *
   * @param url - relative ones are resolved against the document or the worker
   * @param init
   * @throws {DOMException} a "SyntaxError" when the URL cannot be parsed
   * @throws {TypeError} when `init` is no object, or when the host has no fetch() and none is given
   * @throws {TypeError | RangeError} when an option is not allowed: the message names it, its value and what is
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
