// The distributed files as users get them. They run in processes of their own: Jest's module system
// knows neither `module-sync` nor classic scripts.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = path.join(root, 'dist');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** What a module of ours prints, run from the root, where the package finds itself by its name. */
function node(source, type = 'module', options = []) {
  const args = [...options, `--input-type=${type}`, '--no-warnings', '--eval', source];
  return execFileSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    timeout: 30_000,
  }).trim();
}

/** Every path in a value of package.json's "exports". */
function targets(value) {
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(targets);
}

/**
 * The calls of functions that are written where they are called, in code that runs more than once: each time, the
 * engine makes one more function. Callbacks that were written where they are passed look like anybody's.
 *
 * @param {string} code
 * @param {number} around - functions that are around everything, and run once
 */
function functionsMadeForACall(code, around = 0) {
  const found = [];
  const repeats = (each) =>
    ts.isFunctionLike(each) ||
    (ts.isPropertyDeclaration(each) &&
      !each.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword));
  const visit = (each, depth) => {
    if (ts.isCallExpression(each) && depth > around) {
      let callee = each.expression;
      while (ts.isParenthesizedExpression(callee)) callee = callee.expression;
      if (ts.isFunctionExpression(callee) || ts.isArrowFunction(callee)) {
        found.push(each.getText().slice(0, 120));
      }
    }
    ts.forEachChild(each, (child) => visit(child, repeats(each) ? depth + 1 : depth));
  };
  const file = ts.createSourceFile('x.js', code, ts.ScriptTarget.Latest, true);
  expect(file.parseDiagnostics).toEqual([]);
  visit(file, 0);
  return found;
}

beforeAll(() => {
  if (!existsSync(dist)) throw new Error('There is no dist/: npm run build');
});

describe('package.json', () => {
  test.each([...new Set(targets(manifest.exports))])('exports %s, which exists', (file) => {
    expect(existsSync(path.join(root, file))).toBe(true);
  });

  test('says the same to a Metro that knows no exports', () => {
    const { require } = manifest.exports['.']['react-native'];
    expect(manifest['react-native']).toBe(require.default);
  });

  test('has no runtime dependencies', () => {
    expect(manifest.dependencies).toBeUndefined();
  });

  test('publishes dist/ and the papers, nothing else', () => {
    const [{ files }] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'], {
        cwd: root,
        encoding: 'utf8',
      }),
    );
    const others = files
      .map((file) => file.path)
      .filter((file) => !/^(dist\/|README|LICENSE|CHANGELOG|package\.json)/.test(file));
    expect(others).toEqual([]);
  });
});

describe('the entries', () => {
  const print = 'console.log(typeof EventSource, EventSource.name, EventSource.length)';

  test.each(['eventsource-wasm', 'eventsource-wasm/js'])('import %s', (name) => {
    expect(node(`import { EventSource } from '${name}'; ${print}`)).toBe('function EventSource 1');
  });

  test.each(['eventsource-wasm', 'eventsource-wasm/js'])('require %s', (name) => {
    const source = `const { EventSource } = require('${name}'); ${print}`;
    expect(node(source, 'commonjs')).toBe('function EventSource 1');
  });

  test('the CommonJS files themselves', () => {
    const require = createRequire(import.meta.url);
    for (const file of ['index.cjs', 'js.cjs', 'node/index.cjs', 'node/js.cjs']) {
      const name = JSON.stringify(require.resolve(path.join(dist, file)));
      expect(node(`const { EventSource } = require(${name}); ${print}`, 'commonjs')).toBe(
        'function EventSource 1',
      );
    }
  });

  // Jest's own process object does not say.
  const share = node('console.log(process.features.require_module)') === 'true' ? test : test.skip;
  share('import and require give one class where Node can require ES modules', () => {
    const source = `import { createRequire } from 'node:module';
      import { EventSource } from 'eventsource-wasm';
      const require = createRequire(process.cwd() + '/x.js');
      console.log(require('eventsource-wasm').EventSource === EventSource)`;
    expect(node(source)).toBe('true');
  });

  test('the polyfill sets the class of the main entry where there is none', () => {
    const source = `delete globalThis.EventSource;
      const { EventSource } = await import('eventsource-wasm');
      await import('eventsource-wasm/polyfill');
      console.log(globalThis.EventSource === EventSource,
        Object.prototype.propertyIsEnumerable.call(globalThis, 'EventSource'))`;
    expect(node(source)).toBe('true false');
  });

  test.each(['import', 'require'])('the polyfill leaves alone what is there (%s)', (way) => {
    const load =
      way === 'import'
        ? `await import('eventsource-wasm/polyfill')`
        : `require('./dist/polyfill.cjs')`;
    const source = `(async () => { globalThis.EventSource = 1; ${load};
      console.log(globalThis.EventSource) })()`;
    expect(node(source, way === 'import' ? 'module' : 'commonjs')).toBe('1');
  });

  describe('under the condition react-native', () => {
    const fetch = `globalThis.XMLHttpRequest = class {
      open(...args) { console.log(...args); process.exit(); }
    };`;

    test.each([
      ['import', `${fetch} const { EventSource } = await import('eventsource-wasm');`, 'module'],
      ['require', `${fetch} const { EventSource } = require('eventsource-wasm');`, 'commonjs'],
      ['the polyfill, by import', `${fetch} await import('eventsource-wasm/polyfill');`, 'module'],
      ['the polyfill, by require', `${fetch} require('eventsource-wasm/polyfill');`, 'commonjs'],
    ])('%s: an EventSource asks XMLHttpRequest', (_, load, type) => {
      const source = `${load} new EventSource('http://127.0.0.1:9/a');`;
      expect(node(source, type, ['--conditions=react-native'])).toBe('GET http://127.0.0.1:9/a');
    });

    test('without XMLHttpRequest, as in test environments, it asks fetch()', () => {
      const source = `globalThis.fetch = (url) => { console.log(url); process.exit(); };
        const { EventSource } = await import('eventsource-wasm');
        new EventSource('http://127.0.0.1:9/a');`;
      expect(node(source, 'module', ['--conditions=react-native'])).toBe('http://127.0.0.1:9/a');
    });
  });

  test.each(['import', 'require'])("xhrFetch is the host's to the main entry (%s)", (way) => {
    const load = (name) => (way === 'import' ? `await import('${name}')` : `require('${name}')`);
    // Of a fetch of the user's own, any scheme is asked.
    const source = `(async () => {
      const { EventSource } = ${load('eventsource-wasm')};
      const { xhrFetch } = ${load('eventsource-wasm/xhr')};
      new EventSource('app://a/', { fetch: xhrFetch }).onerror = ({ message }) => console.log(message);
    })()`;
    expect(node(source, way === 'import' ? 'module' : 'commonjs')).toBe(
      "The scheme 'app:' cannot be fetched.",
    );
  });

  test('the classic script defines the global eventsourceWasm', () => {
    const names = ['EventTarget', 'Event', 'MessageEvent', 'TextDecoder', 'WebAssembly', 'URL'];
    const globals = Object.fromEntries(names.map((name) => [name, globalThis[name]]));
    const context = vm.createContext(globals);
    vm.runInContext(readFileSync(path.join(dist, 'eventsource.js'), 'utf8'), context);
    expect(context.eventsourceWasm.EventSource.name).toBe('EventSource');
  });
});

describe('the files', () => {
  const names = existsSync(dist) ? readdirSync(dist, { recursive: true }) : [];
  const scripts = names.filter((name) => /\.c?js$/.test(name));
  const built = scripts.filter((name) => !name.startsWith('node/'));

  test.each(scripts)('%s is ASCII, and so safe in any charset', (name) => {
    expect(/^[\t\n\x20-\x7e]*$/.test(readFileSync(path.join(dist, name), 'latin1'))).toBe(true);
  });

  test.each(scripts)('%s has short lines, which Node prints when one throws', (name) => {
    const lines = readFileSync(path.join(dist, name), 'utf8').split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(200);
  });

  test.each(built.filter((name) => !/polyfill|^xhr/.test(name)))(
    '%s has kept what no minifier sees a reason for: js/stream/turns.js',
    (name) => {
      expect(readFileSync(path.join(dist, name), 'utf8')).toMatch(
        /async takeTurns\(\w+\)\{[^{}]*super\.\w+=[^{}]*do\{await\s/,
      );
    },
  );

  test('functions that are made only to be called are found', () => {
    const inlined = '((b) => b)(1)';
    for (const code of [`function f() { ${inlined}; }`, `class C { a = ${inlined}; }`]) {
      expect(functionsMadeForACall(code)).toEqual([inlined]);
    }
    for (const code of [inlined, `class C { static a = ${inlined}; static { ${inlined}; } }`]) {
      expect(functionsMadeForACall(code)).toEqual([]);
    }
  });

  // rollup.config.js: reduce_funcs
  test.each(scripts)(
    '%s has none of them: the minifier leaves functions where they are',
    (name) => {
      const code = readFileSync(path.join(dist, name), 'utf8');
      expect(functionsMadeForACall(code, name === 'eventsource.js' ? 1 : 0)).toEqual([]);
    },
  );

  const known = [
    'index.js',
    'index.cjs',
    'js.js',
    'js.cjs',
    'react_native.js',
    'react_native.cjs',
    'workerd.js',
    'eventsource.js',
  ];

  test.each(known)('the source map of %s leads to the sources, which it holds', (name) => {
    // Jest's own `node:module` has no SourceMap.
    const source = `import { readFileSync } from 'node:fs';
      import { SourceMap } from 'node:module';
      const code = readFileSync('dist/${name}', 'utf8');
      const [, file] = code.match(/\\n\\/\\/# sourceMappingURL=(\\S+)\\n*$/);
      const map = JSON.parse(readFileSync('dist/' + file, 'utf8'));
      const before = code.slice(0, code.indexOf('takeTurns(')).split('\\n');
      const entry = new SourceMap(map).findEntry(before.length - 1, before.at(-1).length);
      const at = map.sources.indexOf(entry.originalSource);
      const whole = map.sources.every((each, i) =>
        readFileSync('dist/' + each, 'utf8') === map.sourcesContent[i]);
      console.log(JSON.stringify([map.sources[at], whole,
        map.sourcesContent[at].split('\\n')[entry.originalLine].slice(entry.originalColumn)]))`;
    const [file, whole, line] = JSON.parse(node(source));
    expect([file, whole]).toEqual(['../js/stream/turns.js', true]);
    expect(line).toMatch(/^(static async )?takeTurns\(step\) \{$/);
  });

  test.each(built)('%s names its source map, which is published', (name) => {
    const [, map] = readFileSync(path.join(dist, name), 'utf8').match(/sourceMappingURL=(\S+)/);
    expect(map).toBe(`${name}.map`);
    expect(existsSync(path.join(dist, map))).toBe(true);
  });

  describe('what nobody catches', () => {
    const thrown = (...options) => {
      const source = `import { EventSource } from 'eventsource-wasm';
        EventSource.from(new Response('data\\n\\n').body).onmessage = () => { throw new Error('mine'); };`;
      const args = [...options, '--input-type=module', '--eval', source];
      const { status, stderr } = spawnSync(process.execPath, args, {
        cwd: root,
        encoding: 'utf8',
        timeout: 30_000,
      });
      expect(status).toBe(1);
      expect(stderr).toMatch(/^Error: mine$/m);
      return stderr;
    };

    test('is printed on a page', () => {
      expect(thrown().length).toBeLessThan(2000);
    });

    test('is printed with the places in the sources, if Node is asked to', () => {
      const stack = thrown('--enable-source-maps');
      expect(stack.length).toBeLessThan(2000);
      expect(stack).toMatch(/js[/]interface[/]listeners\.js:\d+/);
      expect(stack).not.toMatch(/dist[/]index\.js/);
    });
  });

  test('the JavaScript entries never compile WebAssembly', () => {
    for (const name of ['js.js', 'react_native.js']) {
      expect(readFileSync(path.join(dist, name), 'utf8')).not.toMatch(
        /WebAssembly\.|new WebAssembly/,
      );
    }
  });
});
