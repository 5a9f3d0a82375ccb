/** What a page reads from the events: nothing of it may differ from what a browser's own would say. */
import { inSection } from './section.js';

/**
 * Looks at one event while it is being dispatched.
 *
 * @template T
 * @param {any} t
 * @param {(event: any, source: any) => T} look
 * @param {{type?: string, body?: string}} [what]
 * @returns {Promise<{seen: T, event: any, source: any}>}
 */
async function during(t, look, { type = 'message', body = 'data: a\n\n' } = {}) {
  const source = t.open(type === 'error' ? { status: 500, end: 'end' } : { chunks: [body] });
  let seen;
  let failure;
  source.addEventListener(type, (/** @type {any} */ event) => {
    try {
      seen ??= look(event, source);
    } catch (error) {
      failure ??= error;
    }
  });
  const event = await t.next(source, type);
  if (failure) throw failure;
  return { seen: /** @type {T} */ (seen), event, source };
}

export const eventObjectBehaviours = inSection('Event objects', [
  {
    id: 'event.message-is-a-message-event',
    title: 'a message is an instance of MessageEvent and of Event',
    needs: ['message-event'],
    async run(t) {
      const { event } = await during(t, () => 0);
      t.ok(event instanceof MessageEvent, 'instanceof MessageEvent');
      t.ok(event instanceof Event, 'instanceof Event');
      t.equal(event.constructor, MessageEvent, 'constructor');
    },
  },
  {
    id: 'event.named-is-a-message-event',
    title: 'an event with a name of its own is a MessageEvent as well',
    needs: ['message-event'],
    async run(t) {
      const { event } = await during(t, () => 0, { type: 'x', body: 'event: x\ndata: 1\n\n' });
      t.ok(event instanceof MessageEvent, 'instanceof MessageEvent');
      t.equal(event.type, 'x', 'type');
    },
  },
  {
    id: 'event.open-is-a-plain-event',
    title: 'open is a plain Event',
    needs: ['message-event'],
    async run(t) {
      const { event } = await during(t, () => 0, { type: 'open' });
      t.ok(event instanceof Event, 'instanceof Event');
      t.ok(!(event instanceof MessageEvent), 'not a MessageEvent');
      t.same([event.type, event.data, event.lastEventId], ['open', undefined, undefined], 'fields');
    },
  },
  {
    id: 'event.error-is-a-plain-event',
    title: 'error is a plain Event that neither bubbles nor can be cancelled',
    async run(t) {
      const { event } = await during(t, () => 0, { type: 'error' });
      if (typeof Event === 'function') t.ok(event instanceof Event, 'instanceof Event');
      if (typeof MessageEvent === 'function') {
        t.ok(!(event instanceof MessageEvent), 'not a MessageEvent');
      }
      t.same(
        [event.type, event.bubbles, event.cancelable, event.isTrusted, event.data],
        ['error', false, false, true, undefined],
        'type, bubbles, cancelable, isTrusted, data',
      );
    },
  },
  {
    id: 'event.to-string',
    title: 'Object.prototype.toString names the interface',
    async run(t) {
      const name = (/** @type {any} */ event) => Object.prototype.toString.call(event);
      t.equal((await during(t, name)).seen, '[object MessageEvent]', 'message');
      t.equal((await during(t, name, { type: 'open' })).seen, '[object Event]', 'open');
      t.equal((await during(t, name, { type: 'error' })).seen, '[object Event]', 'error');
    },
  },
  {
    id: 'event.is-trusted',
    title: 'isTrusted is true for open, message and error',
    async run(t) {
      for (const type of ['open', 'message', 'error']) {
        const { event } = await during(t, () => 0, { type });
        t.equal(event.isTrusted, true, type);
      }
    },
  },
  {
    id: 'event.own-properties',
    title: 'isTrusted is the only own property, so JSON.stringify shows nothing else',
    async run(t) {
      const { event } = await during(t, () => 0);
      t.equal(JSON.stringify(event), '{"isTrusted":true}', 'JSON.stringify');
      t.same(Object.keys(event), ['isTrusted'], 'keys');
    },
  },
  {
    id: 'event.message-fields',
    title: 'data, origin, lastEventId, source and ports are those of a MessageEvent',
    async run(t) {
      const { event } = await during(t, () => 0, { body: 'id: 7\ndata: a\ndata: b\n\n' });
      t.equal(event.data, 'a\nb', 'data');
      t.equal(event.origin, t.base, 'origin');
      t.equal(event.lastEventId, '7', 'lastEventId');
      t.equal(event.source, null, 'source');
      t.ok(Array.isArray(event.ports), 'ports is an array');
      t.equal(event.ports.length, 0, 'ports.length');
    },
  },
  {
    id: 'event.ports-are-frozen',
    title: 'ports is one and the same frozen array at every reading',
    async run(t) {
      const { event } = await during(t, () => 0);
      t.ok(Object.isFrozen(event.ports), 'frozen');
      t.equal(event.ports, event.ports, 'the same');
    },
  },
  {
    id: 'event.flags',
    title: 'bubbles, cancelable, composed and defaultPrevented are false, returnValue true',
    async run(t) {
      const { event } = await during(t, () => 0);
      t.same(
        [event.bubbles, event.cancelable, event.composed, event.defaultPrevented],
        [false, false, false, false],
        'bubbles, cancelable, composed, defaultPrevented',
      );
      t.equal(event.returnValue, true, 'returnValue');
      t.equal(event.cancelBubble, false, 'cancelBubble');
    },
  },
  {
    id: 'event.targets-during-dispatch',
    title: 'while dispatching, target, currentTarget, srcElement and composedPath() are the source',
    async run(t) {
      const { seen, source } = await during(t, (event) => ({
        targets: [event.target, event.currentTarget, event.srcElement],
        path: event.composedPath(),
        phase: event.eventPhase,
      }));
      t.ok(
        seen.targets.every((target) => target === source),
        'target, currentTarget, srcElement',
      );
      t.ok(seen.path.length === 1 && seen.path[0] === source, 'composedPath()');
      t.equal(seen.phase, 2, 'eventPhase');
    },
  },
  {
    id: 'event.targets-after-dispatch',
    title: 'after dispatching, target stays, currentTarget is null, the path empty, the phase 0',
    async run(t) {
      const { event, source } = await during(t, () => 0);
      await t.sleep(10);
      t.equal(event.target, source, 'target');
      t.equal(event.srcElement, source, 'srcElement');
      t.equal(event.currentTarget, null, 'currentTarget');
      t.equal(event.composedPath().length, 0, 'composedPath().length');
      t.equal(event.eventPhase, 0, 'eventPhase');
    },
  },
  {
    id: 'event.phase-constants',
    title: 'the event carries the phase constants',
    async run(t) {
      const { event } = await during(t, () => 0);
      t.same(
        [event.NONE, event.CAPTURING_PHASE, event.AT_TARGET, event.BUBBLING_PHASE],
        [0, 1, 2, 3],
        'NONE, CAPTURING_PHASE, AT_TARGET, BUBBLING_PHASE',
      );
    },
  },
  {
    id: 'event.time-stamp',
    title: 'timeStamp is a number on the clock of performance.now(), never going back',
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\n', { wait: 30 }, 'data: 2\n\n'] });
      const before = typeof performance === 'object' ? performance.now() : 0;
      const first = await t.next(source, 'message');
      const second = await t.next(source, 'message');
      t.equal(typeof first.timeStamp, 'number', 'typeof timeStamp');
      t.equal(first.timeStamp, first.timeStamp, 'the same at every reading');
      t.ok(second.timeStamp >= first.timeStamp, 'the second is not before the first');
      if (typeof performance === 'object') {
        t.ok(first.timeStamp >= before - 5, 'not before the source was made');
        t.ok(second.timeStamp <= performance.now() + 5, 'not in the future');
      }
    },
  },
  {
    id: 'event.prevent-default',
    title:
      'preventDefault() and returnValue = false change nothing on an event that is not cancelable',
    async run(t) {
      const { seen } = await during(t, (event) => {
        event.preventDefault();
        event.returnValue = false;
        return [event.defaultPrevented, event.returnValue];
      });
      t.same(seen, [false, true], 'defaultPrevented, returnValue');
    },
  },
  {
    id: 'event.cancel-bubble',
    title: 'cancelBubble mirrors stopPropagation() and cannot be taken back',
    async run(t) {
      const { seen } = await during(t, (event) => {
        const states = [event.cancelBubble];
        event.cancelBubble = false;
        states.push(event.cancelBubble);
        event.stopPropagation();
        states.push(event.cancelBubble);
        event.cancelBubble = false;
        return [...states, event.cancelBubble];
      });
      t.same(seen, [false, false, true, true], 'cancelBubble');
    },
  },
  {
    id: 'event.init-event-during-dispatch',
    title: 'initEvent() does nothing while the event is being dispatched',
    async run(t) {
      const { seen } = await during(t, (event) => {
        event.initEvent('other', true, true);
        return [event.type, event.bubbles, event.cancelable, event.isTrusted];
      });
      t.same(seen, ['message', false, false, true], 'type, bubbles, cancelable, isTrusted');
    },
  },
  {
    id: 'event.init-event-after-dispatch',
    title: 'initEvent() afterwards makes an untrusted event of another type',
    async run(t) {
      const { event } = await during(t, () => 0);
      await t.sleep(0);
      event.initEvent('other', true, true);
      t.same(
        [event.type, event.bubbles, event.cancelable, event.isTrusted],
        ['other', true, true, false],
        'type, bubbles, cancelable, isTrusted',
      );
    },
  },
  {
    id: 'event.read-only-attributes',
    title: 'type, data, target and the other attributes cannot be assigned',
    async run(t) {
      const { event, source } = await during(t, () => 0);
      // Not isTrusted: ours is an own data property, as cheap as the standard's own accessor is dear
      // (docs/decisions/0004-own-dispatch.md).
      for (const name of ['type', 'data', 'origin', 'lastEventId', 'target']) {
        t.equal(Reflect.set(event, name, 'other'), false, `Reflect.set of ${name}`);
      }
      t.same([event.type, event.data], ['message', 'a'], 'values');
      t.equal(event.target, source, 'target');
    },
  },
  {
    id: 'event.in-operator',
    title: 'the attributes are found with the in operator',
    async run(t) {
      const { event } = await during(t, () => 0);
      for (const name of [
        'type',
        'target',
        'data',
        'origin',
        'lastEventId',
        'ports',
        'timeStamp',
      ]) {
        t.ok(name in event, `${name} in event`);
      }
    },
  },
  {
    id: 'event.one-object-for-all-listeners',
    title: 'all listeners get the same object, and every event is a new one',
    async run(t) {
      const source = t.open({ chunks: ['data: 1\n\ndata: 2\n\n'] });
      /** @type {any[]} */
      const first = [];
      /** @type {any[]} */
      const second = [];
      source.addEventListener('message', (/** @type {any} */ event) => {
        event.mine = event.data;
        first.push(event);
      });
      source.addEventListener('message', (/** @type {any} */ event) => second.push(event));
      await t.until(() => second.length === 2, 'both events came');
      t.ok(first[0] === second[0] && first[1] === second[1], 'the same object');
      t.ok(first[0] !== first[1], 'two events are two objects');
      t.equal(second[0].mine, '1', 'a property that the first listener set');
    },
  },
  {
    id: 'event.values-survive',
    title: 'what an event says is still there long after later chunks came',
    async run(t) {
      const source = t.open({
        chunks: [
          'id: 1\ndata: first ö\n\n',
          { text: 'data: x\n\n', repeat: 3000 },
          'event: end\ndata: .\n\n',
        ],
      });
      const event = await t.next(source, 'message');
      await t.next(source, 'end');
      t.same([event.data, event.lastEventId], ['first ö', '1'], 'data, lastEventId');
    },
  },
]);
