// The last event ID as a query parameter, compared with what URLSearchParams reads.
import { expect, test } from '@jest/globals';
import { withLastEventId } from '../../js/connection/last_event_id_param.js';

test.each([
  ['http://a/', 'http://a/?id=7'],
  ['http://a/?', 'http://a/?id=7'],
  ['http://a/b?x=1', 'http://a/b?x=1&id=7'],
  ['http://a/b?x=1&', 'http://a/b?x=1&id=7'],
  ['http://a/#f?id=1', 'http://a/?id=7#f?id=1'],
  ['http://a/?x=%c3%A4+b&y#f', 'http://a/?x=%c3%A4+b&y&id=7#f'],
  ['http://a/?id=1&x=2', 'http://a/?x=2&id=7'],
  ['http://a/?x=2&id=1&id=2&id&%69d=3', 'http://a/?x=2&id=7'],
  ['http://a/?idx=1&xid=2&x=id', 'http://a/?idx=1&xid=2&x=id&id=7'],
  ['http://a/?id=1?id=2', 'http://a/?id=7'],
  ['http://a/?%=1&%ff=2', 'http://a/?%=1&%ff=2&id=7'],
  ['http://a/?x=a?b', 'http://a/?x=a?b&id=7'],
])('%s becomes %s', (href, expected) => {
  expect(withLastEventId(href, 'id', '7')).toBe(expected);
});

const names = ['id', 'last event id', 'a+b', 'a&b=c#d?', '\u00e4\u{1f600}', '%69d', '__proto__'];
const ids = ['1', 'a b+c', '&=#?%', '\u00e4\u{1f600}', '../', ' '];

test.each(names.flatMap((name) => ids.map((id) => [name, id])))(
  '%j=%j is read again',
  (name, id) => {
    const before = new URL('http://a/?x=%20&id=2');
    before.searchParams.append(name, 'old');
    for (const href of [before.href, `http://a/?${encodeURIComponent(name)}=&x=1#f`]) {
      const url = new URL(withLastEventId(href, name, id));
      expect(url.searchParams.getAll(name)).toEqual([id]);
      const others = (/** @type {string} */ text) =>
        [...new URL(text).searchParams].filter(([each]) => each !== name);
      expect(others(url.href)).toEqual(others(href));
    }
  },
);
