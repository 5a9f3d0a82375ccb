// It uses undici's own fetch, and is no package for browsers. Large, made of CommonJS and full of what
// only Node has, it is loaded from where it is installed.
import { installed } from '../tools/installed.js';
import { byEventSource } from './by_event_source.js';

export default byEventSource(installed('undici/index.js').EventSource);
