/** The shape of the interface, as Web IDL derives it from the HTML Standard's section 9.2.2. */
import { inSection } from './section.js';

const CONSTANTS = { CONNECTING: 0, OPEN: 1, CLOSED: 2 };
const READ_ONLY = ['url', 'withCredentials', 'readyState'];
const HANDLERS = ['onopen', 'onmessage', 'onerror'];

/** @param {any} object */
function constantsOf(object) {
  return Object.keys(CONSTANTS).map((name) => Object.getOwnPropertyDescriptor(object, name));
}

const CONSTANT_DESCRIPTORS = Object.values(CONSTANTS).map((value) => ({
  value,
  writable: false,
  enumerable: true,
  configurable: false,
}));

export const interfaceBehaviours = inSection('Interface', [
  {
    id: 'interface.constants-on-interface',
    title: 'CONNECTING, OPEN and CLOSED are constants of the interface object',
    run(t) {
      t.same(constantsOf(t.EventSource), CONSTANT_DESCRIPTORS, 'descriptors');
    },
  },
  {
    id: 'interface.constants-on-prototype',
    title: 'CONNECTING, OPEN and CLOSED are constants of the prototype',
    run(t) {
      t.same(constantsOf(t.EventSource.prototype), CONSTANT_DESCRIPTORS, 'descriptors');
    },
  },
  {
    id: 'interface.constants-on-instance',
    title: 'an instance inherits the constants',
    run(t) {
      const source = t.open({});
      t.same([source.CONNECTING, source.OPEN, source.CLOSED], [0, 1, 2], 'values');
      t.ok(!Object.hasOwn(source, 'OPEN'), 'not its own properties');
    },
  },
  {
    id: 'interface.length-and-name',
    title: 'the constructor has length 1 and the name EventSource',
    run(t) {
      t.equal(t.EventSource.length, 1, 'length');
      t.equal(t.EventSource.name, 'EventSource', 'name');
    },
  },
  {
    id: 'interface.no-call-without-new',
    title: 'a call without new throws a TypeError',
    run(t) {
      t.throws(() => t.EventSource(t.stream({})), 'TypeError', 'EventSource(url)');
    },
  },
  {
    id: 'interface.url-is-required',
    title: 'a construction without arguments throws a TypeError',
    run(t) {
      t.throws(() => new t.EventSource(), 'TypeError', 'new EventSource()');
    },
  },
  {
    id: 'interface.to-string-tag',
    title: 'Symbol.toStringTag is "EventSource", neither writable nor enumerable',
    run(t) {
      const tag = Object.getOwnPropertyDescriptor(t.EventSource.prototype, Symbol.toStringTag);
      t.same(
        tag,
        { value: 'EventSource', writable: false, enumerable: false, configurable: true },
        'descriptor',
      );
      t.equal(Object.prototype.toString.call(t.open({})), '[object EventSource]', 'an instance');
    },
  },
  {
    id: 'interface.extends-event-target',
    title: 'the interface inherits from EventTarget, statically and by prototype',
    needs: ['event-target'],
    run(t) {
      t.equal(Object.getPrototypeOf(t.EventSource), EventTarget, 'prototype of the interface');
      t.equal(
        Object.getPrototypeOf(t.EventSource.prototype),
        EventTarget.prototype,
        'prototype of the prototype',
      );
      t.ok(t.open({}) instanceof EventTarget, 'an instance is an EventTarget');
    },
  },
  {
    id: 'interface.prototype-property',
    title: 'the prototype property is fixed and constructor is not enumerable',
    run(t) {
      const prototype = Object.getOwnPropertyDescriptor(t.EventSource, 'prototype');
      t.same(
        [prototype?.writable, prototype?.enumerable, prototype?.configurable],
        [false, false, false],
        'EventSource.prototype',
      );
      const constructor = Object.getOwnPropertyDescriptor(t.EventSource.prototype, 'constructor');
      t.equal(constructor?.value, t.EventSource, 'constructor');
      t.equal(constructor?.enumerable, false, 'constructor is enumerable');
    },
  },
  {
    id: 'interface.read-only-accessors',
    title: 'url, withCredentials and readyState are enumerable accessors without a setter',
    run(t) {
      for (const name of READ_ONLY) {
        const found = Object.getOwnPropertyDescriptor(t.EventSource.prototype, name);
        t.ok(found && typeof found.get === 'function', `${name} has a getter`);
        t.same(
          [found?.set, found?.enumerable, found?.configurable],
          [undefined, true, true],
          `${name}: set, enumerable, configurable`,
        );
        t.equal(found?.get?.length, 0, `length of the getter of ${name}`);
      }
    },
  },
  {
    id: 'interface.handler-accessors',
    title: 'onopen, onmessage and onerror are enumerable accessors with a setter',
    run(t) {
      for (const name of HANDLERS) {
        const found = Object.getOwnPropertyDescriptor(t.EventSource.prototype, name);
        t.ok(found && typeof found.get === 'function', `${name} has a getter`);
        t.ok(found && typeof found.set === 'function', `${name} has a setter`);
        t.same([found?.enumerable, found?.configurable], [true, true], `${name}: flags`);
      }
    },
  },
  {
    id: 'interface.accessor-names',
    title: 'getters and setters are named for their attributes',
    needs: ['accessor-names'],
    run(t) {
      for (const name of [...READ_ONLY, ...HANDLERS]) {
        const found = Object.getOwnPropertyDescriptor(t.EventSource.prototype, name);
        t.equal(found?.get?.name, `get ${name}`, `name of the getter of ${name}`);
        if (!HANDLERS.includes(name)) continue;
        t.equal(found?.set?.name, `set ${name}`, `name of the setter of ${name}`);
      }
    },
  },
  {
    id: 'interface.close-method',
    title: 'close is an enumerable method of length 0 on the prototype',
    run(t) {
      const found = Object.getOwnPropertyDescriptor(t.EventSource.prototype, 'close');
      t.same(
        [found?.writable, found?.enumerable, found?.configurable],
        [true, true, true],
        'writable, enumerable, configurable',
      );
      t.equal(found?.value.length, 0, 'length');
      t.equal(found?.value.name, 'close', 'name');
      t.throws(
        () => new /** @type {any} */ (found).value(),
        'TypeError',
        'close is no constructor',
      );
    },
  },
  {
    id: 'interface.brand-of-getters',
    title: 'a getter on anything but an EventSource throws a TypeError',
    run(t) {
      for (const name of [...READ_ONLY, ...HANDLERS]) {
        t.throws(() => t.EventSource.prototype[name], 'TypeError', `prototype.${name}`);
        const { get } = /** @type {PropertyDescriptor} */ (
          Object.getOwnPropertyDescriptor(t.EventSource.prototype, name)
        );
        t.throws(() => get?.call({}), 'TypeError', `${name} of {}`);
      }
    },
  },
  {
    id: 'interface.brand-of-setters-and-methods',
    title: 'a setter or close() on anything but an EventSource throws a TypeError',
    run(t) {
      for (const name of HANDLERS) {
        const { set } = /** @type {PropertyDescriptor} */ (
          Object.getOwnPropertyDescriptor(t.EventSource.prototype, name)
        );
        t.throws(() => set?.call({}, null), 'TypeError', `${name} of {}`);
      }
      t.throws(() => t.EventSource.prototype.close(), 'TypeError', 'prototype.close()');
      t.throws(() => t.EventSource.prototype.close.call({}), 'TypeError', 'close() of {}');
    },
  },
  {
    id: 'interface.brand-is-not-the-prototype-chain',
    title: 'an object that only inherits from the prototype is no EventSource',
    run(t) {
      const impostor = Object.create(t.EventSource.prototype);
      t.throws(() => impostor.url, 'TypeError', 'url');
      t.throws(() => impostor.close(), 'TypeError', 'close()');
    },
  },
  {
    id: 'interface.read-only-values',
    title: 'assigning to url, withCredentials or readyState changes nothing',
    run(t) {
      const source = t.open({});
      const before = READ_ONLY.map((name) => source[name]);
      for (const name of READ_ONLY) {
        t.equal(Reflect.set(source, name, 'other'), false, `Reflect.set of ${name}`);
      }
      t.same(
        READ_ONLY.map((name) => source[name]),
        before,
        'values',
      );
    },
  },
  {
    id: 'interface.no-own-properties',
    title: 'an instance has no own enumerable properties, and for-in lists the attributes',
    run(t) {
      const source = t.open({});
      t.same(Object.keys(source), [], 'own keys');
      const names = [];
      for (const name in source) names.push(name);
      for (const name of [...READ_ONLY, ...HANDLERS, ...Object.keys(CONSTANTS), 'close']) {
        t.ok(names.includes(name), `for-in lists ${name}`);
      }
    },
  },
  {
    id: 'interface.initial-state',
    title: 'a new source is CONNECTING, without credentials and without handlers',
    run(t) {
      const url = t.stream({});
      const source = t.open(url);
      t.equal(source.readyState, 0, 'readyState');
      t.equal(source.withCredentials, false, 'withCredentials');
      t.equal(source.url, url, 'url');
      t.same([source.onopen, source.onmessage, source.onerror], [null, null, null], 'handlers');
    },
  },
  {
    id: 'interface.with-credentials',
    title: 'withCredentials is converted to a boolean',
    run(t) {
      /** @type {[any, boolean][]} */
      const cases = [
        [true, true],
        [1, true],
        ['no', true],
        [{}, true],
        [false, false],
        [0, false],
        ['', false],
        [null, false],
        [undefined, false],
      ];
      for (const [given, expected] of cases) {
        const source = t.open(t.stream({ cors: 'credentials' }), { withCredentials: given });
        t.equal(source.withCredentials, expected, `withCredentials: ${String(given)}`);
        source.close();
      }
    },
  },
  {
    id: 'interface.init-dictionary-empty',
    title: 'undefined, null, {} and a function are empty init dictionaries',
    run(t) {
      for (const init of [undefined, null, {}, () => {}]) {
        const source = t.keep(new t.EventSource(t.stream({}), init));
        t.equal(source.withCredentials, false, `with ${String(init)}`);
        source.close();
      }
    },
  },
  {
    id: 'interface.init-dictionary-wrong',
    title: 'a primitive as init dictionary throws a TypeError',
    run(t) {
      for (const init of [true, 5, 'withCredentials', Symbol('init'), NaN, '', false]) {
        t.throws(() => t.open(t.stream({}), init), 'TypeError', `with ${String(init)}`);
      }
    },
  },
  {
    id: 'interface.init-before-url',
    title: 'arguments are converted before the URL is parsed: a wrong init dictionary comes first',
    run(t) {
      t.throws(() => new t.EventSource('http://[', 5), 'TypeError', 'both are wrong');
      t.throws(() => new t.EventSource('http://['), 'SyntaxError', 'the URL is');
    },
  },
  {
    id: 'interface.init-read-once',
    title:
      'withCredentials is read once from the init dictionary, and its exception passes through',
    run(t) {
      let reads = 0;
      const init = {
        get withCredentials() {
          reads += 1;
          return true;
        },
      };
      t.equal(t.open(t.stream({ cors: 'credentials' }), init).withCredentials, true, 'value');
      t.equal(reads, 1, 'reads');
      const own = new RangeError('mine');
      const throwing = {
        get withCredentials() {
          throw own;
        },
      };
      t.throws(
        () => t.open(t.stream({}), throwing),
        (error) => error === own,
        'the same error',
      );
    },
  },
  {
    id: 'interface.subclass',
    title: 'a subclass works as a class does',
    async run(t) {
      class Own extends t.EventSource {
        get twice() {
          return `${this.url}${this.url}`;
        }
      }
      const url = t.stream({ chunks: ['data: a\n\n'] });
      /** @type {any} */
      const source = t.keep(Reflect.construct(Own, [url]));
      t.ok(source instanceof t.EventSource && source instanceof Own, 'instanceof');
      t.equal(source.twice.length, source.url.length * 2, 'its own getter');
      t.equal((await t.next(source, 'message')).data, 'a', 'data');
    },
  },
  {
    id: 'interface.expandos',
    title: 'a page may put its own properties on a source',
    run(t) {
      const source = t.open({});
      source.mine = 1;
      t.equal(source.mine, 1, 'mine');
      t.same(Object.keys(source), ['mine'], 'own keys');
    },
  },
]);
