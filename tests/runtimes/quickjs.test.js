/** The behaviour suite in QuickJS: an engine with the language and nothing of the web platform. */
import { describeRuntimes } from './in_jest.js';

await describeRuntimes([
  { title: 'QuickJS, JavaScript core', args: ['quickjs', '--entry', 'js/entries/js.js'] },
]);
