// A run is what all streams of this realm do, in microtasks, until timers and the page have their turn. Its time is
// measured here.
// docs/decisions/0005-one-turn-for-each-event.md tells what holds and why.
import { now } from '../core/clock.js';
import { queueTask } from './task.js';

// Times are eighths of a millisecond, in 32 bits: integers that most engines keep without an object.
const MILLISECOND = 8;

/**
 * After so long a run ends, however fast the stream is. Hosts that have no setImmediate() take up to 0.4 ms for a
 * task, many times what a chunk costs.
 */
const LONGEST_RUN = 8 * MILLISECOND;

/** In some hosts the clock stands still while scripts run, or moves seldom: a run has at most so many slices. */
const MOST_SLICES = 1024;

/**
 * A read that took longer than a millisecond has probably waited for the network. Then timers had their turn. But a
 * promise reaction may also have taken the time. So such a read counts as this many slices: eight of them end a run.
 */
const SLICES_OF_WAIT = 128;

/** And at most so many readings of a clock that does not move, which are 8,192 events. */
const MOST_READINGS = 128;

/** Reading the clock takes as long as a small event. Where events are quick, it is read once for 64 events, 2 to this. */
const SELDOM_BITS = 6;

/** After an event that took a millisecond, the clock is read for each of so many events. */
const ALERT = 1024;

/** How many more events may pass before the clock is read. StreamReader counts down. */
export const countdown = { events: 1 };

/** The time since timers and the page had their turn, as far as is known. */
let spent = 0;
/** When the clock was read last. */
let seen = 0;
/** Readings in a row between which the clock did not move; below zero after a slow event. */
let unmoved = 0;
/** Counts the tasks of ours before which timers and the page had their turn. */
let round = 0;
/** Tasks of ours that were queued since then. */
let waiting = 0;
/** What each of those before them may take. */
let limit = LONGEST_RUN;
/** Slices in this run, and reads that seem to have waited. */
let slices = 0;

/**
 * @param {number} time - of now()
 * @returns {number} how long ago the clock was read; below zero where it was set back
 */
const passedUntil = (time) => (time * MILLISECOND - seen) | 0;

/**
 * @param {number} time - of now()
 * @returns {boolean} whether the clock has moved
 */
function readClock(time) {
  const passed = passedUntil(time);
  seen = (seen + passed) | 0;
  if (passed <= 0) return false;
  spent += passed;
  unmoved = passed < MILLISECOND ? 0 : -ALERT;
  countdown.events = 1;
  return true;
}

/**
 * A run begins: timers and the page had their turn. What comes next may be slow from its beginning.
 *
 * @param {number} time - of now()
 */
function beginAnew(time) {
  seen = (seen + passedUntil(time)) | 0;
  spent = 0;
  unmoved = Math.min(unmoved, 0);
  countdown.events = 1;
}

/**
 * Calls a function in a task of its own. The tasks of all sources may come one after the other, before anybody else
 * has a turn: they share the time.
 *
 * @param {() => void} callback
 */
export function queueRun(callback) {
  const queuedIn = round;
  waiting++;
  queueTask(() => {
    if (queuedIn === round) {
      round++;
      limit = Math.max(Math.trunc(LONGEST_RUN / waiting), 1);
      waiting = 0;
    }
    slices = 0;
    beginAnew(now());
    callback();
  });
}

/** @returns {boolean} after the events that were counted down: whether timers and the page are to have their turn now */
export function isOverdue() {
  countdown.events = readClock(now()) || ++unmoved <= 0 ? 1 : 1 << Math.min(unmoved, SELDOM_BITS);
  return spent >= limit || unmoved >= MOST_READINGS;
}

/** A read begins. */
export function beginRead() {
  readClock(now());
}

/**
 * @param {number} time - of now(), when a slice was parsed
 * @param {boolean} isFirst - of what a read gave
 * @returns {boolean} whether timers and the page are to have their turn now
 */
export function isOverdueAt(time, isFirst) {
  slices++;
  if (isFirst && passedUntil(time) > MILLISECOND) {
    slices += SLICES_OF_WAIT;
    beginAnew(time);
  } else {
    readClock(time);
  }
  return spent >= limit || slices >= MOST_SLICES;
}
