// How long a run takes: what all streams of this realm do, in microtasks, until timers and the page have their turn.
// docs/decisions/0005-one-turn-for-each-event.md tells what holds and why.
import { now } from '../core/clock.js';
import { queueTask } from './task.js';

// Times are eighths of a millisecond, which begin again at 0 after 37 hours: integers that engines keep without an
// object.
const MILLISECOND = 8;
const RANGE = 0x3fffffff;

/**
 * After so long a run ends, however fast the stream is. Hosts that have no setImmediate() take up to 0.4 ms for a
 * task, many times what a chunk costs.
 */
const LONGEST_RUN = 8 * MILLISECOND;

/** A read that took longer has waited for the network, and others have had their turn; or a promise reaction took it. */
const WAITED = MILLISECOND;

/** So often that is believed, and for so long. */
const MOST_WAITS = 8;
const LONGEST_DOUBT = 64 * MILLISECOND;

/** Some hosts stop the clock while scripts run, for others it moves seldom: so many slices are one run at most. */
const MOST_SLICES = 1024;

/** And so many looks at a clock that stands still, which are 8,192 events. */
const MOST_LOOKS = 128;

/** Looking at the clock takes as long as a small event: where events are quick, it is done for one of 2 to this. */
const SELDOM = 6;

/** After an event that took a millisecond, the clock is looked at for each of so many events. */
const ALERT = 1024;

/** What is left of the events until the clock is to be looked at: StreamReader counts them down where it stands. */
export const countdown = { events: 1 };

/** When others had their turn, as far as is known. */
let since = 0;
/** When they had it for certain. */
let certain = 0;
/** When the clock was looked at. */
let seen = 0;
/** Looks in a row that saw the clock stand still; below zero: after a slow event. */
let quiet = 0;
/** Counts the tasks of ours that others have had a turn before. */
let round = 0;
/** Tasks of ours that were queued since then. */
let waiting = 0;
/** What each of those before them may take. */
let limit = LONGEST_RUN;
/** Slices in this run. */
let slices = 0;
/** Reads that seem to have waited in this run. */
let waits = 0;

/**
 * @param {number} time - of now()
 * @returns {number} how long ago the clock was looked at last
 */
function look(time) {
  const at = (time * MILLISECOND) & RANGE;
  // Half of the range is before, half of it after.
  const passed = ((at - seen) << 2) >> 2;
  seen = at;
  if (passed >= 0) return passed;
  // It was set back.
  since += passed;
  certain += passed;
  return 0;
}

/** @param {number} passed - what look() gave */
function notice(passed) {
  if (passed === 0) return;
  quiet = passed < MILLISECOND ? 0 : -ALERT;
  countdown.events = 1;
}

const isLong = () => ((seen - since) & RANGE) >= limit;

/** Others have had their turn, or will have it soon: a task begins. What comes next may be slow from its beginning. */
function beginRun() {
  look(now());
  since = seen;
  certain = seen;
  slices = 0;
  waits = 0;
  quiet = Math.min(quiet, 0);
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
      limit = Math.trunc(LONGEST_RUN / waiting);
      waiting = 0;
    }
    beginRun();
    callback();
  });
}

/** @returns {boolean} after the events that were counted down: whether others are to have their turn now */
export function isOverdue() {
  const passed = look(now());
  notice(passed);
  if (passed === 0 && ++quiet > 0) countdown.events = 1 << Math.min(quiet, SELDOM);
  else countdown.events = 1;
  return isLong() || quiet >= MOST_LOOKS;
}

/** A read begins. */
export function beginRead() {
  notice(look(now()));
}

/**
 * @param {number} time - of now(), when a slice was parsed
 * @param {boolean} isFirst - of what a read gave
 * @returns {boolean} whether others are to have their turn now
 */
export function isOverdueAt(time, isFirst) {
  const passed = look(time);
  if (isFirst && passed > WAITED) {
    since = seen;
    waits++;
    quiet = Math.min(quiet, 0);
    countdown.events = 1;
  } else {
    notice(passed);
  }
  slices++;
  const isDoubtful = waits >= MOST_WAITS && ((seen - certain) & RANGE) >= LONGEST_DOUBT;
  return isLong() || slices >= MOST_SLICES || isDoubtful;
}
