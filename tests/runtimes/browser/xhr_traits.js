/** Behaviours that cannot hold over the XMLHttpRequest of any browser, by id, each with the reason. */

const HEADERS_ALONE =
  'browsers tell an XMLHttpRequest of a response with the first byte of its body, not with its headers';

/** @type {Record<string, string>} */
export const XHR_TRAITS = {
  'response.open-before-messages': HEADERS_ALONE,
  'response.stalled-body': HEADERS_ALONE,
  'close.cancels-a-stalled-body': HEADERS_ALONE,
  'redirect.origin-changes-with-the-response':
    'an XMLHttpRequest has no cache mode; the headers in its place have a redirect to another origin fail, so that the stream is asked for once more without them, and the server of this behaviour redirects the first request alone',
  'redirect.id-to-another-origin':
    'for the same reason there are two requests for each that is redirected to another origin',
};
