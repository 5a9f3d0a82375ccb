// What the start suite measures the end of: the first source.

/**
 * @param {any} namespace of the module, or the global of the script
 * @param {string} exported
 * @param {'construct' | 'call'} begin
 * @param {string} url
 * @returns {unknown}
 */
export function beginSource(namespace, exported, begin, url) {
  const found = namespace[exported] ?? namespace.default[exported];
  return begin === 'call' ? found({ url }) : new found(url);
}

/**
 * @param {BufferSource} bytes
 * @returns {{instantiate: number}} milliseconds of compiling and instantiating
 */
export function instantiate(bytes) {
  const start = performance.now();
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const took = performance.now() - start;
  if (typeof instance.exports.feed !== 'function') throw new Error('it is not the core');
  return { instantiate: took };
}
