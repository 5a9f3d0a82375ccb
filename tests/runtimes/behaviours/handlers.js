/** onopen, onmessage and onerror: event handler IDL attributes (HTML Standard, section 8.1.8.1). */
import { inSection } from './section.js';

const TWO = { chunks: ['data: 1\n\ndata: 2\n\nevent: end\ndata: .\n\n'] };

export const handlerBehaviours = inSection('Event handlers', [
  {
    id: 'handlers.all-three',
    title: 'onopen, onmessage and onerror are called with the source as this',
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\n'], end: 'end' });
      /** @type {string[]} */
      const log = [];
      for (const type of ['open', 'message', 'error']) {
        source[`on${type}`] = function (/** @type {any} */ event) {
          // @ts-ignore `this` is what is looked at.
          log.push(this === source && event.currentTarget === source ? event.type : 'wrong this');
        };
      }
      await t.next(source, 'error');
      t.same(log, ['open', 'message', 'error'], 'calls');
    },
  },
  {
    id: 'handlers.reading-back',
    title: 'a function is read back as it was set, and null again after null',
    run(t) {
      const source = t.open({});
      const handler = () => {};
      source.onmessage = handler;
      t.equal(source.onmessage, handler, 'function');
      t.equal(source.onerror, null, 'onerror is independent');
      source.onmessage = null;
      t.equal(source.onmessage, null, 'null');
    },
  },
  {
    id: 'handlers.primitives',
    title: 'a primitive becomes null, and takes an earlier handler away',
    async run(t) {
      const source = t.open(TWO);
      let calls = 0;
      for (const value of [undefined, 1, 'alert(1)', true, Symbol('s')]) {
        source.onmessage = () => (calls += 1);
        source.onmessage = value;
        t.equal(source.onmessage, null, `after ${String(value)}`);
      }
      await t.next(source, 'end');
      t.equal(calls, 0, 'calls');
    },
  },
  {
    id: 'handlers.non-callable-object',
    title:
      'an object that cannot be called is read back, and nothing is called: handleEvent neither',
    async run(t) {
      const source = t.open(TWO);
      let calls = 0;
      const object = { handleEvent: () => (calls += 1) };
      source.onmessage = object;
      t.equal(source.onmessage, object, 'read back');
      const seen = t.record(source, ['message']);
      await t.next(source, 'end');
      t.equal(calls, 0, 'calls');
      t.equal(seen.length, 2, 'the other listener is called');
    },
  },
  {
    id: 'handlers.place-in-order',
    title: 'a handler has one place in the listener order: where it was first set',
    async run(t) {
      const source = t.open(TWO);
      /** @type {string[]} */
      const log = [];
      source.addEventListener('message', () => log.push('a'));
      source.onmessage = () => log.push('old');
      source.addEventListener('message', () => log.push('b'));
      source.onmessage = () => log.push('new');
      await t.next(source, 'end');
      t.same(log, ['a', 'new', 'b', 'a', 'new', 'b'], 'order');
    },
  },
  {
    id: 'handlers.place-after-null',
    title: 'a handler set to null and set again goes to the end',
    async run(t) {
      const source = t.open(TWO);
      /** @type {string[]} */
      const log = [];
      source.onmessage = () => log.push('old');
      source.addEventListener('message', () => log.push('a'));
      source.onmessage = null;
      source.onmessage = () => log.push('new');
      await t.next(source, 'end');
      t.same(log.slice(0, 2), ['a', 'new'], 'order');
    },
  },
  {
    id: 'handlers.not-a-listener',
    title: 'the same function as handler and as listener is called twice, and removed apart',
    async run(t) {
      const source = t.open(TWO);
      let calls = 0;
      const both = () => (calls += 1);
      source.onmessage = both;
      source.addEventListener('message', both);
      await t.next(source, 'end');
      t.equal(calls, 4, 'calls for two events');
      source.removeEventListener('message', both);
      t.equal(source.onmessage, both, 'the handler stays');
    },
  },
  {
    id: 'handlers.replaced-while-dispatching',
    title: 'a handler replaced by an earlier listener is called as the new one, for the same event',
    async run(t) {
      const source = t.open(TWO);
      /** @type {string[]} */
      const log = [];
      source.addEventListener('message', (/** @type {any} */ event) => {
        source.onmessage = () => log.push(`new ${event.data}`);
      });
      source.onmessage = () => log.push('old');
      await t.next(source, 'end');
      t.same(log, ['new 1', 'new 2'], 'calls');
    },
  },
  {
    id: 'handlers.removed-while-dispatching',
    title: 'a handler set to null by an earlier listener is not called',
    async run(t) {
      const source = t.open(TWO);
      let calls = 0;
      source.addEventListener('message', () => (source.onmessage = null));
      source.onmessage = () => (calls += 1);
      await t.next(source, 'end');
      t.equal(calls, 0, 'calls');
    },
  },
  {
    id: 'handlers.throwing',
    title: 'a throwing handler is reported, and the rest is still called',
    needs: ['uncaught-hook'],
    async run(t) {
      const own = new Error(`thrown by ${t.key}`);
      const reported = t.onUncaught((error) => error === own);
      const source = t.open(TWO);
      source.onmessage = () => {
        throw own;
      };
      const seen = t.record(source, ['message']);
      await t.next(source, 'end');
      t.equal(seen.length, 2, 'the listener after it');
      await t.until(() => reported.length === 2, 'both errors were reported');
    },
  },
  {
    id: 'handlers.return-false',
    title: 'a handler that returns false cancels what can be cancelled; a listener does not',
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      source.addEventListener('message', () => false);
      const plain = new Event('message', { cancelable: true });
      t.equal(source.dispatchEvent(plain), true, 'a listener returns false');
      source.onmessage = () => false;
      const cancelled = new Event('message', { cancelable: true });
      t.equal(source.dispatchEvent(cancelled), false, 'a handler returns false');
      t.equal(cancelled.defaultPrevented, true, 'defaultPrevented');
      source.onmessage = () => 0;
      const zero = new Event('message', { cancelable: true });
      t.equal(source.dispatchEvent(zero), true, 'a handler returns 0');
    },
  },
  {
    id: 'handlers.only-their-type',
    title: 'onmessage is not called for events with a name of their own',
    async run(t) {
      const source = t.open({
        chunks: [
          'event: x\ndata: 1\n\ndata: 2\n\nevent: message\ndata: 3\n\nevent: end\ndata: .\n\n',
        ],
      });
      /** @type {string[]} */
      const log = [];
      source.onmessage = (/** @type {any} */ event) => log.push(event.data);
      await t.next(source, 'end');
      t.same(log, ['2', '3'], 'data');
    },
  },
]);
