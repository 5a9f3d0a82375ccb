/** The class under test as it is, but that a constructor call without a `fetch` is given xhrFetch. */
import { EventSource as Given } from '../../js/entries/index.js';
import { xhrFetch } from '../../js/entries/xhr.js';
import { withFetch } from './with_fetch.js';

export const EventSource = withFetch(Given, xhrFetch);
