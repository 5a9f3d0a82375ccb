// The examples in the documents: each runs as a module of its own, in a process of its own, against a server (snippet_server.js), with
// the packed package. It must ask that server for something, come to every line that prints, print there what a comment
// behind the line says, and do nothing that ends a process: an exception, or a rejection that nobody handles.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unpackPackage } from '../support/packed.js';
import { CLASSES, blocksOf, root } from './document_blocks.js';
import { startSnippetServer } from './snippet_server.js';

const documents = ['docs/api.md', 'README.md'];
const blocks = documents.flatMap((name) => blocksOf(name));
const of = (kind) => blocks.filter((block) => block.kind === kind);

/** Of real time, in which 20 times as much passes for an example. */
const MILLISECONDS = 20_000;

/** More than any example needs: it does not come to what it shows. */
const MOST_REQUESTS = 40;

let folder;
let server;
let child;

beforeAll(() => {
  ({ folder } = unpackPackage('snippets'));
  const modules = path.join(folder, 'node_modules');
  symlinkSync(path.join(root, 'tests/package/node_modules/undici'), path.join(modules, 'undici'));
  // Where the examples say that a page has it.
  symlinkSync(
    path.join(modules, 'eventsource-wasm', 'dist'),
    path.join(folder, 'eventsource-wasm'),
  );
});

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true });
});

afterEach(() => {
  child?.kill('SIGKILL');
  server?.close();
  child = server = undefined;
});

/**
 * @param {string} code
 * @param {string} origin
 * @returns {string} the module: of as many lines
 */
function moduleOf(code, origin) {
  const hasImport = /^import .*\bEventSource\b|eventsourceWasm\./m.test(code);
  return `${hasImport ? '' : "import { EventSource } from 'eventsource-wasm'; "}${code
    .replaceAll('https://example.com', origin)
    .replaceAll('http://proxy.example:3128', origin)}`;
}

/**
 * @param {string} code
 * @returns {Map<number, string[]>} the lines that print, and what, one after the other, where the example says so
 */
function printing(code) {
  const lines = code.split('\n').map((line, index) => [index + 1, line]);
  return new Map(
    lines
      .filter(([, line]) => line.includes('console.'))
      .map(([number, line]) => [number, /\); \/\/ (.*)$/.exec(line)?.[1].split(', then ') ?? []]),
  );
}

/**
 * @param {string} code
 * @param {string[]} preloads
 * @param {boolean} isAlone - it must ask the server for nothing
 * @returns {Promise<string>} what is wrong with it; empty where nothing is
 */
async function run(code, preloads, isAlone = false) {
  const missing = printing(code);
  let printed = '';
  let isThere = false;
  const judge = (asked) => {
    if (isThere) return;
    isThere = missing.size === 0 && printed !== '' && (isAlone || asked.length > 0);
    // It may be about to end by itself.
    if (isThere && running.connected) running.send('finish', () => {});
    if (asked.length > MOST_REQUESTS) running.kill('SIGKILL');
  };
  server = await startSnippetServer(judge);
  const { origin, requests } = server;
  const place = path.join(folder, `run-${Math.random().toString(36).slice(2)}`);
  mkdirSync(place);
  symlinkSync(path.join(folder, 'eventsource-wasm'), path.join(place, 'eventsource-wasm'));
  const file = path.join(place, 'snippet.mjs');
  writeFileSync(file, moduleOf(code, origin));

  const imports = preloads.flatMap((name) => [
    '--import',
    path.join(root, 'tests', 'package', name),
  ]);
  child = spawn(process.execPath, [...imports, file], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, SNIPPET_ORIGIN: origin, SNIPPET_FOLDER: folder },
  });
  const running = child;
  let complaints = '';
  child.stderr.on('data', (text) => {
    complaints += text;
  });

  return new Promise((resolve) => {
    const timer = setTimeout(() => running.kill('SIGKILL'), MILLISECONDS);
    running.on('message', ({ line, text }) => {
      printed += `${line}: ${text}\n`;
      const [wanted, ...others] = missing.get(line) ?? [];
      if (wanted === undefined || (wanted === text && others.length === 0)) missing.delete(line);
      else if (wanted === text) missing.set(line, others);
      judge(requests);
    });
    running.on('error', (error) => resolve(String(error)));
    running.on('close', (status, signal) => {
      clearTimeout(timer);
      const problems = [
        status === 0 ? '' : `it ended with ${status ?? signal}`,
        requests.length > 0 || isAlone ? '' : 'it asked the server for nothing',
        requests.length > 0 && isAlone ? 'it asked the server' : '',
        printed ? '' : 'it printed nothing',
        ...[...missing].map(([line, [text = 'anything']]) => `line ${line} did not print ${text}`),
        complaints && `it complained: ${complaints}`,
      ].filter(Boolean);
      const trace = `\nasked: ${requests.slice(0, 9).join(', ')}\nprinted:\n${printed.slice(0, 500)}`;
      resolve(problems.length > 0 ? problems.join('\n') + trace : '');
    });
  });
}

test('every block is of one class', () => {
  const counts = Object.fromEntries(CLASSES.map((kind) => [kind, of(kind).length]));
  const unknown = blocks.filter(({ kind }) => !CLASSES.includes(kind));
  expect(unknown.map(({ name, kind }) => `${name} ${kind}`)).toEqual([]);
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(blocks.length);
  expect(Object.values(counts).every((count) => count > 0)).toBe(true);
});

describe('in Node', () => {
  test.each(of('js').map(({ name, code }) => [name, code]))(
    '%s',
    async (_, code) => expect(await run(code, ['snippet_child.js'])).toBe(''),
    MILLISECONDS + 10_000,
  );
});

describe('in Node, without a server', () => {
  test.each(of('js alone').map(({ name, code }) => [name, code]))(
    '%s',
    async (_, code) => expect(await run(code, ['snippet_child.js'], true)).toBe(''),
    MILLISECONDS + 10_000,
  );
});

describe('with a stand-in of a browser', () => {
  test.each(of('js browser').map(({ name, code }) => [name, code]))(
    '%s',
    async (_, code) => expect(await run(code, ['snippet_child.js', 'snippet_page.js'])).toBe(''),
    MILLISECONDS + 10_000,
  );
});

describe('what is wrong with an example is found', () => {
  const feed = "const source = new EventSource('https://example.com/feed');\n";

  test.each([
    ['an exception', `${feed}console.log(1); throw new Error('no');`, /ended with 1/],
    [
      'an exception later',
      `${feed}source.onopen = () => { console.log(1); no(); };`,
      /ended with 1/,
    ],
    ['a rejection', `${feed}console.log(1); Promise.reject(new Error('no'));`, /ended with 1/],
    [
      'a line that is not reached',
      `${feed}source.onmessage = () => console.log(1);
      source.addEventListener('nothing', () => console.log(2)); source.onerror = () => source.close();`,
      /line 3 did not print/,
    ],
    [
      'another text',
      `${feed}source.onmessage = () => {\n  console.log(1); // 2\n  source.close(); };`,
      /line 3 did not print 2/,
    ],
    ['no request', 'console.log(EventSource.CLOSED);', /asked the server for nothing/],
    ['no word', `${feed}source.onmessage = () => source.close();`, /printed nothing/],
  ])(
    '%s',
    async (_, code, problem) => {
      expect(await run(code, ['snippet_child.js'])).toMatch(problem);
    },
    MILLISECONDS + 10_000,
  );
});

test('what a Jest of its own runs is what the documents say', () => {
  const file = path.join(root, 'tests', 'ecosystem', 'projects', 'jest', 'jsdom_with_fetch.js');
  expect(of('js jest').map(({ code }) => code)).toEqual([readFileSync(file, 'utf8')]);
});

test('what is TypeScript compiles', async () => {
  const files = of('ts').map(({ name, code }) => {
    const file = path.join(folder, `${name.replace(/\W/g, '_')}.ts`);
    writeFileSync(file, code);
    return file;
  });
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2022', 'dom', 'dom.iterable', 'esnext.disposable'],
    types: [],
  };
  const config = path.join(folder, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  const compiler = spawn(process.execPath, [tsc, '-p', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = compiler;
  let output = '';
  for await (const text of compiler.stdout) output += text;
  expect(output).toBe('');
}, 60_000);
