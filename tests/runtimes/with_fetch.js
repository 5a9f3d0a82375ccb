/** For hosts whose users have to give every EventSource the option `fetch`. */

/**
 * @param {any} Given The class under test.
 * @param {any} fetch
 * @returns {any} The class as it is, but that a constructor call without a `fetch` is given this one.
 */
export function withFetch(Given, fetch) {
  const WithFetch = new Proxy(Given, {
    construct(target, args, newTarget) {
      const [url, init] = args;
      const isDictionary =
        typeof init === 'object' || typeof init === 'function' || init === undefined;
      if (
        args.length === 0 ||
        !isDictionary ||
        (init && 'fetch' in init && init.fetch !== undefined)
      ) {
        return Reflect.construct(target, args, newTarget);
      }
      const given = Object.create(init ?? null, { fetch: { value: fetch, enumerable: true } });
      return Reflect.construct(target, [url, given], newTarget);
    },
  });
  // So that objects of the class know the class that the suite knows.
  Given.prototype.constructor = WithFetch;
  return WithFetch;
}
