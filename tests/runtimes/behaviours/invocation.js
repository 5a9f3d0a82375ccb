/** How listeners are called, and what stops or survives a call (DOM Standard, sections 2.8 and 2.9). */
import { NO_PHASES, TWO, logOf } from './listener_log.js';
import { inSection } from './section.js';

export const invocationBehaviours = inSection('Listener calls', [
  {
    id: 'listeners.function-this',
    title: 'a function is called with the source as this and the event as only argument',
    async run(t) {
      /** @type {any[]} */
      let call = [];
      const source = t.open(TWO);
      source.addEventListener('message', function (/** @type {any[]} */ ...args) {
        // @ts-ignore `this` is what is looked at.
        call = [this, ...args];
      });
      await t.next(source, 'end');
      t.equal(call[0], source, 'this');
      t.equal(call.length, 2, 'this and one argument');
      t.equal(call[1].type, 'message', 'the event');
    },
  },
  {
    id: 'listeners.handle-event',
    title: 'an object is called through its handleEvent, looked up anew for every event',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        const listener = {
          name: 'own',
          handleEvent(/** @type {any} */ event) {
            seen.push(this === listener && event.data);
            listener.handleEvent = () => seen.push('replaced');
          },
        };
        source.addEventListener('message', listener);
      });
      t.same(log, ['1', 'replaced'], 'calls');
    },
  },
  {
    id: 'listeners.handle-event-late',
    title: 'an object may get its handleEvent after it was added',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        /** @type {any} */
        const listener = {};
        source.addEventListener('message', listener);
        listener.handleEvent = (/** @type {any} */ event) => seen.push(event.data);
      });
      t.same(log, ['1', '2'], 'calls');
    },
  },
  {
    id: 'listeners.handle-event-not-callable',
    title:
      'a handleEvent that cannot be called is reported as a TypeError; the rest is still called',
    nativeMayFail: 'Chromium reports nothing here, WebKit an error that it hides',
    needs: ['uncaught-hook'],
    async run(t) {
      // No message is prescribed, so the error is recognised by the moment: nothing else throws
      // TypeErrors that nobody catches.
      const isTypeError = (/** @type {any} */ error) => error?.name === 'TypeError';
      // WebKit's own tells that there was an error, and hides which.
      const reported = t.onUncaught((error) => isTypeError(error) || error === 'Script error.');
      const log = await logOf(t, (source, seen) => {
        source.addEventListener('message', { handleEvent: 'no function' });
        source.addEventListener('message', () => seen.push('called'));
      });
      t.same(log, ['called', 'called'], 'calls');
      await t.until(() => reported.some(isTypeError), 'the TypeError was reported', 3000);
    },
  },
  {
    id: 'listeners.handle-event-throwing-getter',
    title: 'what the getter of handleEvent throws is reported; the rest is still called',
    needs: ['uncaught-hook'],
    async run(t) {
      const own = new Error(`handleEvent of ${t.key}`);
      const reported = t.onUncaught((error) => error === own);
      const log = await logOf(t, (source, seen) => {
        source.addEventListener('message', {
          get handleEvent() {
            throw own;
          },
        });
        source.addEventListener('message', () => seen.push('called'));
      });
      t.same(log, ['called', 'called'], 'calls');
      await t.until(() => reported.length === 2, 'the error of the getter was reported twice');
    },
  },
  {
    id: 'listeners.added-while-dispatching',
    title: 'a listener added while dispatching is called from the next event on',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        const late = (/** @type {any} */ event) => seen.push(`late ${event.data}`);
        source.addEventListener('message', (/** @type {any} */ event) => {
          seen.push(event.data);
          source.addEventListener('message', late);
        });
      });
      t.same(log, ['1', '2', 'late 2'], 'calls');
    },
  },
  {
    id: 'listeners.removed-while-dispatching',
    title: 'a listener removed while dispatching is not called any more',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        const victim = () => seen.push('victim');
        source.addEventListener('message', () => {
          seen.push('first');
          source.removeEventListener('message', victim);
        });
        source.addEventListener('message', victim);
        source.addEventListener('message', () => seen.push('last'));
      });
      t.same(log, ['first', 'last', 'first', 'last'], 'calls');
    },
  },
  {
    id: 'listeners.moved-while-dispatching',
    title: 'a listener removed and added again while dispatching waits for the next event',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        const moved = (/** @type {any} */ event) => seen.push(`moved ${event.data}`);
        source.addEventListener(
          'message',
          () => {
            source.removeEventListener('message', moved);
            source.addEventListener('message', moved);
          },
          { once: true },
        );
        source.addEventListener('message', moved);
      });
      t.same(log, ['moved 2'], 'calls');
    },
  },
  {
    id: 'listeners.removes-itself',
    title: 'a listener that removes itself leaves no gap in the order',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        const itself = () => {
          seen.push('itself');
          source.removeEventListener('message', itself);
        };
        source.addEventListener('message', itself);
        source.addEventListener('message', () => seen.push('b'));
        source.addEventListener('message', () => seen.push('c'));
      });
      t.same(log, ['itself', 'b', 'c', 'b', 'c'], 'calls');
    },
  },
  {
    id: 'listeners.stop-immediate-propagation',
    title: 'stopImmediatePropagation() stops the rest for this event only',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        source.addEventListener('message', (/** @type {any} */ event) => {
          seen.push(event.data);
          if (event.data === '1') event.stopImmediatePropagation();
        });
        source.addEventListener('message', (/** @type {any} */ event) =>
          seen.push(`b${event.data}`),
        );
        source.onmessage = (/** @type {any} */ event) => seen.push(`on${event.data}`);
      });
      t.same(log, ['1', '2', 'b2', 'on2'], 'calls');
    },
  },
  {
    id: 'listeners.stop-propagation',
    title: 'stopPropagation() lets listeners of the same phase run, and stops the later phase',
    nativeMayFail: NO_PHASES,
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        source.addEventListener(
          'message',
          (/** @type {any} */ event) => {
            if (event.data === '1') event.stopPropagation();
          },
          true,
        );
        source.addEventListener('message', () => seen.push('captured'), true);
        source.addEventListener('message', (/** @type {any} */ event) => {
          event.stopPropagation();
          seen.push('plain');
        });
        source.addEventListener('message', () => seen.push('second plain'));
      });
      t.same(log, ['captured', 'captured', 'plain', 'second plain'], 'calls');
    },
  },
  {
    id: 'listeners.throwing',
    title: 'a throwing listener is reported, and the rest is still called',
    needs: ['uncaught-hook'],
    async run(t) {
      const own = new Error(`thrown by ${t.key}`);
      const reported = t.onUncaught((error) => error === own);
      const log = await logOf(t, (source, seen) => {
        source.addEventListener('message', () => {
          throw own;
        });
        source.addEventListener('message', (/** @type {any} */ event) => seen.push(event.data));
      });
      t.same(log, ['1', '2'], 'the other listener, for both events');
      await t.until(() => reported.length === 2, 'both errors were reported');
    },
  },
  {
    id: 'listeners.throwing-anything',
    title: 'a listener may throw what is no Error, in open and error events too',
    needs: ['uncaught-hook'],
    async run(t) {
      const own = `thrown by ${t.key}`;
      const reported = t.onUncaught((error) => String(error?.message ?? error).includes(own));
      const source = t.open([
        { chunks: ['retry: 20\n\ndata: 1\n\n'], end: 'end' },
        { chunks: ['data: 2\n\n'] },
      ]);
      const seen = t.record(source);
      for (const type of ['open', 'message', 'error']) {
        source.addEventListener(type, () => {
          throw own;
        });
      }
      await t.until(() => seen.length === 5, 'the stream went on after each throw');
      t.same(
        seen.map(({ type }) => type),
        ['open', 'message', 'error', 'open', 'message'],
        'events',
      );
      await t.until(() => reported.length === 5, 'every throw was reported');
    },
  },
  {
    id: 'listeners.throwing-once',
    title: 'a listener with once that throws is gone all the same',
    needs: ['uncaught-hook'],
    async run(t) {
      const own = new Error(`once, thrown by ${t.key}`);
      const reported = t.onUncaught((error) => error === own);
      await logOf(t, (source) => {
        source.addEventListener(
          'message',
          () => {
            throw own;
          },
          { once: true },
        );
      });
      await t.until(() => reported.length > 0, 'the error was reported');
      await t.sleep(50);
      t.equal(reported.length, 1, 'reports');
    },
  },
  {
    id: 'listeners.rejecting',
    title: 'the promise of an async listener is not looked at',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        source.addEventListener('message', async (/** @type {any} */ event) => {
          await null;
          seen.push(event.data);
          return Promise.resolve(false);
        });
      });
      t.same(log, ['1', '2'], 'calls');
    },
  },
]);
