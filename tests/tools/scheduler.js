// Runs steps as soon as what they need is there and a core is free.
import { appendFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { run } from './child.js';
import { logFolder } from './paths.js';

/**
 * @typedef {object} Outcome
 * @property {number} [passed] how many tests passed; 1 where the step says nothing
 * @property {number} [failed]
 * @property {string} [note] a few words for the table
 * @property {boolean} [skipped] there was nothing to be done: the step counts for nothing
 * @property {Record<string, number>} [counts] figures for the report, by label
 * @property {{ title: string, rows: string[][] }} [table] a table for the report, heading first
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} group
 * @property {string[]} [needs] names of steps that must have succeeded
 * @property {string[]} [after] names of steps that must have ended, well or not
 * @property {boolean} [wholeMachine] nothing else may run beside it
 * @property {(context: Context) => Promise<Outcome | void>} run throws when it failed
 *
 * @typedef {Step & { passed: number, failed: number, seconds: number, outcome: Outcome,
 *   state: 'ok' | 'failed' | 'skipped' | 'not run', log: string, message?: string }} Result
 */

/** Ends a step as failed; the message is for the person who reads the run. */
export class StepFailure extends Error {
  /**
   * @param {string} message
   * @param {Outcome} [outcome] counts, where tests did run
   */
  constructor(message, outcome = {}) {
    super(message);
    this.outcome = outcome;
  }
}

/** What a step is given: its log, and a way to run programs into it. */
export class Context {
  /** @param {string} name the step's */
  constructor(name) {
    this.log = path.join(logFolder, `${name.replace(/\W+/g, '-')}.log`);
    rmSync(this.log, { force: true });
  }

  /**
   * Runs a program and throws a StepFailure unless it exits with 0.
   * @param {string} command
   * @param {string[]} args
   * @param {object} [options] as those of child.js; with `check: false` it never throws
   */
  async exec(command, args, { check = true, ...options } = {}) {
    const result = await run(command, args, { log: this.log, ...options });
    if (check && result.code !== 0) {
      const how = result.timedOut ? 'ran out of time' : `ended with ${result.code ?? 'a signal'}`;
      throw new StepFailure(`${path.basename(command)} ${how}`);
    }
    return result;
  }

  /**
   * Runs a program of node_modules.
   * @param {string} script its path below node_modules
   * @param {string[]} args
   * @param {object} [options] as those of exec
   */
  node(script, args, options) {
    return this.exec(process.execPath, [`node_modules/${script}`, ...args], options);
  }

  /** @param {string} text a line for the log */
  write(text) {
    appendFileSync(this.log, `${text}\n`);
  }
}

/** @param {Step} step */
const before = ({ needs = [], after = [] }) => [...needs, ...after];

/**
 * @param {Step[]} all
 * @param {(step: Step) => boolean} wanted
 * @returns {Step[]} the wanted steps and those that come before them, in the given order
 */
export function withDependencies(all, wanted) {
  const names = new Set();
  const add = (step) => {
    if (names.has(step.name)) return;
    names.add(step.name);
    for (const other of before(step)) add(all.find(({ name }) => name === other));
  };
  all.filter(wanted).forEach(add);
  return all.filter(({ name }) => names.has(name));
}

/**
 * @param {Step[]} steps
 * @param {object} options
 * @param {number} options.slots how many steps run side by side
 * @param {(result: Result) => void} options.onResult
 * @returns {Promise<Result[]>} in the order of the steps
 */
export async function runSteps(steps, { slots, onResult }) {
  /** @type {Map<string, Result>} */
  const results = new Map();
  const waiting = [...steps];
  /** @type {Map<Step, Promise<void>>} */
  const active = new Map();

  const settle = (result) => {
    results.set(result.name, result);
    onResult(result);
  };
  const start = (step) => {
    waiting.splice(waiting.indexOf(step), 1);
    const unmet = (step.needs ?? []).filter((need) => results.get(need)?.state !== 'ok');
    if (unmet.length > 0) {
      settle(notRun(step, unmet));
      return;
    }
    const promise = runStep(step).then((result) => {
      active.delete(step);
      settle(result);
    });
    active.set(step, promise);
  };

  while (waiting.length > 0 || active.size > 0) {
    const busy = [...active.keys()];
    const next = waiting.find(
      (step) =>
        before(step).every((other) => results.has(other)) &&
        busy.length < slots &&
        !busy.some(({ wholeMachine }) => wholeMachine) &&
        !(step.wholeMachine && busy.length > 0),
    );
    if (next) start(next);
    else await Promise.race(active.values());
  }
  return steps.map(({ name }) => results.get(name));
}

/** @returns {Promise<Result>} */
async function runStep(step) {
  const started = performance.now();
  const context = new Context(step.name);
  let outcome;
  let message;
  try {
    outcome = (await step.run(context)) ?? {};
  } catch (error) {
    outcome = error instanceof StepFailure ? error.outcome : {};
    message = error instanceof StepFailure ? error.message : error.stack;
    outcome = { passed: 0, ...outcome, failed: Math.max(1, outcome.failed ?? 0) };
  }
  const skipped = outcome.skipped === true;
  return {
    ...step,
    outcome,
    message,
    log: context.log,
    passed: skipped ? 0 : (outcome.passed ?? 1),
    failed: outcome.failed ?? 0,
    state: message === undefined ? (skipped ? 'skipped' : 'ok') : 'failed',
    seconds: (performance.now() - started) / 1000,
  };
}

/** @returns {Result} */
function notRun(step, unmet) {
  const outcome = { note: `needs ${unmet.join(', ')}` };
  return { ...step, outcome, passed: 0, failed: 1, state: 'not run', log: '', seconds: 0 };
}
