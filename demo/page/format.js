/**
 * Numbers and times as people read them.
 */

/**
 * @param {number} bytes
 * @returns {string}
 */
export function formatBytes(bytes) {
  return bytes < 2 ** 30
    ? `${(bytes / 2 ** 20).toFixed(0)} MiB`
    : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

/**
 * @param {number | null} share 0 to 1
 * @returns {string}
 */
export function formatShare(share) {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}

/**
 * @param {number} seconds
 * @returns {string}
 */
export function formatUptime(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/**
 * @param {number} milliseconds
 * @returns {string}
 */
export function formatAgo(milliseconds) {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s ago`;
  return seconds < 120 ? `${Math.round(seconds)} s ago` : `${Math.round(seconds / 60)} min ago`;
}

/**
 * @param {number} number
 * @param {string} noun in the singular
 * @returns {string}
 */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/**
 * @param {string} type
 * @param {string} data
 * @returns {string} the gist of an event's data, for a narrow column
 */
export function summarize(type, data) {
  const value = JSON.parse(data);
  return type === 'figures' ? `cpu ${formatShare(value.cpu)}` : `${value.name}: ${value.text}`;
}

/**
 * @param {string | number} time
 * @returns {string} the time of day, to the second
 */
export function formatTime(time) {
  return new Date(time).toLocaleTimeString(undefined, { hour12: false });
}
