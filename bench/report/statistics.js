/**
 * @param {number[]} sorted ascending, at least one
 * @param {number} share 0 to 1
 * @returns {number} by linear interpolation
 */
function quantile(sorted, share) {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

/** @param {number[]} values */
const ascending = (values) => [...values].sort((a, b) => a - b);

/**
 * @param {number[]} values at least one
 * @returns {number}
 */
export const median = (values) => quantile(ascending(values), 0.5);

/**
 * @param {number[]} values at least one, positive
 * @returns {number} half the distance between the quartiles, as a share of the median
 */
export function spread(values) {
  const sorted = ascending(values);
  return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2 / quantile(sorted, 0.5);
}

/**
 * @param {number[]} values positive, at least one
 * @returns {number}
 */
export function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
