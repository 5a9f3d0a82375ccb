// What pages and workers have and Node has not, for examples that need a browser: a stand-in, loaded before them. It is no browser;
// those run the suite of behaviours (tests/runtimes/).
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';

const { SNIPPET_ORIGIN: origin, SNIPPET_FOLDER: folder } = process.env;

globalThis.self = globalThis;
globalThis.location = new URL(`${origin}/page.html`);
const { fetch: absolute } = globalThis;
globalThis.fetch = (url, init) => absolute(new URL(url, location.href), init);

globalThis.importScripts = (path) =>
  runInThisContext(readFileSync(`${folder}${path}`, 'utf8'), { filename: path });

/** Every event comes once, soon after a listener is there: as in a service worker that is started for it. */
globalThis.addEventListener = (type, listener) =>
  setImmediate(() => listener({ type, waitUntil: (promise) => Promise.resolve(promise) }));

globalThis.XMLHttpRequest = class {
  status = 0;
  readyState = 0;
  responseText = '';
  responseURL = '';
  #controller = new AbortController();
  #headers = new Headers();

  open(method, url) {
    this.opened = { method, url };
  }
  setRequestHeader(name, value) {
    this.#headers.append(name, value);
  }
  overrideMimeType() {}
  getResponseHeader(name) {
    return this.answered?.get(name) ?? null;
  }
  abort() {
    this.#controller.abort();
  }
  async send(body) {
    const { url, method } = this.opened;
    const { signal } = this.#controller;
    try {
      const response = await fetch(url, { method, headers: this.#headers, body, signal });
      this.status = response.status;
      this.responseURL = response.url;
      this.answered = response.headers;
      this.#become(2);
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        this.responseText += text;
        this.#become(3);
        this.onprogress?.();
      }
      this.#become(4);
      this.onload?.();
    } catch {
      this.#become(4);
      if (!signal.aborted) this.onerror?.();
    }
  }
  #become(readyState) {
    this.readyState = readyState;
    this.onreadystatechange?.();
  }
};
