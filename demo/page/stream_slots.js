/**
 * Browsers open at most six HTTP/1.1 connections to one server, over all tabs together, and an event
 * stream keeps its connection. With four streams in a tab the second tab would use the rest up, and
 * the third would not even load. So the streams that every tab has of its own share three slots, the
 * shared and the service worker need two more, and one connection is left for everything else.
 */

const SLOTS = 3;

/**
 * Waits for a free slot and holds it until the signal says to let go. Where the browser has no Web
 * Locks every tab gets its slot at once.
 * @param {AbortSignal} signal ends the waiting or the holding
 * @param {() => void} onHeld called as soon as the slot is ours
 */
export function holdStreamSlot(signal, onHeld) {
  if (signal.aborted) return;
  if (!navigator.locks) {
    onHeld();
    return;
  }
  const waiting = new AbortController();
  signal.addEventListener('abort', () => waiting.abort(), { once: true });
  let held = false;
  for (let slot = 0; slot < SLOTS; slot += 1) {
    navigator.locks
      .request(`stream-slot-${slot}`, { signal: waiting.signal }, () => {
        // Several may be granted before the first could call the others off.
        if (held || signal.aborted) return undefined;
        held = true;
        waiting.abort();
        onHeld();
        return new Promise((release) => {
          signal.addEventListener('abort', release, { once: true });
        });
      })
      // Called off, because another slot was granted or none is wanted any more.
      .catch(() => {});
  }
}
