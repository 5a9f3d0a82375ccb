// What to do where there is no fetch().
import { fromHost } from '../core/from_host.js';

/** @returns {string} for whoever gave none */
export function missingFetch() {
  const message = "EventSource: this host has no fetch(); pass one as the option 'fetch'.";
  // Tests see jsdom's globals there, and jsdom has no fetch().
  if (!/jsdom/.test(fromHost('navigator', 'userAgent'))) return message;
  return `${message} In a testEnvironment of your own: 'this.global.fetch = fetch'.`;
}
