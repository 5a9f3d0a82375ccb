// Whether the host has CORS, and for which origin: https://fetch.spec.whatwg.org/#http-cors-protocol
import { attempt, fromHost } from '../core/from_host.js';
import { ANY_URL } from './url.js';

/** @returns {string | undefined} the origin that CORS protects others from, where the host has one */
export const ownOrigin = () => fromHost('location', 'origin');

/**
 * Deno's workers have a location, but its fetch() enforces no CORS. Where there is CORS, a Request drops
 * the headers that are forbidden: https://fetch.spec.whatwg.org/#forbidden-request-header
 */
const forbidsHeaders = () =>
  !attempt(() => new Request(ANY_URL, { headers: { 'Sec-A': '1' } }).headers.has('Sec-A'));

/**
 * @returns {boolean} whether the host's fetch() may refuse a response because of CORS, which looks like a network error:
 *   only hosts with an origin of their own, and browsers' rules, do that
 */
export const enforcesCors = () => typeof ownOrigin() === 'string' && forbidsHeaders();
