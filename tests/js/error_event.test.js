// The class of `error` events: docs/decisions/0041-error-event.md
import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { ErrorEvent, EventSource } from '../../js/entries/index.js';

/** An `error` event as it comes from a stream that has ended. */
const fired = () =>
  new Promise((resolve) => {
    EventSource.from(new Response('').body).onerror = resolve;
  });

test('error events are instances, others are not', async () => {
  const source = EventSource.from(new Response('data: 1\n\n').body);
  const events = [];
  await new Promise((resolve) => {
    for (const type of ['open', 'message', 'error']) {
      source.addEventListener(type, (event) => {
        events.push([event.type, event instanceof ErrorEvent, event instanceof Event]);
        if (type === 'error') resolve();
      });
    }
  });
  expect(events).toEqual([
    ['open', false, true],
    ['message', false, true],
    ['error', true, true],
  ]);
});

test('an instance reads as an Event of the host, as in browsers', async () => {
  const event = await fired();
  expect(event.constructor).toBe(Event);
  expect(Object.prototype.toString.call(event)).toBe('[object Event]');
  expect(event.isTrusted).toBe(true);
});

test('one can be made, with what it says', () => {
  const error = new Error('cause');
  const event = new ErrorEvent('error', { message: 'text', code: 503, error });
  expect(event).toBeInstanceOf(ErrorEvent);
  expect(event).toBeInstanceOf(Event);
  expect([event.type, event.message, event.code, event.status]).toEqual([
    'error',
    'text',
    503,
    503,
  ]);
  expect([event.error, event.isTrusted, event.target]).toEqual([error, false, null]);
  expect(new ErrorEvent('error', { status: 500 }).code).toBe(500);
  expect(new ErrorEvent('error').message).toBeUndefined();
  expect(inspect(event)).toBe("Event { type: 'error', message: 'text', status: 503 }");
});

test('one that was made is dispatched as it is', async () => {
  const source = EventSource.from(new Response('').body);
  const heard = [];
  source.onerror = (event) => heard.push(event);
  const event = new ErrorEvent('error', { message: 'mine' });
  source.dispatchEvent(event);
  source.close();
  expect(heard).toEqual([event]);
});

test('a class can extend it', () => {
  class Refused extends ErrorEvent {
    get isRefused() {
      return this.code === 403;
    }
  }
  const event = new Refused('error', { code: 403 });
  expect(event).toBeInstanceOf(Refused);
  expect(event).toBeInstanceOf(ErrorEvent);
  expect(event.isRefused).toBe(true);
});

test('it cannot be called, and needs a type', () => {
  expect(() => ErrorEvent('error')).toThrow(TypeError);
  expect(() => new ErrorEvent()).toThrow(TypeError);
  expect(ErrorEvent.name).toBe('ErrorEvent');
  expect(ErrorEvent.length).toBe(1);
});
