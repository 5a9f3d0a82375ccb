/** Every runtime that the suite runs in: what `cli.js` is called with, and what the table calls it. */

/** @typedef {{title: string, args: string[]}} Target */

/** What the table calls the contexts of browser/files.js. */
const contexts = [
  ['page', 'page'],
  ["page under script-src 'self'", 'page-strict-csp'],
  ['dedicated worker, module', 'dedicated'],
  ['dedicated worker, classic', 'dedicated-classic'],
  ['shared worker, module', 'shared'],
  ['shared worker, classic', 'shared-classic'],
  ['service worker, module', 'service'],
  ['service worker, classic', 'service-classic'],
];

/** @type {Target[]} */
export const matrix = [
  ...['20', '22', '24', '26'].flatMap((version) => [
    { title: `Node ${version}, ES module`, args: [`node${version}:esm`] },
    { title: `Node ${version}, CommonJS`, args: [`node${version}:cjs`] },
  ]),
  { title: 'Node without WebAssembly (--jitless)', args: ['node', '--node-option=--jitless'] },
  { title: 'Deno, ES module', args: ['deno:esm'] },
  { title: 'Deno, CommonJS', args: ['deno:cjs'] },
  { title: 'Deno, module worker', args: ['deno:worker'] },
  { title: 'Bun, ES module', args: ['bun:esm'] },
  { title: 'Bun, CommonJS', args: ['bun:cjs'] },
  { title: 'workerd 2024-01-01', args: ['workerd:2024-01-01'] },
  {
    title: 'workerd 2024-01-01, entry /workerd',
    args: ['workerd:2024-01-01', '--entry', 'js/entries/workerd.js'],
  },
  { title: 'workerd, newest date', args: ['workerd:newest'] },
  {
    title: 'workerd, newest date, entry /workerd',
    args: ['workerd:newest', '--entry', 'js/entries/workerd.js'],
  },
  {
    title: 'workerd, newest date, nodejs_compat',
    args: ['workerd:newest', '--flag', 'nodejs_compat'],
  },
  { title: 'edge-runtime', args: ['edge-runtime'] },
  { title: 'edge-runtime, no code generation', args: ['edge-runtime:strict'] },
  { title: 'React Native (iOS), XMLHttpRequest', args: ['react-native:ios'] },
  { title: 'React Native (Android), XMLHttpRequest', args: ['react-native:android'] },
  { title: 'QuickJS, entry /js', args: ['quickjs', '--entry', 'js/entries/js.js'] },
  ...contexts.map(([title, context]) => ({
    title: `Chromium, ${title}`,
    args: [`chromium:${context}`],
  })),
  ...contexts.map(([title, context]) => ({
    title: `Firefox, ${title}`,
    args: [`firefox:${context}`],
  })),
  ...contexts.map(([title, context]) => ({
    title: `WebKitGTK, ${title}`,
    args: [`webkit:${context}`],
  })),
  ...['Chromium', 'Firefox', 'WebKitGTK'].flatMap((browser) =>
    contexts
      .filter(([, context]) => ['page', 'dedicated'].includes(context))
      .map(([title, context]) => ({
        title: `${browser}, ${title}, XMLHttpRequest`,
        args: [`${browser.replace('GTK', '').toLowerCase()}:${context}`, '--implementation', 'xhr'],
      })),
  ),
];
