/**
 * Runs the suite in a worker of Deno, which differs from its main realm: it has a location, so that
 * relative URLs can be resolved, although its fetch() enforces no CORS.
 */
import { pathToFileURL } from 'node:url';
import { capabilitiesOfRealm } from './capabilities.js';
import { runSuite } from './run_suite.js';
import { onUncaughtInRealm } from './uncaught_in_realm.js';

globalThis.onmessage = async ({ data }) => {
  const { name, entry, base, crossBase, controlBase, capabilities, filter, concurrency } =
    JSON.parse(data);
  const { EventSource } = await import(pathToFileURL(entry).href);
  const results = await runSuite({
    EventSource,
    base,
    crossBase,
    filter,
    concurrency,
    environment: {
      name,
      controlBase,
      onUncaught: onUncaughtInRealm,
      baseURL: location.href,
      capabilities: [...capabilitiesOfRealm(), ...capabilities],
    },
  });
  postMessage(JSON.stringify(results));
};
