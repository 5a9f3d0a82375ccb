/** The EventSource of npm `undici`, on its own fetch. */
export { EventSource } from 'undici';
