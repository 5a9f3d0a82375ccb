// How long a server asks to be left alone: https://httpwg.org/specs/rfc9110.html#field.retry-after
// What comes of it, and what the longest such time is, the machine says (src/retry_policy.h).

/** The machine counts in 32 bits. */
const LONGEST = 0xffffffff;

/**
 * @param {{get(name: string): string | null | undefined}} headers - of a response
 * @returns {number} milliseconds; 0 where there is no such header, or a time that has passed, or nothing that can be read
 */
export function retryAfterOf(headers) {
  const text = `${headers.get('retry-after') ?? ''}`.trim();
  // The clock of the server is the one that its date was taken from. Of the three formats, which begin with the day of the
  // week, the oldest names no zone.
  const time = (/** @type {string} */ date) =>
    /^[a-z]{3}/i.test(date) ? Date.parse(date.replace(/( GMT)?$/, ' GMT')) : NaN;
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1000
    : time(text) - (time(`${headers.get('date') ?? ''}`) || Date.now());
  return Math.min(Math.max(wait, 0) || 0, LONGEST);
}
