/** The behaviour suite in workerd: on the core that a date allows, on the imported module, and with Node's globals. */
import { describeRuntimes } from './in_jest.js';

await describeRuntimes([
  { title: 'workerd, 2024-01-01', args: ['workerd:2024-01-01'] },
  {
    title: 'workerd, 2024-01-01, imported module',
    args: ['workerd:2024-01-01', '--entry', 'js/entries/workerd.js'],
  },
  { title: 'workerd, newest date', args: ['workerd:newest'] },
  {
    title: 'workerd, newest date, imported module',
    args: ['workerd:newest', '--entry', 'js/entries/workerd.js'],
  },
  {
    title: 'workerd, newest date, nodejs_compat',
    args: ['workerd:newest', '--flag', 'nodejs_compat'],
  },
]);
