/** Loads modules of React Native, which are written in Flow and choose their files by platform. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const babel = require('@babel/core');
const home = path.dirname(require.resolve('react-native/package.json'));

/** @param {string} file */
function compiled(file) {
  const { code } = babel.transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    babelrc: false,
    configFile: false,
    // Without it the preset also registers components for native code.
    presets: [
      [require.resolve('@react-native/babel-preset'), { disableStaticViewConfigsCodegen: true }],
    ],
  });
  return code;
}

/**
 * @param {'ios' | 'android'} platform
 * @returns {(name: string) => any} `require` for a module of React Native, by its path in the package, or for one
 *   that it depends on
 */
export function reactNativeModules(platform) {
  /** @type {Map<string, {exports: any}>} */
  const loaded = new Map();

  /** @param {string} file Without its extension. */
  const fileOf = (file) => {
    const found = [
      `${file}.${platform}.js`,
      `${file}.native.js`,
      `${file}.js`,
      `${file}/index.js`,
      file,
    ].find((each) => existsSync(each) && statSync(each).isFile());
    if (!found) throw new Error(`React Native has no ${file}`);
    return found;
  };

  /** @param {string} file */
  const load = (file) => {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const inside = createRequire(file);
    const requireThere = (/** @type {string} */ name) =>
      name.startsWith('.') ? load(fileOf(path.resolve(path.dirname(file), name))) : inside(name);
    vm.runInThisContext(`(function (require, module, exports, global) {${compiled(file)}\n})`, {
      filename: file,
    })(requireThere, module, module.exports, globalThis);
    return module.exports;
  };

  return (name) =>
    name.startsWith('Libraries/') ? load(fileOf(path.join(home, name))) : require(name);
}
