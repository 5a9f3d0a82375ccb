// docs/api.md has everything that the declarations have beyond the standard, its links lead somewhere, and the options of other
// clients that it names give the warning that it tells of.
import { OTHERS } from '../../js/connection/unknown_options.js';
import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EventSource } from '../../js/entries/index.js';
import { root } from './document_blocks.js';

const read = (name) => readFileSync(path.join(root, name), 'utf8');
const api = read('docs/api.md');
const types = read('js/interface/types.d.ts');

/**
 * @param {string} heading - of a section
 * @returns {string} what follows, up to the next one that is no lower
 */
function sectionOf(heading) {
  const [, after] = api.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`docs/api.md has no '${heading}'`);
  const [level] = /^#+/.exec(heading);
  return after.split(new RegExp(`\n#{1,${level.length}} `))[0];
}

/** @param {string} name - of an interface @returns {string[]} the members that it declares itself */
function membersOf(name) {
  const [, body] = new RegExp(
    `^export interface ${name}\\b[^{]*\\{\\}?[^{]*?\n([^]*?)\n\\}`,
    'm',
  ).exec(types);
  const names = [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].map(([, each]) => each);
  if (names.length === 0) throw new Error(`${name} has no members`);
  return names;
}

/** @param {string} section @returns {string[][]} the cells of its tables, heads included */
const rowsOf = (section) =>
  [...section.matchAll(/^\|(.*)\|$/gm)].map(([, row]) => row.split('|').map((cell) => cell.trim()));

const firstCells = (heading) => rowsOf(sectionOf(heading)).map(([first]) => first);

const options = [...membersOf('EventSourceStreamInit'), ...membersOf('EventSourceInit')];

test('there are as many options as the declarations have', () => {
  const documented = [...sectionOf('## Options').matchAll(/^#### `(\w+)`$/gm)].map(
    ([, name]) => name,
  );
  expect(documented.sort()).toEqual([...options].sort());
});

test.each(options)('the option %s: values, default, errors, and an example', (name) => {
  const section = sectionOf(`#### \`${name}\``);
  expect(section).toMatch(/^- Value: /m);
  expect(section).toMatch(/^- Default: /m);
  // What is converted to a boolean can be anything.
  expect(/^- Errors: /m.test(section)).toBe(!section.includes('converted to a boolean'));
  expect(section).toMatch(/^```js/m);
});

/** @param {string} name - of an option @param {unknown} value @returns {any} what the constructor throws, if it does */
function thrownFor(name, value) {
  try {
    const fetch = () => new Promise(() => {});
    new EventSource('http://127.0.0.1:9/', { fetch, [name]: value }).close();
    return undefined;
  } catch (error) {
    return error;
  }
}

const checked = options.filter((name) => sectionOf(`#### \`${name}\``).includes('- Errors: '));

describe('values that are not allowed throw what the document says', () => {
  test.each(checked)('%s of the wrong type', (name) => {
    const error = thrownFor(name, true);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`'${name}'`);
  });

  test.each(checked)('%s out of its range', (name) => {
    const section = sectionOf(`#### \`${name}\``);
    const [, value] = /^- Value: (.*)$/m.exec(section);
    const [, least, , most] =
      /\b([\d,]+) (or more|to ([\d,]+))/.exec(value)?.map((text) => text?.replaceAll(',', '')) ??
      [];
    const isNumber = least !== undefined;
    const largest = value.includes('Infinity') ? Infinity : Number(most ?? 0x7fffffff);
    const outside = isNumber
      ? [Number(least) - 1, ...(largest < Infinity ? [largest + 1] : []), Number(least) + 0.5, NaN]
      : [name === 'lastEventIdParam' ? '' : '\n'];
    if (!section.includes('`RangeError`')) {
      expect(isNumber).toBe(false);
      return;
    }
    for (const each of outside) {
      expect(thrownFor(name, each)).toBeInstanceOf(RangeError);
      expect(thrownFor(name, each).message).toContain(`'${name}'`);
    }
    if (!isNumber) return;
    expect(thrownFor(name, Number(least))).toBeUndefined();
    expect(thrownFor(name, largest)).toBeUndefined();
  });
});

const own = membersOf('ExtendedEventSource').filter((name) => name !== 'readyState');

test.each(own)('source.%s', (name) => {
  expect(sectionOf('## Attributes and methods')).toMatch(
    new RegExp(`^#### .*\`source\\.${name}\\b`, 'm'),
  );
});

test.each([
  ['### `open`', 'EventSourceOpenEvent'],
  ['### `error`', 'EventSourceErrorEvent'],
])('the attributes of %s', (heading, name) => {
  const names = firstCells(heading).map((cell) => /^`(\w+)/.exec(cell)?.[1]);
  for (const each of membersOf(name)) expect(names).toContain(each);
});

test('the reasons', () => {
  const [, union] = /type EventSourceFailureReason =([^;]*);/.exec(types);
  const reasons = [...union.matchAll(/'(.*?)'/g)].map(([, reason]) => `\`${reason}\``);
  const cells = firstCells('### `error`');
  expect(cells.slice(cells.indexOf('`reason`', cells.indexOf('`text()`')) + 2).sort()).toEqual(
    reasons.sort(),
  );
});

/** @param {string} text - of a document @returns {Set<string>} what a link can lead to, as GitHub names it */
const anchorsOf = (text) =>
  new Set(
    [...text.replace(/^ *```[^]*?^ *```$/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );

test.each(['docs/api.md', 'README.md'])('the links of %s', (name) => {
  const broken = [...read(name).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].filter(
    ([, file, anchor]) => {
      const target = path.join(path.dirname(name), file);
      return anchor !== undefined && !anchorsOf(read(file ? target : name)).has(anchor);
    },
  );
  expect(broken.map(([link]) => link)).toEqual([]);
});

describe('options of other clients', () => {
  const rows = rowsOf(sectionOf('### Options of other clients')).slice(2);
  const named = rows.flatMap(([theirs, ours]) =>
    [...theirs.matchAll(/`(\w+)`/g)].map(([, name]) => [name, /^`([\w./]+)`/.exec(ours)[1]]),
  );

  test('are those that are known', () => {
    const known = OTHERS.flatMap(([ours, names]) => names.split(' ').map((name) => [name, ours]));
    expect(Object.fromEntries(named)).toEqual(Object.fromEntries(known));
  });

  test.each(named)('%s gives one warning, which names %s', (name, ours) => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      for (let times = 0; times < 2; times++) {
        new EventSource('http://127.0.0.1:9/', {
          fetch: () => new Promise(() => {}),
          [name]: 1,
        }).close();
      }
      expect(warn.mock.calls).toEqual([[expect.stringContaining(`'${name}'`)]]);
      expect(warn.mock.calls[0][0]).toContain(ours);
    } finally {
      warn.mockRestore();
    }
  });
});
