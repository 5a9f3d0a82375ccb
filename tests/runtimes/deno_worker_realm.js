/**
 * Runs the suite in a worker of Deno, which differs from its main realm: it has a location, so that
 * relative URLs can be resolved, although its fetch() enforces no CORS.
 */
import { pathToFileURL } from 'node:url';
import { runConfigured } from './run_configured.js';
import { onUncaughtInRealm } from './uncaught_in_realm.js';

globalThis.onmessage = async ({ data }) => {
  const { entry, ...config } = JSON.parse(data);
  const { EventSource } = await import(pathToFileURL(entry).href);
  const results = await runConfigured(EventSource, config, {
    onUncaught: onUncaughtInRealm,
    baseURL: location.href,
  });
  postMessage(JSON.stringify(results));
};
