// What a server writes into Retry-After: https://httpwg.org/specs/rfc9110.html#field.retry-after
import { expect, test } from '@jest/globals';

import { retryAfterOf } from '../../js/connection/retry_after.js';

const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT';
const LONGEST = 0xffffffff;

/**
 * @param {string | undefined} value
 * @param {string} [date]
 */
const read = (value, date = DATE) => {
  const headers = new Headers({ date });
  if (value !== undefined) headers.set('retry-after', value);
  return retryAfterOf(headers);
};

test.each([
  ['seconds', '120', 120_000],
  ['none', '0', 0],
  ['leading zeros', '007', 7000],
  ['white space', '  5\t', 5000],
  ['more than the machine counts', '4294968', LONGEST],
  ['absurd', '9'.repeat(400), LONGEST],
  ['nothing', undefined, 0],
  ['empty', '', 0],
  ['below zero', '-5', 0],
  ['a fraction', '1.5', 0],
  ['words', 'in a while', 0],
  ['a date, in the format of today', 'Sun, 06 Nov 1994 08:50:07 GMT', 30_000],
  ['a date, in the format of RFC 850', 'Sunday, 06-Nov-94 08:50:07 GMT', 30_000],
  ['a date, as asctime() writes it', 'Sun Nov  6 08:50:07 1994', 30_000],
  ['a date that has passed', 'Sun, 06 Nov 1994 08:49:36 GMT', 0],
  ['a date that never comes', 'Fri, 31 Dec 9999 23:59:59 GMT', LONGEST],
])('%s', (_, value, expected) => {
  expect(read(value)).toBe(expected);
});

test('without a date of the response, the clock here says what time it is', () => {
  const wait = read(new Date(Date.now() + 60_000).toUTCString(), 'unknown');
  expect(wait).toBeGreaterThan(50_000);
  expect(wait).toBeLessThanOrEqual(60_000);
});
