// The declarations of dist/, made of js/interface/types.d.ts.

/** @param {string} declared - of js/interface/types.d.ts */
export const esModule = (declared) => declared;

/**
 * CommonJS exports the class itself, which `export =` says; what it has besides is of its type, and the types are in
 * a namespace of its name. The namespace must declare no value, or it could not have a variable's name.
 *
 * @param {string} declared
 * @returns {string}
 */
export function commonJs(declared) {
  const types = [...declared.matchAll(/^export (?:interface|type) (\w+)/gm)].map(
    ([, name]) => name,
  );
  const values = [...declared.matchAll(/^export declare const (\w+): (\w+);\n/gm)];
  const body = declared
    .replace(/^export (?=interface|type)/gm, '')
    .replace(/^export (declare const .*|default .*|\{\};)\n/gm, '')
    .replace(/^\/\/ Else everything above were exported\.\n/m, '');
  if (values.length === 0 || /^export /m.test(body)) {
    throw new Error('js/interface/types.d.ts: an export that rollup.declarations.js does not know');
  }
  const properties = values.map(([, name, type]) => `  readonly ${name}: ${type};\n`).join('');
  return `${body}
declare const main: EventSourceConstructor & {
${properties}};
interface main<Events extends Named<Events> = {}> extends EventSource<Events> {}
declare namespace main {
  export { ${types.join(', ')} };
}
export = main;
`;
}

/**
 * @param {boolean} isCommonJs
 * @returns {string} for the entries that export what the main one does
 */
export const reExport = (isCommonJs) =>
  isCommonJs
    ? "import main = require('./index.cjs');\nexport = main;\n"
    : "export * from './index.js';\nexport { default } from './index.js';\n";
