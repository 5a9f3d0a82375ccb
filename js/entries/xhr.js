// A fetch() for the option of that name, in hosts whose own gives no body as a stream.
export { createXhrFetch, xhrFetch } from '../connection/xhr_fetch.js';
