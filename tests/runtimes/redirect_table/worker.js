/** Measures in workerd: what `workerd.js` bundles with the entry in place of the suite. */
// First: it watches what the entry does while it loads.
import { compilesBytes } from '../watch_webassembly.js';
// @ts-ignore -- the driver puts an entry in its place
import { EventSource } from 'entry-under-test';
import { measureRedirects } from './measure.js';

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { base, crossBase, controlBase } = await request.json();
    const realm = { EventSource, isOurs: true, hasCookies: false, base, crossBase, controlBase };
    return Response.json({ results: await measureRedirects(realm), compiles: compilesBytes });
  },
};
