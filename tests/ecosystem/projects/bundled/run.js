// Runs a bundle that was made for browsers.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @type {any} */ (globalThis).FEED = process.env.FEED;
await import(pathToFileURL(path.resolve(process.argv[2])).href);
