// Processor time of processes, as Linux counts it.
import { readdirSync, readFileSync } from 'node:fs';

/** @param {number} pid */
function parentOf(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in parentheses, may hold anything.
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
}

/**
 * @param {number} ancestor
 * @param {(commandLine: string) => boolean} matches
 * @returns {number[]} the processes beneath it that match
 */
export function descendants(ancestor, matches) {
  /** @type {Map<number, number>} */
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), parentOf(Number(name)));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isBeneath = (/** @type {number | undefined} */ pid) => {
    for (let each = pid; each; each = parents.get(each)) if (each === ancestor) return true;
    return false;
  };
  return [...parents.keys()].filter((pid) => {
    try {
      return isBeneath(pid) && matches(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      return false;
    }
  });
}

/**
 * Nanoseconds on a processor by thread: the counters of whole processes are good to 10 ms only.
 *
 * @param {number[]} pids
 * @returns {Map<string, number>}
 */
export function cpuTimes(pids) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const pid of pids) {
    try {
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const text = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8');
        times.set(thread, Number(text.split(' ')[0]));
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return times;
}

/**
 * @param {Map<string, number>} before
 * @param {Map<string, number>} after
 * @returns {number} milliseconds between the two of the threads that are still there
 */
export function cpuMilliseconds(before, after) {
  let sum = 0;
  for (const [thread, time] of after) sum += time - (before.get(thread) ?? 0);
  return sum / 1e6;
}
