// What runs for each event holds no function: engines make an object for what closures refer to whenever a function
// runs that has one in it, even where it is never reached.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const functions = [
  ['stream/turns.js', 'takeTurns'],
  ['stream/stream_reader.js', '#step'],
  ['stream/run_time.js', 'isOverdue'],
  ['core/event_batch.js', 'next'],
  ['core/recent_types.js', 'typeAt'],
  ['core/recent_types.js', 'isAt'],
  ['connection/connection.js', 'dispatch'],
  ['interface/event_source.js', '#dispatch'],
  ['interface/listener_list.js', 'of'],
  ['interface/listeners.js', 'dispatchNew'],
];

test.each(functions)('%s: %s()', (name, wanted) => {
  const file = new URL(`../../js/${name}`, import.meta.url);
  const source = ts.createSourceFile(
    name,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found = [];
  const within = [];
  const visit = (node, isWithin) => {
    const isWanted = ts.isFunctionLike(node) && node.name?.getText() === wanted;
    if (isWanted) found.push(wanted);
    else if (isWithin && ts.isFunctionLike(node)) within.push(node.getText());
    ts.forEachChild(node, (child) => visit(child, isWithin || isWanted));
  };
  visit(source, false);
  expect(found).toEqual([wanted]);
  expect(within).toEqual([]);
});
