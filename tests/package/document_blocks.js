// The fenced blocks of a document. The words behind the three ticks say what is done with each:
//
//   js           runs as a module in Node (snippets.test.js)
//   js alone     runs as well, and asks no server
//   js browser   runs as well, with a stand-in of what pages and workers have (snippet_page.js)
//   js jest      is a file of a project that its own tool runs (tests/ecosystem/projects/)
//   ts           is compiled
//   sh           is for the reader's shell, and neither
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const CLASSES = ['js', 'js alone', 'js browser', 'js jest', 'ts', 'sh'];

/**
 * @typedef {object} Block
 * @property {string} kind - what stands behind the ticks
 * @property {string} code
 * @property {string} name - for people: the document and the line where it begins
 */

/**
 * @param {string} document - below the root
 * @returns {Block[]}
 */
export function blocksOf(document) {
  const blocks = [];
  /** @type {{indent: string, kind: string, name: string, lines: string[]} | undefined} */
  let open;
  for (const [index, line] of readFileSync(path.join(root, document), 'utf8')
    .split('\n')
    .entries()) {
    const [, indent, kind] = /^( *)```(.*)$/.exec(line) ?? [];
    if (indent === undefined) {
      open?.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    } else if (open) {
      blocks.push({ kind: open.kind, name: open.name, code: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else {
      open = { indent, kind: kind.trim(), name: `${document}:${index + 1}`, lines: [] };
    }
  }
  if (open) throw new Error(`${open.name} has no end`);
  return blocks;
}
