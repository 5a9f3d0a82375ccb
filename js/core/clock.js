// The clock that everything here is timed by: https://w3c.github.io/hr-time/

/** @returns {number} milliseconds since the time origin, or since 1970 where the host has no better clock */
export const now =
  typeof globalThis.performance?.now === 'function' ? () => performance.now() : () => Date.now();
