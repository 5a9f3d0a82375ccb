// How figures are written.
import { median, spread } from './statistics.js';

/**
 * @param {number} value
 * @returns {string} three digits that count
 */
export function digits(value) {
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toPrecision(3);
}

/** @param {number} perSecond */
export function rate(perSecond) {
  if (perSecond >= 1e6) return `${digits(perSecond / 1e6)} M`;
  return perSecond >= 1e3 ? `${digits(perSecond / 1e3)} k` : digits(perSecond);
}

/** @param {number} ns */
export function time(ns) {
  if (ns >= 1e6) return `${digits(ns / 1e6)} ms`;
  return ns >= 1e4 ? `${digits(ns / 1e3)} µs` : `${digits(ns)} ns`;
}

/** @param {number} bytes */
export function amount(bytes) {
  if (Math.abs(bytes) >= 2 ** 20) return `${digits(bytes / 2 ** 20)} MiB`;
  return Math.abs(bytes) >= 1e4 ? `${digits(bytes / 2 ** 10)} KiB` : `${digits(bytes)} B`;
}

/**
 * @param {number[]} values
 * @param {(value: number) => string} show
 * @returns {string} the median and, where there are several, the spread
 */
export function withSpread(values, show) {
  const text = show(median(values));
  return values.length < 2 ? text : `${text} ±${Math.round(spread(values) * 100)}%`;
}
