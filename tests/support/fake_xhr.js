// An XMLHttpRequest that a test plays the network for.

export class FakeXhr {
  /** @type {any} The newest. */
  static last;

  status = 0;
  readyState = 0;
  responseText = '';
  responseURL = '';
  withCredentials = true;
  /** @type {[string, string][]} */
  headers = [];
  aborted = 0;
  /** @type {any} */
  sent;
  /** @type {any} */
  signalled;

  constructor() {
    FakeXhr.last = this;
  }

  /** @param {string[]} args */
  open(...args) {
    this.opened = args;
  }

  /** @param {string} name @param {string} value */
  setRequestHeader(name, value) {
    this.headers.push([name, value]);
  }

  /** @param {any} body */
  send(body) {
    this.sent = body;
  }

  abort() {
    this.aborted++;
  }

  /** @param {string} name */
  getResponseHeader(name) {
    return name.toLowerCase() === 'content-type' ? 'text/event-stream' : null;
  }

  /** @param {string} name @param {number} [readyState] */
  fire(name, readyState = this.readyState) {
    this.readyState = readyState;
    /** @type {any} */ (this)[`on${name}`]?.();
  }

  /** The headers come. */
  respond(status = 200) {
    this.status = status;
    this.fire('readystatechange', 2);
    this.responseURL = 'http://127.0.0.1:9/there';
  }

  /** @param {string} text comes. */
  receive(text) {
    this.responseText += text;
    this.fire('readystatechange', 3);
    this.fire('progress');
  }

  load() {
    this.fire('readystatechange', 4);
    this.fire('load');
  }
}

/** As browsers have it. */
export class BrowserXhr extends FakeXhr {
  /** @param {string} type */
  overrideMimeType(type) {
    this.type = type;
  }
}

/** As React Native has it, where the text lies in a field. */
export class ReactNativeXhr extends FakeXhr {
  _response = '';

  constructor() {
    super();
    Object.defineProperty(this, 'responseText', {
      get: () => this._response,
      set: (text) => {
        this._response = text;
      },
    });
  }
}
