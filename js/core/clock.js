// The clock that everything here is timed by: https://w3c.github.io/hr-time/
import { attempt } from './from_host.js';

/** @returns {number} milliseconds since the time origin, or since 1970 where the host has no better clock */
export const now = attempt(() => performance.now() >= 0)
  ? () => performance.now()
  : () => Date.now();
