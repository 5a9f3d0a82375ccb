// The declarations as users get them: the packed package, unpacked where a compiler looks for it. A line
// that must not compile has a `@ts-expect-error` above it, which is an error itself when the line does.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackPackage } from '../support/packed.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tests = path.join(root, 'tests', 'types');

const newest = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const oldest = path.join(tests, 'node_modules', 'typescript-5.0', 'bin', 'tsc');

let folder;

beforeAll(() => {
  ({ folder } = unpackPackage('types'));
  for (const name of readdirSync(tests)) {
    if (/\.[cm]?ts$/.test(name)) copyFileSync(path.join(tests, name), path.join(folder, name));
  }
});

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true });
});

/**
 * @param {string} tsc
 * @param {string[]} files
 * @param {object} options
 * @returns {string} what the compiler complains of
 */
function complaints(tsc, files, options) {
  const config = path.join(folder, `tsconfig-${Math.random().toString(36).slice(2)}.json`);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: false,
    target: 'es2022',
    types: [],
    typeRoots: [path.join(tests, 'node_modules', '@types')],
    ...options,
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  try {
    return execFileSync(process.execPath, [tsc, '-p', config], { cwd: root, encoding: 'utf8' });
  } catch (error) {
    return error.stdout || String(error);
  }
}

const dom = ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'];
const anyHost = ['options.ts', 'failures.ts', 'peer_names.ts'];
const imported = ['standard.ts', 'named_events.ts', 'beyond.ts', 'entries.mts', ...anyHost];
const required = ['entries.cts', 'default.cts'];
const all = [...imported, ...required];
const node = { module: 'nodenext' };
const bundler = { module: 'esnext', moduleResolution: 'bundler' };

describe('the newest TypeScript', () => {
  test.each([
    ['in a bundler', imported, { ...bundler, lib: dom }],
    [
      'in Node with "dom", Symbol.dispose and exact optional properties',
      [...all, 'dispose.ts'],
      { ...node, lib: [...dom, 'esnext.disposable'], exactOptionalPropertyTypes: true },
    ],
    ['in a worker', all, { ...node, lib: ['es2022', 'webworker', 'webworker.iterable'] }],
    ['without any host', ['no_host.ts', 'entries.mts'], { ...bundler, lib: ['es2022'] }],
    [
      'with the types of Node',
      ['node.ts', ...anyHost, ...required],
      { ...node, lib: ['es2023'], types: ['node'] },
    ],
    [
      'in CommonJS without esModuleInterop',
      ['entries.cts'],
      {
        ...node,
        lib: dom,
        esModuleInterop: false,
        allowSyntheticDefaultImports: false,
        ignoreDeprecations: '6.0',
      },
    ],
    [
      'in CommonJS with verbatimModuleSyntax',
      ['verbatim.cts'],
      { ...node, lib: dom, verbatimModuleSyntax: true, isolatedModules: true },
    ],
    [
      'with the types of Node and "dom"',
      [...all, 'dispose.ts', 'node.ts'],
      { ...node, lib: [...dom, 'esnext.disposable'], types: ['node'] },
    ],
  ])(
    '%s',
    (_, files, options) => {
      expect(complaints(newest, files, options)).toBe('');
    },
    180_000,
  );
});

describe('TypeScript 5.0', () => {
  const domOf5 = ['es2022', 'dom', 'dom.iterable'];

  test.each([
    ['in Node with "dom"', all, { module: 'node16', lib: domOf5 }],
    [
      'in CommonJS without esModuleInterop',
      ['entries.cts'],
      { module: 'node16', lib: domOf5, esModuleInterop: false },
    ],
    ['in a bundler', imported, { ...bundler, lib: domOf5 }],
    ['without any host', ['no_host.ts', 'entries.mts'], { ...bundler, lib: ['es2022'] }],
    [
      'with a resolution that knows no "exports"',
      required,
      { module: 'commonjs', moduleResolution: 'node10', lib: domOf5, esModuleInterop: true },
    ],
  ])(
    '%s',
    (_, files, options) => {
      expect(complaints(oldest, files, options)).toBe('');
    },
    180_000,
  );
});
