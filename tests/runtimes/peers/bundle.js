/** Makes one ES module of a peer, for a browser. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** @param {string} name */
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Finds the packages where the command installed them. */
const fromHere = {
  name: 'from-here',
  /** @param {string} id */
  resolveId(id) {
    if (id.startsWith('.') || id.startsWith('/')) return null;
    return createRequire(here('bundle.js')).resolve(id);
  },
};

/** event-source-polyfill is a script that looks for CommonJS before it makes globals. */
const commonJS = {
  name: 'common-js',
  /** @param {string} code @param {string} id */
  transform(code, id) {
    if (!id.includes('/event-source-polyfill/')) return null;
    return `const module = { exports: {} };\nconst { exports } = module;\n${code}\nexport default exports;\n`;
  },
};

/**
 * @param {string} name Of the package.
 * @returns {Promise<string>} The code of a module that exports `EventSource`.
 */
export async function bundlePeer(name) {
  const { rollup } = await import('rollup');
  const made = await rollup({
    input: here(`${name.replaceAll('-', '_')}.js`),
    // What a script's own `this` is.
    context: 'globalThis',
    plugins: [fromHere, commonJS],
  });
  const { output } = await made.generate({ format: 'es' });
  await made.close();
  return output[0].code;
}
