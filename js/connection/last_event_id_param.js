// The last event ID as a query parameter: other origins are asked for no permission then.
import { attempt } from '../core/from_host.js';

/**
 * @param {string} text
 * @returns {string} what https://url.spec.whatwg.org/#concept-urlencoded-parser makes of it; itself, where it is no UTF-8
 */
const decode = (text) => attempt(() => decodeURIComponent(text.replace(/\+/g, ' '))) ?? text;

/**
 * @param {string} href
 * @param {string} name - of the parameter
 * @param {string} id
 * @returns {string} the URL with it, in place of those of that name
 */
export function withLastEventId(href, name, id) {
  const [, path, query, fragment] = /** @type {RegExpExecArray} */ (
    /^([^?#]*)\??([^#]*)(.*)/.exec(href)
  );
  const others = query.split('&').filter((pair) => pair && decode(pair.split('=')[0]) !== name);
  return `${path}?${[...others, [name, id].map(encodeURIComponent).join('=')].join('&')}${fragment}`;
}
