// Opens a source and has nothing else to do: `unref_child.js URL UNREF`.
import { EventSource } from '../../dist/index.js';

const [url, unref] = process.argv.slice(2);
new EventSource(url, { unref: unref === 'true' });
