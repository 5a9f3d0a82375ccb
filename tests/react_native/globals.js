/** Gives this Node process the globals for networking that a React Native application has. */
import { reactNativeModules } from './modules.js';
import { nativeNetworking } from './native_networking.js';

/** React Native's own are made only where there are none. Its Blob is native, and nothing stands in for that here. */
const NOT_OF_NODE = ['fetch', 'Headers', 'Request', 'Response', 'FormData', 'Blob', 'File'];

/** As `Libraries/Core/setUpXHR.js` does it. @type {[string, string, string][]} Name, module, export. */
const OF_REACT_NATIVE = [
  ['XMLHttpRequest', 'Libraries/Network/XMLHttpRequest', 'default'],
  ['FormData', 'Libraries/Network/FormData', 'default'],
  ['URL', 'Libraries/Blob/URL', 'URL'],
  ['URLSearchParams', 'Libraries/Blob/URL', 'URLSearchParams'],
  ['fetch', 'Libraries/Network/fetch', 'fetch'],
  ['Headers', 'Libraries/Network/fetch', 'Headers'],
  ['Request', 'Libraries/Network/fetch', 'Request'],
  ['Response', 'Libraries/Network/fetch', 'Response'],
  ['AbortController', 'abort-controller/dist/abort-controller', 'AbortController'],
  ['AbortSignal', 'abort-controller/dist/abort-controller', 'AbortSignal'],
];

/** @param {'ios' | 'android'} platform */
export function becomeReactNative(platform) {
  const realm = /** @type {any} */ (globalThis);
  const load = reactNativeModules(platform);
  /** @type {Record<string, any>} */
  const native = {
    Networking: nativeNetworking(platform, (type, body) =>
      load('Libraries/EventEmitter/RCTDeviceEventEmitter').default.emit(type, body),
    ),
    PlatformConstants: { getConstants: () => ({ isTesting: true, reactNativeVersion: {} }) },
  };
  realm.__DEV__ = false;
  // Older native modules: there are none.
  realm.nativeModuleProxy = {};
  realm.__turboModuleProxy = (/** @type {string} */ name) => native[name] ?? null;
  for (const name of NOT_OF_NODE) delete realm[name];
  for (const [name, module, part] of OF_REACT_NATIVE) {
    const value = load(module)[part];
    Object.defineProperty(realm, name, { value, writable: true, configurable: true });
  }
  // Hermes, its engine, has none; what compiles the modules above needs it.
  delete realm.WebAssembly;
}
