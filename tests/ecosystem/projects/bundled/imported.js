import { EventSource } from 'eventsource-wasm';
import { read } from './read.js';

read(EventSource);
