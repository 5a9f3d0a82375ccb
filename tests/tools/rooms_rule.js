// An ESLint rule: what a file of js/ may import, by the room (the folder) that it lies in. Types that a comment
// imports count as well: a reader has to follow them too.
import path from 'node:path';
import { root } from './paths.js';

/** The rooms whose files each room may import, besides its own. */
const ROOMS = {
  core: [],
  stream: ['core'],
  parser: ['stream', 'core'],
  connection: ['stream', 'core'],
  interface: ['connection', 'parser', 'stream', 'core'],
  shared: ['interface', 'connection', 'parser', 'stream', 'core'],
  resume: [],
  entries: ['shared', 'resume', 'interface', 'connection', 'parser', 'stream', 'core'],
};

/** Whose files may import what was built from C++. */
const USES_BUILT_CORE = ['core', 'entries'];

/**
 * @param {string} file
 * @returns {string} its folder below js/, `wasm` for what was built, or '' for anything else
 */
function roomOf(file) {
  const [top, room, ...rest] = path.relative(root, file).split(path.sep);
  if (top === 'wasm') return 'wasm';
  return top === 'js' && rest.length > 0 ? room : '';
}

/**
 * @param {string} from
 * @param {string} to
 */
function mayImport(from, to) {
  if (to === 'wasm') return USES_BUILT_CORE.includes(from);
  return to === from || (ROOMS[from]?.includes(to) ?? false);
}

/** @type {import('eslint').Rule.RuleModule} */
export const roomsRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      up: "A file of '{{from}}' may not import '{{specifier}}': imports point down the list of rooms in tests/tools/rooms_rule.js.",
      outside: "'{{file}}' lies in no room that tests/tools/rooms_rule.js knows.",
    },
  },
  create(context) {
    const from = roomOf(context.filename);
    const check = (node, specifier) => {
      // A package by its name is none of ours, and there are no dependencies.
      const to = /^\.\.?\//.test(specifier)
        ? roomOf(path.resolve(path.dirname(context.filename), specifier))
        : '';
      if (mayImport(from, to)) return;
      context.report({ node, messageId: 'up', data: { from, specifier } });
    };
    const checkDeclaration = (node) => {
      if (node.source) check(node, node.source.value);
    };
    return {
      Program(node) {
        if (!(from in ROOMS)) {
          context.report({ node, messageId: 'outside', data: { file: context.filename } });
        }
        for (const comment of context.sourceCode.getAllComments()) {
          for (const [, specifier] of comment.value.matchAll(/\bimport\(['"]([^'"]+)['"]\)/g)) {
            check(comment, specifier);
          }
        }
      },
      ImportDeclaration: checkDeclaration,
      ExportNamedDeclaration: checkDeclaration,
      ExportAllDeclaration: checkDeclaration,
    };
  },
};
