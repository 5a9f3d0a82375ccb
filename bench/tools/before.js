// A run that compares this build with an earlier one, and with nobody else: `--before FOLDER`.
import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { contestants } from '../contestants/index.js';
import { parsers } from '../parsers/index.js';
import { entries } from '../suites/entries.js';
import { buildFolder } from './paths.js';

/** Where the earlier build is copied to: pages are served nothing from outside of the repository. */
export const beforeFolder = path.join(buildFolder, 'before');

const NAME = 'before';

/** @param {Record<string, unknown>} members */
function keepOurs(members) {
  for (const name of Object.keys(members)) {
    if (name !== 'eventsource_wasm') delete members[name];
  }
}

/**
 * Makes the earlier build take part, and leaves out all others.
 *
 * @param {string} folder a dist/ of this package
 * @throws {Error} where it is none
 */
export function takePartBefore(folder) {
  if (!existsSync(path.join(folder, 'index.js'))) {
    throw new Error(
      `--before: there is no index.js in ${folder}. Build the earlier version first.`,
    );
  }
  rmSync(beforeFolder, { recursive: true, force: true });
  cpSync(folder, beforeFolder, { recursive: true });
  keepOurs(contestants);
  keepOurs(entries);
  for (const name of Object.keys(parsers)) delete parsers[name];
  contestants[NAME] = { title: 'before', ours: true };
  entries[NAME] = {
    ...entries.eventsource_wasm,
    installed: path.join(beforeFolder, 'index.js'),
    module: path.join(beforeFolder, 'index.js'),
    script: path.join(beforeFolder, 'eventsource.js'),
  };
}
