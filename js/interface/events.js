// The events that an EventSource fires. They are `instanceof` the host's Event and MessageEvent and read
// like them, but they are made here: creating and dispatching the host's costs many times as much, and
// would make isTrusted false (docs/decisions/0004-own-dispatch.md).
// https://dom.spec.whatwg.org/#interface-event, https://html.spec.whatwg.org/#messageevent

import { now } from '../core/clock.js';
import { domException } from '../core/dom_exception.js';
import { fromHost } from '../core/from_host.js';
import { define } from './define.js';
import { requireArguments } from './arguments.js';
import { inFlight, setHostPassive } from './host_event.js';
import { defineInspection } from './inspect.js';

const NONE = 0;
const AT_TARGET = 2;
const phases = Object.getOwnPropertyDescriptors(
  Object.freeze({ NONE, CAPTURING_PHASE: 1, AT_TARGET, BUBBLING_PHASE: 3 }),
);

// The flags of an event, in one number: events are many, and this keeps them small.
const DISPATCHED = 1;
const BUBBLES = 2;
const CANCELABLE = 4;
const CANCELED = 8;
const STOPPED = 16;
const STOPPED_IMMEDIATELY = 32;
const IN_PASSIVE_LISTENER = 64;

/** @type {readonly MessagePort[]} */
const noPorts = Object.freeze([]);

/** @typedef {import('../connection/reports.js').Failure} Failure */
/** @typedef {import('../connection/reports.js').Opening} Opening */

/**
 * What the events of one batch share.
 *
 * @typedef {object} Creation
 * @property {string} origin
 * @property {number} timeStamp - in milliseconds, of now()
 */

/** @returns {Error} an "InvalidStateError" DOMException: https://dom.spec.whatwg.org/#dom-eventtarget-dispatchevent */
export const alreadyDispatched = () =>
  domException('The event is already being dispatched.', 'InvalidStateError', 11);

/** @type {(event: StreamEvent, target: EventTarget) => void} */
export let beginDispatch;
/** @type {(event: StreamEvent) => void} */
export let endDispatch;
/** @type {(event: any) => boolean | undefined} of the host's, too */
export let immediatePropagationStopped;
/** @type {(event: any, passive: boolean) => void} of the host's, too */
export let setPassive;
/** @type {(event: unknown) => event is StreamEvent} whether it is one, whose dispatch may begin again */
export let beginRedispatch;

/** The one class behind all of them; its instances are MessageEvents. */
export class StreamEvent {
  #type;
  #data;
  #lastEventId;
  #creation;
  /** @type {EventTarget | null} */
  #target = null;
  #flags = 0;

  /**
   * @param {string} type
   * @param {any} data
   * @param {string} lastEventId
   * @param {Creation} creation
   */
  constructor(type, data, lastEventId, creation) {
    // An own property as in the standard ([LegacyUnforgeable]), though one that can be assigned. A field would be
    // defined by engines and assigned by some compilers; see where the prototype gets one of that name.
    this.isTrusted = true;
    this.#type = type;
    this.#data = data;
    this.#lastEventId = lastEventId;
    this.#creation = creation;
  }

  /** Called once, below: where a static block would stand if every compiler knew them. */
  static reachPrivates() {
    beginDispatch = (event, target) => {
      event.#target = target;
      event.#flags |= DISPATCHED;
    };
    endDispatch = (event) => {
      event.#flags &= ~(DISPATCHED | STOPPED | STOPPED_IMMEDIATELY);
    };
    immediatePropagationStopped = (event) =>
      #type in event ? (event.#flags & STOPPED_IMMEDIATELY) !== 0 : inFlight.get(event);
    setPassive = (event, passive) => {
      if (!(#type in event)) setHostPassive(event, passive);
      else if (passive) event.#flags |= IN_PASSIVE_LISTENER;
      else event.#flags &= ~IN_PASSIVE_LISTENER;
    };
    beginRedispatch = /** @type {typeof beginRedispatch} */ (
      (/** @type {any} */ event) => {
        if (Object(event) !== event || !(#type in event)) return false;
        if (event.#flags & DISPATCHED) throw alreadyDispatched();
        event.isTrusted = false;
        return true;
      }
    );
  }

  get type() {
    return this.#type;
  }
  get target() {
    return this.#target;
  }
  get srcElement() {
    return this.#target;
  }
  get currentTarget() {
    return this.#flags & DISPATCHED ? this.#target : null;
  }
  get eventPhase() {
    return this.#flags & DISPATCHED ? AT_TARGET : NONE;
  }
  get bubbles() {
    return (this.#flags & BUBBLES) !== 0;
  }
  get cancelable() {
    return (this.#flags & CANCELABLE) !== 0;
  }
  get composed() {
    return false;
  }
  get defaultPrevented() {
    return (this.#flags & CANCELED) !== 0;
  }
  get returnValue() {
    return (this.#flags & CANCELED) === 0;
  }
  set returnValue(value) {
    if (!value) this.preventDefault();
  }
  get cancelBubble() {
    return (this.#flags & STOPPED) !== 0;
  }
  set cancelBubble(value) {
    if (value) this.#flags |= STOPPED;
  }
  get timeStamp() {
    return this.#creation.timeStamp;
  }
  composedPath() {
    return this.#flags & DISPATCHED ? [this.#target] : [];
  }
  preventDefault() {
    if ((this.#flags & (CANCELABLE | IN_PASSIVE_LISTENER)) === CANCELABLE) this.#flags |= CANCELED;
  }
  stopPropagation() {
    this.#flags |= STOPPED;
  }
  stopImmediatePropagation() {
    this.#flags |= STOPPED | STOPPED_IMMEDIATELY;
  }
  /**
   * https://dom.spec.whatwg.org/#dom-event-initevent
   *
   * @param {string} type
   * @param {boolean} [bubbles]
   * @param {boolean} [cancelable]
   */
  initEvent(type, bubbles = false, cancelable = false) {
    if (this.#flags & DISPATCHED) return;
    this.#type = `${type}`;
    this.#flags = (bubbles ? BUBBLES : 0) | (cancelable ? CANCELABLE : 0);
    this.isTrusted = false;
    this.#target = null;
  }

  get data() {
    return this.#data;
  }
  get origin() {
    return this.#creation.origin;
  }
  get lastEventId() {
    return this.#lastEventId;
  }
  get source() {
    return null;
  }
  get ports() {
    return noPorts;
  }
  /**
   * https://html.spec.whatwg.org/#dom-messageevent-initmessageevent
   *
   * @param {string} type
   * @param {boolean} [bubbles]
   * @param {boolean} [cancelable]
   * @param {any} [data]
   * @param {string} [origin]
   * @param {string} [lastEventId]
   */
  initMessageEvent(type, bubbles, cancelable, data = null, origin = '', lastEventId = '') {
    if (this.#flags & DISPATCHED) return;
    this.initEvent(type, bubbles, cancelable);
    this.#data = data;
    this.#creation = { ...this.#creation, origin: `${origin}` };
    this.#lastEventId = `${lastEventId}`;
  }
}

StreamEvent.reachPrivates();

// Where a host has an accessor of that name, and no setter, the constructor's assignment shall not find it.
define(StreamEvent.prototype, 'isTrusted', true, true);

// --- The prototypes: one for messages, one for `open`, one for `error` ------------------------------

/** @type {object} of `open` events */
let openPrototype;

/** @typedef {import('./types.d.ts').ErrorEventInit} ErrorEventInit */

/**
 * @param {object} event - of ours
 * @returns {any} what `open` and `error` events have in place of data
 */
const detailsOf = (event) => Reflect.get(StreamEvent.prototype, 'data', event);

/** What an `error` event is, and can be made with: docs/decisions/0041-error-event.md */
export class ErrorEvent {
  /**
   * @param {string} type
   * @param {ErrorEventInit} [init]
   */
  constructor(type, init = {}) {
    requireArguments('ErrorEvent', arguments, 1);
    const { code, status = code, ...others } = init;
    const event = create(`${type}`, { ...others, status }, new.target.prototype);
    event.isTrusted = false;
    // eslint-disable-next-line no-constructor-return -- what reads an event needs a StreamEvent's own fields.
    return /** @type {any} */ (event);
  }

  /**
   * The body of the response that was refused, as text: at most 64 KiB. Where no listener asks for it while the event is
   * dispatched, the body is cancelled.
   *
   * @returns {Promise<string>} empty where there is no such response
   */
  async text() {
    return detailsOf(this).text?.() ?? '';
  }
}
// As in browsers, the constructor of an `error` event is the host's Event.
Reflect.deleteProperty(ErrorEvent.prototype, 'constructor');

const ofMessages = ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent'];

/**
 * @param {string} name - of the interface
 * @param {object} prototype - ours, which becomes one of the host's where it has the interface
 * @param {object} parent - what it is one of elsewhere
 */
function joinHost(name, prototype, parent) {
  const theirs = fromHost(name, 'prototype');
  Object.setPrototypeOf(prototype, theirs ?? parent);
  if (theirs) define(prototype, 'constructor', theirs.constructor, true);
  Object.defineProperties(prototype, phases);
  // Some hosts' classes inherit another's.
  define(prototype, Symbol.toStringTag, name);
}

/**
 * Makes the prototypes, and the events `instanceof` the host's, before the first one is made and not while
 * loading: to touch MessageEvent makes Node load its whole fetch(), which takes longer than everything else
 * here, and longer than when a call of fetch() makes it do so.
 */
function makePrototypes() {
  const own = Object.getOwnPropertyDescriptors(StreamEvent.prototype);
  const plain = Object.defineProperties({}, /** @type {any} */ (own));
  for (const name of ofMessages) Reflect.deleteProperty(plain, name);
  defineInspection(plain, 'Event', ['type', 'timeStamp']);

  /**
   * @param {object} prototype - of events that have details in place of data
   * @param {string[]} attributes
   */
  const tell = (prototype, attributes) => {
    Object.setPrototypeOf(prototype, plain);
    for (const name of attributes) {
      // What npm eventsource calls the status is `code`.
      const field = name === 'code' ? 'status' : name;
      Object.defineProperty(prototype, name, {
        ...own.data,
        get() {
          return detailsOf(this)[field];
        },
      });
    }
    defineInspection(prototype, 'Event', ['type', 'resumed', 'message', 'status']);
  };

  defineInspection(StreamEvent.prototype, 'MessageEvent', [
    'type',
    'data',
    'lastEventId',
    'origin',
  ]);
  joinHost('Event', plain, Object.prototype);
  joinHost('MessageEvent', StreamEvent.prototype, plain);
  openPrototype = {};
  tell(openPrototype, ['resumed', 'status', 'headers']);
  tell(ErrorEvent.prototype, [
    'message',
    'status',
    'error',
    'code',
    'headers',
    'failures',
    'retryIn',
    'reason',
  ]);
}

/**
 * The first event of a source is one of these.
 *
 * @param {string} type
 * @param {object} details - of an Opening or a Failure
 * @param {object} [prototype] - of `open` events where there is none
 * @returns {StreamEvent} a plain Event
 */
function create(type, details, prototype) {
  if (openPrototype === undefined) makePrototypes();
  const event = new StreamEvent(type, details, '', { origin: '', timeStamp: now() });
  return Object.setPrototypeOf(event, prototype ?? openPrototype);
}

/**
 * @param {Opening} opening
 * @returns {StreamEvent} a plain Event named `open` that tells whether the stream was resumed
 */
export const createOpenEvent = (opening) => create('open', opening);

/**
 * @param {Failure} failure
 * @returns {StreamEvent} a plain Event named `error` that tells what happened
 */
export const createErrorEvent = (failure) => create('error', failure, ErrorEvent.prototype);
