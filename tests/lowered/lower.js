// Compiles a published file as apps do that bundle for React Native: they compile node_modules, too.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Metro says so much of the file and of the app; both presets ask for it. */
const caller = { name: 'metro', bundler: 'metro', platform: 'ios', isNodeModule: true };

/**
 * @param {string} profile
 * @returns {[string, object]} a preset, with helpers written into the file in place of an import for each
 */
const reactNative = (profile) => [
  '@react-native/babel-preset',
  { unstable_transformProfile: profile, enableBabelRuntime: false },
];

/**
 * @param {string} profile
 * @returns {[string, object]}
 */
const expo = (profile) => [
  'babel-preset-expo',
  { unstable_transformProfile: profile, enableBabelRuntime: false },
];

/**
 * By name: the preset (none means Babel alone), and what else Babel is told.
 *
 * @type {Record<string, {preset?: [string, object], options?: import('@babel/core').TransformOptions}>}
 */
export const PROFILES = {
  'react-native-default': { preset: reactNative('default') },
  'react-native-hermes-stable': { preset: reactNative('hermes-stable') },
  'react-native-hermes-canary': { preset: reactNative('hermes-canary') },
  'expo-default': { preset: expo('default') },
  'expo-hermes-v0': { preset: expo('hermes-v0') },
  'expo-hermes-stable': { preset: expo('hermes-stable') },
  'expo-hermes-canary': { preset: expo('hermes-canary') },
  'babel-set-public-class-fields': {
    options: {
      plugins: [
        '@babel/plugin-transform-class-properties',
        '@babel/plugin-transform-private-methods',
        '@babel/plugin-transform-private-property-in-object',
        '@babel/plugin-transform-modules-commonjs',
      ],
      assumptions: { setPublicClassFields: true },
    },
  },
};

/**
 * @param {string} code - of an ES module
 * @param {string} profile
 * @returns {string} CommonJS
 */
export function lower(code, profile) {
  const { preset, options = {} } = PROFILES[profile];
  const { transformSync } = require('@babel/core');
  const { plugins = [], ...others } = options;
  const result = transformSync(code, {
    babelrc: false,
    configFile: false,
    sourceType: 'unambiguous',
    // Where an app has it: presets treat packages and the app's own files differently.
    filename: '/app/node_modules/eventsource-wasm/dist/index.js',
    caller,
    // An app that is built for its users.
    envName: 'production',
    compact: false,
    presets: preset ? [[require.resolve(preset[0]), preset[1]]] : [],
    plugins: plugins.map((plugin) => require.resolve(/** @type {string} */ (plugin))),
    ...others,
  });
  return result.code;
}
