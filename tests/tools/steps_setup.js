// Gets what a fresh clone on a fresh machine lacks.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { installPackages } from './debian_packages.js';
import { root } from './paths.js';

/**
 * @param {string[]} groups the groups that will run
 * @returns {import('./scheduler.js').Step[]}
 */
export function setupSteps(groups) {
  return [
    {
      name: 'packages',
      group: 'setup',
      run: (context) => installPackages(context, groups),
    },
    npmStep('node_modules', '.'),
    // The runtimes that the suite runs in: a project of its own, which no user of the package installs.
    npmStep('runtimes', 'tests/runtimes'),
    npmStep('interop', 'tests/interop'),
    npmStep('compilers', 'tests/types'),
    npmStep('examples', 'tests/package'),
    npmStep('lowered', 'tests/lowered'),
    npmStep('ecosystem', 'tests/ecosystem'),
    npmStep('react_native', 'tests/react_native'),
  ];
}

/**
 * @param {string} name
 * @param {string} folder with a package-lock.json
 * @returns {import('./scheduler.js').Step}
 */
export function npmStep(name, folder) {
  return {
    name,
    group: 'setup',
    async run(context) {
      if (isInstalled(folder)) return { note: 'as locked' };
      const args = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
      await context.exec('npm', ['ci', ...args], { seconds: 600 });
      return { note: 'installed' };
    },
  };
}

/** Whether node_modules holds what package-lock.json says. npm keeps its own list of what it laid. */
function isInstalled(folder) {
  const locked = lockedPackages(path.join(folder, 'package-lock.json'));
  const present = lockedPackages(path.join(folder, 'node_modules/.package-lock.json'));
  if (!locked || !present) return false;
  // Packages for other platforms are locked, too, but not laid.
  const complete = Object.entries(locked).every(
    ([name, { optional }]) => name === '' || optional || name in present,
  );
  return (
    complete &&
    Object.entries(present).every(([name, { version }]) => locked[name]?.version === version)
  );
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return null;
  }
}
