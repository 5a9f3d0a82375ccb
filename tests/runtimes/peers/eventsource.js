/** npm `eventsource`. */
export { EventSource } from 'eventsource';
