/**
 * Live figures of the machine this runs on, from the operating system.
 */

import os from 'node:os';

/**
 * @typedef {object} Figures
 * @property {string} time when they were taken, ISO 8601
 * @property {number[]} load load average over 1, 5 and 15 minutes (zeros on Windows, which has none)
 * @property {number | null} cpu share of processor time in use since the last figures, 0 to 1
 * @property {number} cores how many logical processors
 * @property {{ used: number, total: number }} memory bytes
 * @property {number} uptime seconds since the machine started
 * @property {number} rss bytes of memory this process holds
 */

export class MachineFigures {
  #before = cpuTimes();
  /** @type {number | null} */
  #cpu = null;

  /** @returns {Figures} the figures of this moment */
  take() {
    const total = os.totalmem();
    return {
      time: new Date().toISOString(),
      load: os.loadavg().map((value) => Math.round(value * 100) / 100),
      cpu: this.#cpuShare(),
      cores: os.cpus().length,
      memory: { used: total - os.freemem(), total },
      uptime: Math.floor(os.uptime()),
      rss: process.memoryUsage.rss(),
    };
  }

  /** @returns {number | null} */
  #cpuShare() {
    const now = cpuTimes();
    const elapsed = now.total - this.#before.total;
    // The counters move in steps of about 10 ms; over less than a few steps a share says nothing.
    if (elapsed >= 100) {
      const idle = now.idle - this.#before.idle;
      this.#cpu = Math.round(Math.min(1, Math.max(0, 1 - idle / elapsed)) * 1000) / 1000;
      this.#before = now;
    }
    return this.#cpu;
  }
}

/** @returns {{ idle: number, total: number }} milliseconds over all processors since the start */
function cpuTimes() {
  let idle = 0;
  let total = 0;
  for (const { times } of os.cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, total };
}
