// What the start suite measures the end of: the first source.

/**
 * @param {any} namespace of the module, or the global of the script
 * @param {string} exported
 * @param {'construct' | 'call'} begin
 * @param {string} url
 * @returns {unknown}
 */
function beginSource(namespace, exported, begin, url) {
  const found = namespace[exported] ?? namespace.default[exported];
  return begin === 'call' ? found({ url }) : new found(url);
}

/**
 * @param {{module: string, exported: string, begin: 'construct' | 'call', url: string}} job
 * @returns {Promise<{import: number, first: number}>} milliseconds to the end of each
 */
export async function importAndBegin({ module, exported, begin, url }) {
  const start = performance.now();
  const namespace = await import(module);
  const imported = performance.now();
  beginSource(namespace, exported, begin, url);
  return { import: imported - start, first: performance.now() - start };
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
