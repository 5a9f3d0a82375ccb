// The packed package in the hands of others: what checks packages, what runs TypeScript, Jest, and bundlers.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { executableOf } from '../runtimes/host_process.js';
import { unpackPackage } from '../support/packed.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tools = path.join(root, 'tests', 'types', 'node_modules');
const { buildSync } = createRequire(path.join(tools, 'tsx', 'package.json'))('esbuild');

let folder;
let tarball;

beforeAll(() => {
  ({ folder, tarball } = unpackPackage('published'));
});

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true });
});

// Deno takes any FORCE_COLOR for a yes.
const { FORCE_COLOR, ...env } = { ...process.env, NO_COLOR: '1' };

/** @returns {string} what the program says, with what it complains of when it fails */
function say(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env,
    timeout: 60_000,
  });
  return status === 0 ? stdout.trim() : `${status}\n${stdout}${stderr}`;
}

/** @returns {string} the path of a new file */
function write(name, source) {
  const file = path.join(folder, name);
  writeFileSync(file, source);
  return file;
}

const node = (version) =>
  version === 20 ? process.execPath : executableOf(`node${version}`, 'bin/node');
const versions = [20, 22, 24, 26];

describe('what checks packages has nothing to say', () => {
  test('publint --strict', () => {
    const cli = path.join(tools, 'publint', 'src', 'cli.js');
    expect(say(process.execPath, [cli, '--strict', tarball])).toMatch(/All good!$/);
  });

  test('attw', () => {
    const cli = path.join(tools, '@arethetypeswrong', 'cli', 'dist', 'index.js');
    // Files of other kinds, without types, and an entry for bundlers that follow imports of core.wasm.
    const untyped = ['./core.wasm', './eventsource.js', './workerd'];
    const args = [cli, tarball, '--profile', 'node16', '--exclude-entrypoints', ...untyped];
    expect(say(process.execPath, args)).toMatch(/No problems found/);
  });
});

const imports = `
  import EventSource, { ErrorEvent, EventSource as Same } from 'eventsource-wasm';
  import * as all from 'eventsource-wasm';
  console.log(typeof EventSource, EventSource === Same, all.EventSource === Same, typeof ErrorEvent);`;
const requires = `
  const EventSource = require('eventsource-wasm');
  const { ErrorEvent, EventSource: Same, default: other } = EventSource;
  const made = new EventSource('http://127.0.0.1:1/');
  console.log(typeof EventSource, EventSource === Same, EventSource === other, typeof ErrorEvent);
  console.log(made instanceof Same, Object.keys(EventSource).length);
  made.close();`;
const imported = 'function true true function';
const required = `${imported}\ntrue 5`;

describe('one class under all its names', () => {
  const entries = ['eventsource-wasm', 'eventsource-wasm/js', 'eventsource-wasm/polyfill'];

  test.each(entries.flatMap((name) => versions.map((version) => [name, version])))(
    '%s in Node %i',
    (name, version) => {
      const esm = write('one.mjs', imports.replaceAll('eventsource-wasm', name));
      const cjs = write('one.cjs', requires.replaceAll('eventsource-wasm', name));
      expect(say(node(version), [esm])).toBe(imported);
      expect(say(node(version), [cjs])).toBe(required);
    },
  );

  const both = `
    import { createRequire } from 'node:module';
    import EventSource, { ErrorEvent } from 'NAME';
    const required = createRequire(import.meta.url)('NAME');
    console.log(required === EventSource, required.ErrorEvent === ErrorEvent);`;

  test.each(entries)('%s, imported and required', (name) => {
    const file = write('both.mjs', both.replaceAll('NAME', name));
    for (const version of versions) expect(say(node(version), [file])).toBe('true true');
    const bun = executableOf('@oven/bun-linux-x64', 'bin/bun');
    expect(say(bun, [file])).toBe('true true');
    const deno = executableOf(`@deno/linux-${process.arch}-glibc`, 'deno');
    expect(say(deno, ['run', '--allow-all', '--no-lock', file])).toBe('true true');
  });

  test('the polyfill is of the main entry', () => {
    const file = write(
      'polyfill.cjs',
      `delete globalThis.EventSource;
       const polyfill = require('eventsource-wasm/polyfill');
       const main = require('eventsource-wasm');
       console.log(polyfill === main, globalThis.EventSource === main);`,
    );
    for (const version of versions) expect(say(node(version), [file])).toBe('true true');
  });

  test('require() where no ES module can be required', () => {
    const file = write('no_esm.cjs', requires);
    expect(say(node(22), ['--no-experimental-require-module', file])).toBe(required);
  });
});

describe('tsx', () => {
  const cli = path.join(tools, 'tsx', 'dist', 'cli.mjs');
  const programs = {
    'required.cts': `import main = require('eventsource-wasm');
      const source: main = new main('http://127.0.0.1:1/');
      source.close();
      console.log(typeof main, main === main.EventSource, true, typeof main.ErrorEvent);`,
    'imported.cts': imports,
    'imported.mts': imports,
    'imported.ts': imports,
  };

  test.each(Object.keys(programs).flatMap((name) => versions.map((version) => [name, version])))(
    'runs %s in Node %i',
    (name, version) => {
      expect(say(node(version), [cli, write(name, programs[name])])).toBe(imported);
    },
  );
});

test('Jest, whose require() knows no ES modules', () => {
  write('required.test.js', `test('', () => {${requires}});`);
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--rootDir', folder, '--config', '{"modulePathIgnorePatterns": []}'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    // The options of the Jest that runs this would be those of the other as well.
    env: { ...process.env, NODE_OPTIONS: '' },
    timeout: 60_000,
  });
  expect(stderr).toMatch(/1 passed/);
  expect(status).toBe(0);
  for (const line of required.split('\n')) expect(stdout).toContain(line);
});

describe('bundlers', () => {
  test.each(
    ['node', 'browser', 'neutral'].flatMap((platform) =>
      ['esm', 'cjs'].flatMap((format) => [
        [platform, format, 'import', imports, imported],
        [platform, format, 'require', requires, required],
      ]),
    ),
  )('esbuild for %s, %s, by %s', (platform, format, way, source, expected) => {
    const outfile = path.join(folder, `bundle.${format === 'esm' ? 'mjs' : 'cjs'}`);
    const { warnings } = buildSync({
      entryPoints: [write(`bundle_${way}.js`, source)],
      bundle: true,
      platform,
      format,
      outfile,
      logLevel: 'silent',
    });
    expect(warnings).toEqual([]);
    expect(say(process.execPath, [outfile])).toBe(expected);
  });

  test('Rollup', async () => {
    const bundle = await rollup({
      input: write('rolled.js', imports),
      // A resolution of the one name, as any plugin would find it.
      plugins: [
        {
          name: 'resolve',
          resolveId: (id) =>
            id === 'eventsource-wasm'
              ? path.join(folder, 'node_modules/eventsource-wasm/dist/index.js')
              : null,
        },
      ],
      onLog: (level, { message }) => {
        throw new Error(`${level}: ${message}`);
      },
    });
    const file = path.join(folder, 'rolled.mjs');
    await bundle.write({ file, format: 'es' });
    expect(say(process.execPath, [file])).toBe(imported);
  });
});
