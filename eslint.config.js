import js from '@eslint/js';
import globals from 'globals';
import jsdoc from 'eslint-plugin-jsdoc';
import { roomsRule } from './tests/tools/rooms_rule.js';

// The shim runs wherever these exist or may be missing. Node's own globals are not among them.
const webPlatform = [
  'AbortController',
  'AbortSignal',
  'DOMException',
  'Event',
  'EventTarget',
  'Headers',
  'MessageEvent',
  'ReadableStream',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'WebAssembly',
  'XMLHttpRequest',
  'atob',
  'clearTimeout',
  'console',
  'document',
  'fetch',
  'location',
  'performance',
  'queueMicrotask',
  'reportError',
  'self',
  'setTimeout',
];

const strict = {
  curly: ['error', 'multi-line'],
  eqeqeq: 'error',
  'no-constructor-return': 'error',
  'no-else-return': 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-return-assign': 'error',
  'no-self-compare': 'error',
  'no-sequences': 'error',
  'no-shadow': 'error',
  'no-throw-literal': 'error',
  'no-unneeded-ternary': 'error',
  'no-unused-expressions': 'error',
  'no-unused-vars': ['error', { caughtErrors: 'none', ignoreRestSiblings: true }],
  'no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
  'no-useless-concat': 'error',
  'no-useless-rename': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-arrow-callback': 'error',
  'prefer-const': 'error',
  'prefer-object-has-own': 'error',
  radix: 'error',
};

export default [
  { ignores: ['**/build/', 'coverage/', 'dist/', 'wasm/core_bytes.js', 'wasm/core_js.js'] },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  js.configs.recommended,
  { rules: strict },
  {
    files: ['js/**/*.js'],
    plugins: { jsdoc, rooms: { rules: { down: roomsRule } } },
    languageOptions: {
      ecmaVersion: 2022,
      globals: Object.fromEntries(webPlatform.map((name) => [name, 'readonly'])),
    },
    settings: { jsdoc: { mode: 'typescript' } },
    rules: {
      'no-console': 'error',
      'rooms/down': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportExpression',
          message: 'Service workers have no import(): import statically.',
        },
        {
          selector: 'AwaitExpression:not(:function AwaitExpression)',
          message: 'Service workers and require() have no top-level await.',
        },
        {
          selector: 'MetaProperty[meta.name="import"]',
          message: 'Classic scripts and CommonJS have no import.meta.',
        },
        {
          selector: 'StaticBlock',
          message: "React Native's preset cannot compile static blocks: call a static method.",
        },
        {
          selector: 'ObjectExpression > Property Super',
          message: 'Hermes knows no super in object literals, and no preset lowers it.',
        },
        {
          // Of what inherits from the host, be it by joinHost().
          selector:
            ':matches(:has(> .superClass), [id.name="StreamEvent"]) > ClassBody > ' +
            'PropertyDefinition[key.type!="PrivateIdentifier"]',
          message:
            "Expo's preset assigns fields where the language defines them: assign in the constructor.",
        },
      ],
      'jsdoc/check-alignment': 'error',
      'jsdoc/check-param-names': 'error',
      'jsdoc/check-property-names': 'error',
      'jsdoc/check-tag-names': 'error',
      'jsdoc/check-types': 'error',
      'jsdoc/require-jsdoc': ['error', { publicOnly: true }],
      'jsdoc/require-param': 'error',
      'jsdoc/require-param-type': 'error',
      'jsdoc/require-returns-type': 'error',
      'jsdoc/valid-types': 'error',
    },
  },
  {
    files: ['js/**/*.cjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly' } },
  },
  {
    files: ['*.js', 'wasm/**/*.js'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['tests/**/*.{js,mjs}', 'demo/**/*.{js,mjs}', 'bench/**/*.js'],
    languageOptions: {
      globals: {
        ...globals.node,
        ...globals.browser,
        ...globals.serviceworker,
        ...globals.sharedWorker,
        eventsourceWasm: 'readonly',
      },
    },
  },
  {
    files: ['tests/**/*.{js,mjs}'],
    languageOptions: { globals: globals.jest },
  },
  {
    files: ['tests/lowered/hermes_*.js'],
    languageOptions: { globals: { module: 'readonly', print: 'readonly', runTasks: 'readonly' } },
  },
];
