import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import terser from '@rollup/plugin-terser';
import { commonJs, esModule, reExport } from './rollup.declarations.js';

/** What a page may cost, gzipped, by file of dist/. */
const budgets = { 'index.js': 22_875, 'js.js': 19_890, 'xhr.js': 2_200 };

/** Fails the build when a file outgrows its budget. */
function budget() {
  return {
    name: 'budget',
    generateBundle(_options, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        const limit = budgets[name];
        if (limit === undefined) continue;
        const size = gzipSync(file.code, { level: 9 }).length;
        const figures = `dist/${name}: ${size} bytes gzipped of ${limit}`;
        if (size > limit) this.error(`${figures}: too large`);
        process.stdout.write(`${figures}\n`);
      }
    },
  };
}

/**
 * Properties of our own objects that no user ever holds, by names that nothing else has: not the interface,
 * not its options, not the exports of the core (which core.wasm spells out), and no host.
 */
const internalProperties = [
  'announced',
  'authorization',
  'callback',
  'capturing',
  'carriesId',
  'consumed',
  'contentType',
  'creation',
  'dispatch',
  'dispatchNew',
  'ended',
  'failed',
  'following',
  'getHandler',
  'handle',
  'hasNext',
  'holdBack',
  'interrupted',
  'invokeAll',
  'isFinal',
  'elapsed',
  'isReading',
  'isSet',
  'isStarved',
  'leave',
  'listOf',
  'lost',
  'machine',
  'reachPrivates',
  'reading',
  'references',
  'release',
  'retryAfter',
  'setHandler',
  'suspend',
  'sweep',
  'taskReasons',
  'thrown',
  'unreadable',
  'watch',
];

const minify = terser({
  ecma: 2020,
  // A page can read the class's name, in hosts without EventTarget its parent's, and in hosts without
  // MessageEvent that of the events' class.
  keep_classnames: /^(ErrorEvent|EventSource|EventTarget|StreamEvent)$/,
  compress: {
    passes: 3,
    inline: 1,
    // What gzip makes less of.
    lhs_constants: false,
    loops: false,
    sequences: false,
    // A function that is called in one place alone would be written there, and made anew for every call.
    reduce_funcs: false,
    unsafe_arrows: true,
    unsafe_methods: true,
  },
  mangle: { properties: { regex: new RegExp(`^(${internalProperties.join('|')})$`) } },
  // The embedded module must survive being served in any charset. Node prints the line that threw before the stack
  // of an exception that nobody catches; newlines in place of semicolons cost gzip less than newlines anywhere.
  format: { ascii_only: true, max_line_len: 200, semicolons: false, quote_style: 1 },
});

const entries = {
  index: 'js/entries/index.js',
  js: 'js/entries/js.js',
  polyfill: 'js/entries/polyfill.js',
  react_native: 'js/entries/react_native.js',
  react_native_polyfill: 'js/entries/polyfill.js',
  xhr: 'js/entries/xhr.js',
};

/** The polyfill shares the main entry's class (and its one instance of the core), not a copy. */
const mainEntry = path.resolve(entries.index);

/**
 * `require()` gives the class, which has the exports as properties of its own:
 * docs/decisions/0042-one-class-for-import-and-require.md
 */
const exportsOfClass = `const main = exports.EventSource;
for (const name of Object.getOwnPropertyNames(exports)) {
  Object.defineProperty(main, name, { value: exports[name], configurable: true, writable: true });
}
module.exports = main;`;

/** The entries that Node's `require()` finds there. */
const inNode = ['index', 'js', 'polyfill'];

/** Node's `require()`: js/entries/node.cjs, for each of them. */
function requireInNode(name) {
  return {
    name: 'require-in-node',
    generateBundle() {
      const source = readFileSync('js/entries/node.cjs', 'utf8').replaceAll('/index.', `/${name}.`);
      this.emitFile({ type: 'asset', fileName: `node/${name}.cjs`, source });
    },
  };
}

const code = Object.entries(entries).map(([name, input]) => ({
  input,
  external: input === entries.polyfill ? [mainEntry] : [],
  plugins: [minify],
  output: ['js', 'cjs'].map((extension) => ({
    file: `dist/${name}.${extension}`,
    format: extension === 'js' ? 'es' : 'cjs',
    exports: 'named',
    outro: extension === 'js' || input === entries.xhr ? '' : exportsOfClass,
    sourcemap: true,
    paths: { [mainEntry]: `./${name === 'polyfill' ? 'index' : 'react_native'}.${extension}` },
    plugins: extension === 'js' ? [budget()] : inNode.includes(name) ? [requireInNode(name)] : [],
  })),
}));

/** workerd compiles the module itself: the import stays, and the file lies beside. */
const coreModule = path.resolve('wasm/core.wasm');

function copyCore() {
  return {
    name: 'copy-core',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'core.wasm', source: readFileSync(coreModule) });
    },
  };
}

const declarations = [
  ...Object.keys(entries).flatMap((name) => [`${name}.d.ts`, `${name}.d.cts`]),
  'workerd.d.ts',
];

/** The main entry and xhr are declared by hand. All others export what the main one does. */
function declare() {
  return {
    name: 'declare',
    generateBundle() {
      const main = readFileSync('js/interface/types.d.ts', 'utf8');
      const xhr = readFileSync('js/connection/xhr_types.d.ts', 'utf8');
      for (const fileName of declarations) {
        const isCommonJs = fileName.endsWith('.cts');
        let source = reExport(isCommonJs);
        if (fileName.startsWith('index.')) source = (isCommonJs ? commonJs : esModule)(main);
        if (fileName.startsWith('xhr.')) source = xhr;
        this.emitFile({ type: 'asset', fileName, source });
      }
    },
  };
}

const workerd = {
  input: 'js/entries/workerd.js',
  external: [coreModule],
  plugins: [minify, copyCore(), declare()],
  output: {
    dir: 'dist',
    format: 'es',
    sourcemap: true,
    paths: { [coreModule]: './core.wasm' },
  },
};

/** For `<script>` and `importScripts`: `new eventsourceWasm.EventSource(url)`. */
const classicScript = {
  input: entries.index,
  plugins: [minify],
  output: {
    file: 'dist/eventsource.js',
    format: 'iife',
    name: 'eventsourceWasm',
    exports: 'named',
    sourcemap: true,
  },
};

export default [...code, workerd, classicScript];
