/**
 * Bundles files for browsers, as small as the bundler makes them, without a warning.
 *
 *     node build.js webpack|vite|esbuild FOLDER FILE…
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const [bundler, folder, ...files] = process.argv.slice(2);
const output = path.join(here, folder);
/** By the name that is to come out. */
const entry = Object.fromEntries(
  files.map((file) => [path.parse(file).name, path.join(here, file)]),
);

/** @type {Record<string, () => Promise<unknown>>} */
const bundlers = {
  async webpack() {
    const { default: webpack } = await import('webpack');
    const compiler = webpack({
      mode: 'production',
      target: 'web',
      context: here,
      entry,
      output: { path: output, filename: '[name].js' },
    });
    const stats = await new Promise((resolve, reject) => {
      compiler.run((error, result) => (error ? reject(error) : resolve(result)));
    });
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
  },

  async vite() {
    const { build, createLogger } = await import('vite');
    const customLogger = createLogger('warn');
    customLogger.warn = (message) => {
      throw new Error(message);
    };
    await build({
      root: here,
      configFile: false,
      customLogger,
      build: {
        outDir: output,
        lib: { entry, formats: ['es'], fileName: (_, name) => `${name}.js` },
      },
    });
  },

  async esbuild() {
    const { build } = await import('esbuild');
    const { warnings } = await build({
      entryPoints: entry,
      bundle: true,
      minify: true,
      platform: 'browser',
      format: 'esm',
      outdir: output,
    });
    if (warnings.length > 0) throw new Error(JSON.stringify(warnings));
  },
};

await bundlers[bundler]();
