/**
 * The pages of docs/decisions/ that settle behaviours in which engines' own EventSource differ: each says
 * what the standard's text is, and why the suite holds to it.
 */

/** @type {[page: string, ids: RegExp][]} */
const PAGES = [
  ['0013-content-types-with-a-space', /^response\.type-inner-space$/],
  ['0014-blocks-without-data-keep-their-id', /^id\.(id-only-block|header-id-only|header-reset)$/],
  [
    '0015-capturing-listeners-and-handle-event',
    /^listeners\.(capture-is-another|stop-propagation|handle-event-not-callable)/,
  ],
  ['0022-schemes-that-are-fetched', /^url\.blob$/],
];

/**
 * @param {string} id Of a behaviour.
 * @returns {string | undefined} The page's name, without its ending.
 */
export function settledBy(id) {
  return PAGES.find(([, ids]) => ids.test(id))?.[0];
}
