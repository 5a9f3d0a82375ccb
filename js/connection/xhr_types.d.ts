// The public declarations of the entry xhr.js. The build copies this file to dist/, so it imports nothing.

/** An AbortSignal: what is used of it. */
export interface XhrFetchSignal {
  readonly aborted: boolean;
  readonly reason?: any;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What xhrFetch() takes of RequestInit. Other members change nothing. */
export interface XhrFetchInit {
  /** Default: GET. */
  method?: string | undefined;
  /** A record, pairs, or Headers. */
  headers?: Record<string, string> | Iterable<[string, string]> | undefined;
  /**
   * What the host's XMLHttpRequest can send: text, bytes, a Blob and FormData everywhere; URLSearchParams also where it
   * cannot. Default: none.
   */
  body?: any;
  /** `include` is withCredentials, anything else is not. Default: same-origin. */
  credentials?: string | undefined;
  /**
   * XMLHttpRequest has no cache mode: for `no-store` the request has the header `Cache-Control: no-cache`, but not to
   * other origins where there is CORS, which would ask for permission first.
   */
  cache?: string | undefined;
  /** Anything but `cors` is left to the host's fetch(). */
  mode?: string | undefined;
  /** Anything but `follow` is left to the host's fetch() where there is CORS. Elsewhere the host follows all the same. */
  redirect?: string | undefined;
  /** When it is aborted, so is the request, and whoever waits gets its reason or an AbortError. */
  signal?: XhrFetchSignal | null | undefined;
}

/** The response of xhrFetch(): what an EventSource reads of a Response. */
export interface XhrFetchResponse {
  readonly status: number;
  /** After redirects; empty where the host does not tell. */
  readonly url: string;
  /** Whether that is another one than was asked for. */
  readonly redirected: boolean;
  readonly headers: { get(name: string): string | null };
  /** The text as it arrives, in UTF-8. To be read by one reader. */
  readonly body: {
    getReader(): {
      /** Rejected with a TypeError when the connection breaks. */
      read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
      /** Aborts the request. */
      cancel(): void;
    };
  };
}

export interface XhrFetchOptions {
  /**
   * Browsers keep all text of a response until its end. After so many UTF-16 units the body ends with the next block of
   * the event stream, so that an EventSource reconnects with its last event ID and the text is let go. React Native lets
   * go of it at once, and there this does nothing. `Infinity` keeps everything. Default: 16,777,216.
   */
  maxCharacters?: number | undefined;
}

export interface XhrFetch {
  /**
   * Resolved when the headers of the response are there.
   *
   * @throws {TypeError} rejected when there is no response
   */
  (url: string, init?: XhrFetchInit): Promise<XhrFetchResponse>;
}

/** An xhrFetch() with options of its own. */
export declare function createXhrFetch(options?: XhrFetchOptions): XhrFetch;

/**
 * A fetch() over XMLHttpRequest, for hosts whose own gives no body as a stream.
 *
 * @example new EventSource(url, { fetch: xhrFetch })
 */
export declare const xhrFetch: XhrFetch;
