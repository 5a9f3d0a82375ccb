const EventSource = require('eventsource-wasm');
const { read } = require('./read.js');

read(EventSource);
