/** Adding and removing listeners, and their options (DOM Standard, section 2.7). */
import { NO_PHASES, logOf } from './listener_log.js';
import { inSection } from './section.js';

export const listenerBehaviours = inSection('Listeners', [
  {
    id: 'listeners.order',
    title: 'listeners are called in the order in which they were added',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        for (const name of ['a', 'b', 'c']) {
          source.addEventListener('message', () => seen.push(name));
        }
      });
      t.equal(log.join(''), 'abcabc', 'order');
    },
  },
  {
    id: 'listeners.duplicates',
    title: 'the same listener counts once, and keeps its first place',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        const a = () => seen.push('a');
        const b = () => seen.push('b');
        source.addEventListener('message', a);
        source.addEventListener('message', b);
        source.addEventListener('message', a);
        source.addEventListener('message', a, { once: true, passive: true });
      });
      t.equal(log.join(''), 'abab', 'order');
    },
  },
  {
    id: 'listeners.capture-is-another-listener',
    title: 'the same function with capture is a second listener, called before those without',
    nativeMayFail: NO_PHASES,
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        source.addEventListener('message', () => seen.push('plain'));
        const both = (/** @type {any} */ event) => seen.push(`phase ${event.eventPhase}`);
        source.addEventListener('message', both);
        source.addEventListener('message', both, true);
      });
      t.same(log.slice(0, 3), ['phase 2', 'plain', 'phase 2'], 'order');
      t.equal(log.length, 6, 'calls');
    },
  },
  {
    id: 'listeners.removal-needs-capture',
    title: 'a listener is removed only with the same capture value',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        const captured = () => seen.push('captured');
        const plain = () => seen.push('plain');
        source.addEventListener('message', captured, { capture: true });
        source.addEventListener('message', plain, false);
        source.removeEventListener('message', captured);
        source.removeEventListener('message', plain, true);
      });
      t.same(log, ['captured', 'plain', 'captured', 'plain'], 'still there');
      const nothing = await logOf(t, (source, seen) => {
        const captured = () => seen.push('captured');
        source.addEventListener('message', captured, { capture: true, once: true });
        source.removeEventListener('message', captured, true);
      });
      t.same(nothing, [], 'removed');
    },
  },
  {
    id: 'listeners.once',
    title: 'a listener with once is called once, and is removed before the call',
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        const again = (/** @type {any} */ event) => {
          seen.push(event.data);
          if (event.data === '1') source.addEventListener('message', again, { once: true });
        };
        source.addEventListener('message', again, { once: true });
        source.addEventListener('message', () => seen.push('once'), { once: true });
      });
      t.same(log, ['1', 'once', '2'], 'calls');
    },
  },
  {
    id: 'listeners.passive',
    title: 'a passive listener cannot prevent the default',
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      source.addEventListener('x', (/** @type {any} */ event) => event.preventDefault(), {
        passive: true,
      });
      t.equal(source.dispatchEvent(new Event('x', { cancelable: true })), true, 'with passive');
      source.addEventListener('x', (/** @type {any} */ event) => event.preventDefault());
      t.equal(source.dispatchEvent(new Event('x', { cancelable: true })), false, 'without');
    },
  },
  {
    id: 'listeners.signal',
    title: 'aborting the signal removes the listener',
    needs: ['abort-controller'],
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        const controller = new AbortController();
        const { signal } = controller;
        source.addEventListener('message', () => seen.push('a'), { signal });
        source.addEventListener('message', () => {
          seen.push('b');
          controller.abort();
        });
        source.addEventListener('message', () => seen.push('c'), { signal });
      });
      t.same(log, ['a', 'b', 'b'], 'calls');
    },
  },
  {
    id: 'listeners.aborted-signal',
    title: 'a listener with a signal already aborted is not added',
    needs: ['abort-controller'],
    async run(t) {
      const log = await logOf(t, (source, seen) => {
        source.addEventListener('message', () => seen.push('a'), { signal: AbortSignal.abort() });
      });
      t.same(log, [], 'calls');
    },
  },
  {
    id: 'listeners.wrong-signal',
    title: 'a signal that is none throws a TypeError',
    needs: ['abort-controller'],
    run(t) {
      const source = t.open({});
      for (const signal of [null, {}, 1]) {
        t.throws(
          () => source.addEventListener('message', () => {}, { signal }),
          'TypeError',
          `signal: ${String(signal)}`,
        );
      }
      source.addEventListener('message', () => {}, { signal: undefined });
    },
  },
  {
    id: 'listeners.changes-among-many-types',
    title: 'listeners come and go while the types of a long stream alternate',
    async run(t) {
      const rounds = Array.from({ length: 30 }, (_, round) =>
        ['a', 'b', 'c'].map((type) => `event: ${type}\ndata: ${round}\n\n`).join(''),
      );
      const source = t.open({ chunks: [...rounds, 'event: end\ndata: .\n\n'] });
      /** @type {string[]} */
      const log = [];
      const later = (/** @type {any} */ { type, data }) => log.push(`later ${type}${data}`);
      source.addEventListener('b', later);
      source.addEventListener('a', (/** @type {any} */ { data }) => {
        log.push(`a${data}`);
        if (data === '10') source.removeEventListener('b', later);
        if (data === '20') source.addEventListener('c', later);
        if (data === '25') source.addEventListener('b', later, { once: true });
      });
      source.addEventListener('c', (/** @type {any} */ { data }) => log.push(`c${data}`));
      await t.next(source, 'end');
      const expected = rounds.flatMap((_, round) => {
        const calls = [`a${round}`];
        if (round < 10 || round === 25) calls.push(`later b${round}`);
        calls.push(`c${round}`);
        if (round >= 20) calls.push(`later c${round}`);
        return calls;
      });
      t.same(log, expected, 'calls');
    },
  },
  {
    id: 'listeners.null-listener',
    title: 'null and undefined as listener are ignored, a primitive throws a TypeError',
    run(t) {
      const source = t.open({});
      source.addEventListener('message', null);
      source.addEventListener('message', undefined);
      source.removeEventListener('message', null);
      for (const listener of [1, 'f', true]) {
        t.throws(
          () => source.addEventListener('message', listener),
          'TypeError',
          `listener ${String(listener)}`,
        );
      }
    },
  },
  {
    id: 'listeners.missing-arguments',
    title: 'too few arguments throw a TypeError, and the methods have their lengths',
    run(t) {
      const source = t.open({});
      t.throws(() => source.addEventListener(), 'TypeError', 'addEventListener()');
      t.throws(() => source.addEventListener('x'), 'TypeError', "addEventListener('x')");
      t.throws(() => source.removeEventListener('x'), 'TypeError', "removeEventListener('x')");
      t.throws(() => source.dispatchEvent(), 'TypeError', 'dispatchEvent()');
      t.same(
        [
          source.addEventListener.length,
          source.removeEventListener.length,
          source.dispatchEvent.length,
        ],
        [2, 2, 1],
        'lengths',
      );
    },
  },
  {
    id: 'listeners.type-is-a-string',
    title: 'the type is converted to a string and is case-sensitive',
    async run(t) {
      const source = t.open({
        chunks: [
          'event: null\ndata\n\nevent: 5\ndata\n\nevent: Message\ndata\n\nevent: end\ndata: .\n\n',
        ],
      });
      /** @type {string[]} */
      const log = [];
      source.addEventListener(null, () => log.push('null'));
      source.addEventListener(5, () => log.push('5'));
      source.addEventListener('message', () => log.push('message'));
      source.addEventListener({ toString: () => 'Message' }, () => log.push('Message'));
      await t.next(source, 'end');
      t.same(log, ['null', '5', 'Message'], 'types');
    },
  },
  {
    id: 'listeners.options-conversion',
    title: 'options that are no object mean capture by their truth value; null means none',
    needs: ['event-constructors'],
    run(t) {
      const source = t.open({});
      /** @type {[any, boolean][]} */
      const cases = [
        [null, false],
        [undefined, false],
        [0, false],
        ['', false],
        [{}, false],
        [{ capture: 0 }, false],
        [1, true],
        ['capture', true],
        [{ capture: 'yes' }, true],
      ];
      for (const [options, capture] of cases) {
        let calls = 0;
        const listener = () => (calls += 1);
        source.addEventListener('x', listener, options);
        source.removeEventListener('x', listener, !capture);
        source.dispatchEvent(new Event('x'));
        t.equal(calls, 1, `calls with ${JSON.stringify(options)}, removed with the other value`);
        source.removeEventListener('x', listener, capture);
        source.dispatchEvent(new Event('x'));
        t.equal(calls, 1, `calls with ${JSON.stringify(options)}, removed`);
      }
    },
  },
]);
