/**
 * Runs the suite in this Node process over React Native's own XMLHttpRequest, and sends the results to the parent.
 *
 *     node tests/runtimes/react_native_child.js --platform ios --entry js/entries/react_native.js --config JSON
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { becomeReactNative } from '../react_native/globals.js';
import { capabilitiesOfEntry } from './capabilities.js';
import { httpFetch } from './http_fetch.js';
import { runConfigured } from './run_configured.js';
import { onUncaughtInProcess } from './uncaught_in_process.js';

const { values } = parseArgs({
  options: {
    platform: { type: 'string', default: 'ios' },
    entry: { type: 'string', default: 'js/entries/react_native.js' },
    config: { type: 'string', default: '{}' },
  },
});
const config = { name: `React Native, ${values.platform}`, ...JSON.parse(values.config) };

becomeReactNative(/** @type {'ios' | 'android'} */ (values.platform));

const { EventSource } = await import(pathToFileURL(values.entry).href);
const results = await runConfigured(EventSource, config, {
  fetch: httpFetch,
  onUncaught: onUncaughtInProcess,
  capabilities: ['uncaught-hook', ...capabilitiesOfEntry(values.entry, false)],
});
process.send?.(results, () => process.exit(0));
