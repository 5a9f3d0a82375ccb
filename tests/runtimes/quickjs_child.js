/**
 * Runs the suite in QuickJS inside this Node process and sends the results to the parent. QuickJS gets
 * timers, a console and functions for HTTP from here, and nothing else.
 *
 *     node tests/runtimes/quickjs_child.js (the parent sends the rest as a message)
 */
import { pathToFileURL } from 'node:url';
import { httpFetch } from './http_fetch.js';

/** What the engine is chosen for not to have. */
const ABSENT = [
  'WebAssembly',
  'fetch',
  'TextDecoder',
  'EventTarget',
  'Event',
  'MessageEvent',
  'AbortController',
  'DOMException',
  'URL',
  'atob',
];

/** What the suite reads of a response. */
const HEADERS = ['content-type', 'content-language', 'date', 'location', 'retry-after'];

/** An engine with its event loop. */
class Engine {
  #context;
  #timers = new Map();
  #nextTimer = 1;
  /** @type {Map<number, {controller: AbortController, reader?: ReadableStreamDefaultReader}>} */
  #requests = new Map();
  /** @type {any} */
  #suite;

  /** @param {any} context */
  constructor(context) {
    this.#context = context;
  }

  /**
   * Calls a function of the engine, and lets it come to rest.
   *
   * @param {any} callee
   * @param {any[]} [args] Handles, which this disposes of.
   */
  #call(callee, args = []) {
    const context = this.#context;
    const result = context.callFunction(callee, context.undefined, ...args);
    for (const arg of args) arg.dispose();
    if (result.error) this.#uncaught(result.error);
    else result.value.dispose();
    this.#settle();
  }

  #settle() {
    const { runtime } = this.#context;
    while (runtime.hasPendingJob()) {
      const { error } = runtime.executePendingJobs();
      if (error) this.#uncaught(error);
    }
  }

  /** @param {any} error A handle, which this disposes of. */
  #uncaught(error) {
    const context = this.#context;
    const callee = context.getProp(this.#suite, 'uncaught');
    const result = context.callFunction(callee, context.undefined, error);
    callee.dispose();
    const claimed = !result.error && context.dump(result.value) === true;
    (result.error ?? result.value).dispose();
    if (!claimed) console.error('uncaught in QuickJS:', context.dump(error));
    error.dispose();
  }

  /**
   * @param {string} name Of what the suite exports.
   * @param {any[]} args
   */
  #tell(name, args) {
    const callee = this.#context.getProp(this.#suite, name);
    this.#call(callee, args);
    callee.dispose();
  }

  /** @param {number} call @param {any} value A handle. */
  #answer(call, value) {
    this.#tell('answer', [this.#context.newNumber(call), value]);
  }

  /** @param {number} call @param {unknown} error */
  #refuse(call, error) {
    const { cause, message } = /** @type {Error} */ (error);
    const text = String(/** @type {Error | undefined} */ (cause)?.message ?? message);
    this.#tell('refuse', [this.#context.newNumber(call), this.#context.newString(text)]);
  }

  /**
   * @param {number} id
   * @param {string} url
   * @param {string} init JSON; its body is a byte string.
   */
  async #request(id, url, init) {
    const controller = new AbortController();
    this.#requests.set(id, { controller });
    try {
      const { headers, bytes, ...how } = JSON.parse(init);
      const { 'x-whole': whole, ...sent } = headers;
      const body = bytes === undefined ? null : Buffer.from(bytes, 'latin1');
      const { signal } = controller;
      const response = await httpFetch(url, { ...how, headers: sent, body, signal });
      const head = {
        status: response.status,
        url: response.url,
        fields: Object.fromEntries(
          HEADERS.map((name) => [name, response.headers.get(name) ?? undefined]),
        ),
        text: whole ? JSON.stringify(await response.json()) : response.body ? undefined : '',
      };
      if (!whole) this.#requests.set(id, { controller, reader: response.body?.getReader() });
      this.#answer(id, this.#context.newString(JSON.stringify(head)));
    } catch (error) {
      this.#refuse(id, error);
    }
  }

  /**
   * @param {number} id
   * @param {number} call
   */
  async #read(id, call) {
    try {
      const result = await this.#requests.get(id)?.reader?.read();
      if (!result || result.done) {
        this.#answer(call, this.#context.undefined.dup());
        return;
      }
      const { buffer, byteOffset, byteLength } = result.value;
      const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
      this.#answer(call, this.#context.newArrayBuffer(bytes));
    } catch (error) {
      this.#refuse(call, error);
    }
  }

  /** @param {number} id */
  #cancel(id) {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    request?.reader?.cancel().catch(() => {});
    request?.controller.abort();
  }

  /**
   * @param {any} target
   * @param {string} name
   * @param {(...args: any[]) => any} action
   */
  #define(target, name, action) {
    this.#context.newFunction(name, action).consume((/** @type {any} */ handle) => {
      this.#context.setProp(target, name, handle);
    });
  }

  /** @param {(results: unknown) => void} done */
  #defineHost(done) {
    const context = this.#context;
    const { global } = context;
    this.#define(global, 'setTimeout', (callback, milliseconds) => {
      const kept = callback.dup();
      const id = this.#nextTimer;
      this.#nextTimer += 1;
      const timer = setTimeout(
        () => {
          this.#timers.delete(id);
          this.#call(kept);
          kept.dispose();
        },
        milliseconds ? context.getNumber(milliseconds) : 0,
      );
      this.#timers.set(id, { timer, kept });
      return context.newNumber(id);
    });
    this.#define(global, 'clearTimeout', (handle) => {
      const id = handle ? context.dump(handle) : undefined;
      const entry = this.#timers.get(id);
      if (!entry) return;
      this.#timers.delete(id);
      clearTimeout(entry.timer);
      entry.kept.dispose();
    });
    const consoleOfEngine = context.newObject();
    for (const name of ['log', 'warn', 'error']) {
      this.#define(consoleOfEngine, name, (...args) => console.error(...args.map(context.dump)));
    }
    context.setProp(global, 'console', consoleOfEngine);
    const host = context.newObject();
    this.#define(host, 'request', (...args) => {
      const [id, url, init] = args.map((each) => context.dump(each));
      this.#request(id, url, init);
    });
    this.#define(host, 'read', (...args) => {
      const [id, call] = args.map((each) => context.dump(each));
      this.#read(id, call);
    });
    this.#define(host, 'cancel', (id) => this.#cancel(context.dump(id)));
    this.#define(host, 'done', (results) => done(JSON.parse(context.dump(results))));
    context.setProp(global, 'host', host);
  }

  /**
   * @param {string} code
   * @returns {any} A handle.
   */
  #evaluate(code) {
    return this.#context.unwrapResult(this.#context.evalCode(code, 'suite.js'));
  }

  /**
   * @param {string} script
   * @param {object} config
   * @returns {Promise<unknown>} The results.
   */
  run(script, config) {
    return new Promise((resolve) => {
      this.#defineHost(resolve);
      const present = ABSENT.filter(
        (name) => this.#context.dump(this.#evaluate(`typeof ${name}`)) !== 'undefined',
      );
      // Else the run would not show what it is for.
      if (present.length !== 0) throw new Error(`QuickJS has ${present.join(', ')}`);
      this.#evaluate(script).dispose();
      this.#suite = this.#evaluate('eventsourceSuite');
      this.#tell('run', [this.#context.newString(JSON.stringify(config))]);
    });
  }
}

process.once('message', async (/** @type {any} */ { quickjs, script, config }) => {
  const { getQuickJS } = await import(pathToFileURL(quickjs).href);
  const engine = new Engine((await getQuickJS()).newContext());
  const results = await engine.run(script, config);
  process.send?.(results, () => process.exit(0));
});
