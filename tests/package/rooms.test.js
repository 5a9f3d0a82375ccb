// The rule that keeps imports of js/ pointing down: that it finds what it is there for.
import { RuleTester } from 'eslint';
import path from 'node:path';
import { roomsRule } from '../tools/rooms_rule.js';
import { root } from '../tools/paths.js';

RuleTester.describe = describe;
RuleTester.it = test;

const filename = (room, name = 'any.js') => path.join(root, 'js', room, name);
const up = [{ messageId: 'up' }];

new RuleTester().run('rooms/down', roomsRule, {
  valid: [
    { filename: filename('stream'), code: "import { now } from '../core/clock.js';" },
    { filename: filename('core'), code: "import { typeAt } from './recent_types.js';" },
    { filename: filename('entries'), code: "export { instantiate } from '../../wasm/core_js.js';" },
    {
      filename: filename('interface'),
      code: "/** @type {import('../core/core.js').Core} */ let core;",
    },
  ],
  invalid: [
    {
      filename: filename('core'),
      code: "import { queueTask } from '../stream/task.js';",
      errors: up,
    },
    { filename: filename('stream'), code: "export * from '../connection/url.js';", errors: up },
    { filename: filename('connection'), code: "export { a } from '../parser/a.js';", errors: up },
    { filename: filename('resume'), code: "import { now } from '../core/clock.js';", errors: up },
    { filename: filename('stream'), code: "import '../../wasm/core_js.js';", errors: up },
    { filename: filename('stream'), code: "import 'undici';", errors: up },
    {
      filename: filename('connection'),
      code: "/** @type {import('../interface/events.js').StreamEvent} */ let event;",
      errors: up,
    },
    { filename: filename('.'), code: 'let a;', errors: [{ messageId: 'outside' }] },
    { filename: filename('attic'), code: 'let a;', errors: [{ messageId: 'outside' }] },
  ],
});
