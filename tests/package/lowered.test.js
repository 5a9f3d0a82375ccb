// The published files as React Native's and Expo's presets compile them, and class fields as assignments: what comes
// out has to behave as what went in. docs/decisions/0040-files-that-other-compilers-lower.md
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeRuntimes } from '../runtimes/in_jest.js';
import { lower, PROFILES } from '../lowered/lower.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(root, 'build', 'lowered');

/** @returns {string} the path of the file that was compiled, from the root */
function lowered(profile, file) {
  const code = lower(readFileSync(path.join(root, 'dist', file), 'utf8'), profile);
  const { name, ext } = path.parse(file);
  const target = path.join(folder, profile, ext.slice(1), `${name}.cjs`);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, code);
  return path.relative(root, target);
}

const program = `
  const { EventSource } = require(process.argv[1]);
  const source = EventSource.from(new Response('id: 7\\ndata: text\\n\\n').body);
  const log = [];
  source.onopen = (event) => log.push([event.type, event.isTrusted]);
  source.onmessage = (event) => log.push([event.data, event.lastEventId, event.isTrusted]);
  source.onerror = (event) => {
    log.push([event.type, event.isTrusted, event instanceof Event, Object.keys(event)]);
    console.log(JSON.stringify(log));
  };`;

const profiles = Object.keys(PROFILES);
const every = [
  ...profiles.flatMap((profile) =>
    ['index.js', 'js.js', 'react_native.js'].map((file) => [profile, file]),
  ),
  // What Metro requires is CommonJS already.
  ...profiles
    .filter((name) => /default|stable/.test(name))
    .map((profile) => [profile, 'react_native.cjs']),
];

test.each(every)('%s compiles %s, and events come', (profile, file) => {
  const entry = path.join(root, lowered(profile, file));
  const output = execFileSync(process.execPath, ['--eval', program, entry], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(JSON.parse(output)).toEqual([
    ['open', true],
    ['text', '7', true],
    ['error', true, true, ['isTrusted']],
  ]);
});

test.each(profiles)('%s compiles xhr.js', (profile) => {
  const entry = path.join(root, lowered(profile, 'xhr.js'));
  const source = `
    globalThis.XMLHttpRequest = class {
      open(...args) { console.log(...args); process.exit(); }
    };
    require(process.argv[1]).xhrFetch('http://127.0.0.1:9/a');`;
  const output = execFileSync(process.execPath, ['--eval', source, entry], { encoding: 'utf8' });
  expect(output.trim()).toBe('GET http://127.0.0.1:9/a');
});

// The engine that has neither classes nor async functions, and what its presets leave as it is has to be in it.
test.each(['react-native-default', 'expo-default', 'expo-hermes-v0'])(
  '%s gives what Hermes 0.12 runs',
  (profile) => {
    const tests = path.join(root, 'tests', 'lowered');
    const engine = 'node_modules/hermes-engine-cli/linux64-bin/hermes';
    const parts = ['tests/lowered/hermes_host.js', lowered(profile, 'react_native.js')];
    const code = [...parts, 'tests/lowered/hermes_program.js'].map((file) =>
      readFileSync(path.join(root, file), 'utf8'),
    );
    const script = path.join(folder, profile, 'hermes.js');
    writeFileSync(script, code.join('\n;'));
    const output = execFileSync(path.join(tests, engine), ['-Xmicrotask-queue', script], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(output.trim().split('\n')).toEqual([
      'open true',
      'text 7 isTrusted',
      'tick ""',
      'The stream ended. true 0',
    ]);
  },
);

// Those two change most: classes become functions, fields are assigned, private names become properties.
const suite = (profile, file) => ({
  title: `${profile}, ${file}`,
  args: ['node', '--entry', lowered(profile, file), '--lacks', 'accessor-names'],
});
await describeRuntimes([suite('react-native-default', 'index.js'), suite('expo-default', 'js.js')]);
