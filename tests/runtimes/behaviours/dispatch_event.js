/** dispatchEvent() by the page, on an EventSource as on any other EventTarget. */
import { inSection } from './section.js';

export const dispatchEventBehaviours = inSection('dispatchEvent', [
  {
    id: 'dispatch.plain-event',
    title: "a user's Event reaches listeners and is untrusted",
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      /** @type {any[]} */
      const seen = [];
      source.addEventListener('x', (/** @type {any} */ event) =>
        seen.push(event, event.target, event.currentTarget, event.eventPhase),
      );
      const event = new Event('x');
      t.equal(source.dispatchEvent(event), true, 'return value');
      t.equal(seen.length, 4, 'called once, synchronously');
      t.ok(seen[0] === event && seen[1] === source && seen[2] === source, 'event and targets');
      t.equal(seen[3], 2, 'eventPhase');
      t.equal(event.isTrusted, false, 'isTrusted');
      t.equal(event.target, source, 'target afterwards');
      t.equal(event.currentTarget, null, 'currentTarget afterwards');
    },
  },
  {
    id: 'dispatch.composed-path',
    title: "composedPath() of a user's event is the source, and empty afterwards",
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      /** @type {any[]} */
      let path = [];
      source.addEventListener('x', (/** @type {any} */ event) => (path = event.composedPath()));
      const event = new Event('x', { bubbles: true });
      source.dispatchEvent(event);
      t.ok(path.length === 1 && path[0] === source, 'while dispatching');
      t.equal(event.composedPath().length, 0, 'afterwards');
    },
  },
  {
    id: 'dispatch.message-event',
    title: "a user's MessageEvent calls onmessage with its data",
    needs: ['message-event'],
    run(t) {
      const source = t.open({});
      /** @type {any} */
      let seen;
      source.onmessage = (/** @type {any} */ event) => (seen = event);
      source.dispatchEvent(new MessageEvent('message', { data: { own: 1 }, lastEventId: '9' }));
      t.same([seen?.data, seen?.lastEventId, seen?.isTrusted], [{ own: 1 }, '9', false], 'event');
    },
  },
  {
    id: 'dispatch.custom-event',
    title: "a user's subclass of Event keeps its own fields",
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      class Own extends Event {
        detail = 'mine';
      }
      /** @type {any} */
      let seen;
      source.addEventListener('own', (/** @type {any} */ event) => (seen = event));
      source.dispatchEvent(new Own('own'));
      t.ok(seen instanceof Own, 'instanceof');
      t.equal(seen.detail, 'mine', 'detail');
    },
  },
  {
    id: 'dispatch.return-value',
    title: 'dispatchEvent() is false only if a cancelable event was prevented',
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      source.addEventListener('x', (/** @type {any} */ event) => event.preventDefault());
      t.equal(source.dispatchEvent(new Event('x')), true, 'not cancelable');
      const event = new Event('x', { cancelable: true });
      t.equal(source.dispatchEvent(event), false, 'cancelable');
      t.equal(event.defaultPrevented, true, 'defaultPrevented');
    },
  },
  {
    id: 'dispatch.not-an-event',
    title: 'what is no Event throws a TypeError',
    run(t) {
      const source = t.open({});
      // Where there is no Event, what has a type is the only event that a user can make.
      const likeness = t.can('event-constructors') ? [{ type: 'message' }] : [];
      for (const thing of [null, undefined, {}, 'message', ...likeness]) {
        t.throws(() => source.dispatchEvent(thing), 'TypeError', `dispatchEvent(${String(thing)})`);
      }
    },
  },
  {
    id: 'dispatch.already-dispatching',
    title: 'an event that is being dispatched throws an InvalidStateError',
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      /** @type {any} */
      let error;
      source.addEventListener('x', (/** @type {any} */ event) => {
        try {
          source.dispatchEvent(event);
        } catch (thrown) {
          error = thrown;
        }
      });
      const event = new Event('x');
      source.dispatchEvent(event);
      t.equal(error?.name, 'InvalidStateError', 'name');
      let again = 0;
      source.addEventListener('x', () => (again += 1));
      source.dispatchEvent(event);
      t.equal(again, 1, 'it can be dispatched again afterwards');
    },
  },
  {
    id: 'dispatch.stream-event-in-flight',
    title: "a stream's event cannot be dispatched while it is being dispatched",
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\n'] });
      /** @type {any} */
      let error;
      source.addEventListener('message', (/** @type {any} */ event) => {
        try {
          source.dispatchEvent(event);
        } catch (thrown) {
          error = thrown;
        }
      });
      await t.next(source, 'message');
      t.equal(error?.name, 'InvalidStateError', 'name');
    },
  },
  {
    id: 'dispatch.stream-event-again',
    title: "a stream's event can be dispatched again, and is untrusted then",
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\n'] });
      const event = await t.next(source, 'message');
      await t.sleep(10);
      /** @type {any[]} */
      const seen = [];
      source.onmessage = (/** @type {any} */ again) =>
        seen.push(again === event, again.isTrusted, again.data, again.currentTarget === source);
      t.equal(source.dispatchEvent(event), true, 'return value');
      t.same(seen, [true, false, '1', true], 'same object, isTrusted, data, currentTarget');
    },
  },
  {
    id: 'dispatch.nested',
    title: 'an event dispatched by a listener runs to its end within it',
    needs: ['event-constructors'],
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\nevent: end\ndata: .\n\n'] });
      /** @type {string[]} */
      const log = [];
      source.addEventListener('message', () => {
        log.push('before');
        source.dispatchEvent(new Event('inner'));
        log.push('after');
      });
      source.addEventListener('message', () => log.push('second'));
      source.addEventListener('inner', () => log.push('inner'));
      await t.next(source, 'end');
      t.same(log, ['before', 'inner', 'after', 'second'], 'order');
    },
  },
  {
    id: 'dispatch.stopped',
    title: "stopImmediatePropagation() of a user's event stops the rest",
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      /** @type {string[]} */
      const log = [];
      source.addEventListener('x', (/** @type {any} */ event) => {
        log.push('a');
        event.stopImmediatePropagation();
      });
      source.addEventListener('x', () => log.push('b'));
      source.dispatchEvent(new Event('x'));
      t.same(log, ['a'], 'calls');
    },
  },
  {
    id: 'dispatch.throwing',
    title: "a throwing listener of a user's event is reported, not thrown by dispatchEvent()",
    needs: ['event-constructors', 'uncaught-hook'],
    async run(t) {
      const own = new Error(`dispatched by ${t.key}`);
      const reported = t.onUncaught((error) => error === own);
      const source = t.open({});
      let called = false;
      source.addEventListener('x', () => {
        throw own;
      });
      source.addEventListener('x', () => (called = true));
      t.equal(source.dispatchEvent(new Event('x')), true, 'return value');
      t.ok(called, 'the second listener was called');
      await t.until(() => reported.length === 1, 'the error was reported');
    },
  },
  {
    id: 'dispatch.after-close',
    title: "a closed source still takes a user's events, and its state stays",
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      source.close();
      let calls = 0;
      source.onerror = () => (calls += 1);
      source.dispatchEvent(new Event('error'));
      t.equal(calls, 1, 'calls');
      t.equal(source.readyState, 2, 'readyState');
    },
  },
  {
    id: 'dispatch.no-state-change',
    title: "a user's open and error events do not change readyState",
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({ refuse: 'headers' });
      source.dispatchEvent(new Event('open'));
      t.equal(source.readyState, 0, 'after open');
      source.dispatchEvent(new Event('error'));
      t.equal(source.readyState, 0, 'after error');
    },
  },
]);
