// The test run itself (tests/run.js): what it promises about failures, order and time limits.
import { mkdirSync } from 'node:fs';
import { run } from '../tools/child.js';
import { countGtest, countJest, countReplayed } from '../tools/counts.js';
import { parseOptions } from '../tools/options.js';
import { logFolder } from '../tools/paths.js';
import { formatTable } from '../tools/report.js';
import { StepFailure, runSteps, withDependencies } from '../tools/scheduler.js';

beforeAll(() => mkdirSync(logFolder, { recursive: true }));

describe('the command line', () => {
  test.each([
    [[], {}],
    [['--only', 'lint,wasm'], { only: ['lint', 'wasm'] }],
    [['--only=jest', '--only', 'fuzz'], { only: ['jest', 'fuzz'] }],
    [['-h'], { help: true }],
  ])('%j', (args, expected) => {
    expect(parseOptions(args)).toEqual(expected);
  });

  test.each([[['--only']], [['--only', 'lint,nonsense']], [['--fast']]])(
    '%j is an error',
    (args) => {
      expect(parseOptions(args).error).toEqual(expect.any(String));
    },
  );
});

describe('the steps', () => {
  const options = { slots: 2, onResult: () => {} };
  const step = (name, needs = [], body = async () => {}) => ({
    name: `test of the run ${name}`,
    group: name,
    needs: needs.map((need) => `test of the run ${need}`),
    run: body,
  });

  test('are chosen with all that they need', () => {
    const all = [step('a'), step('b', ['a']), step('c', ['b']), step('d')];
    const chosen = withDependencies(all, ({ group }) => group === 'c');
    expect(chosen.map(({ group }) => group)).toEqual(['a', 'b', 'c']);
  });

  test('go on after a failure, but for those that need what failed', async () => {
    const fail = async () => {
      throw new StepFailure('no', { passed: 3, failed: 2 });
    };
    const results = await runSteps(
      [step('a', [], fail), step('b', ['a']), step('c', ['b']), step('d')],
      options,
    );
    expect(results.map(({ state }) => state)).toEqual(['failed', 'not run', 'not run', 'ok']);
    expect(results.map(({ passed, failed }) => [passed, failed])).toEqual([
      [3, 2],
      [0, 1],
      [0, 1],
      [1, 0],
    ]);
  });

  test('wait for what they come after, and run even if that failed', async () => {
    const order = [];
    const fail = async () => {
      order.push('a');
      throw new StepFailure('no');
    };
    const second = step('b', [], async () => void order.push('b'));
    const results = await runSteps(
      [{ ...second, after: ['test of the run a'] }, step('a', [], fail)],
      options,
    );
    expect(order).toEqual(['a', 'b']);
    expect(results.map(({ state }) => state)).toEqual(['ok', 'failed']);
  });

  test('count as failed when they throw anything', async () => {
    const bug = async () => {
      throw new TypeError('a bug');
    };
    const [result] = await runSteps([step('a', [], bug)], options);
    expect(result).toMatchObject({ state: 'failed', passed: 0, failed: 1 });
    expect(result.message).toContain('a bug');
  });

  test('run side by side, unless one wants the whole machine', async () => {
    let active = 0;
    const seen = {};
    const watch = (name) => async () => {
      active += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen[name] = Math.max(seen[name] ?? 0, active);
      active -= 1;
    };
    const alone = { ...step('c', [], watch('c')), wholeMachine: true };
    await runSteps([step('a', [], watch('a')), step('b', [], watch('b')), alone], options);
    expect(seen).toEqual({ a: 2, b: 1, c: 1 });
  });
});

describe('a program', () => {
  test('is killed at its time limit, and its children with it', async () => {
    const { code, timedOut, output, seconds } = await run(
      'sh',
      ['-c', 'sleep 60 & echo started; wait'],
      { seconds: 0.5 },
    );
    expect({ code, timedOut }).toEqual({ code: null, timedOut: true });
    expect(output).toContain('started');
    expect(seconds).toBeLessThan(10);
  });

  test('that does not exist is a result, too', async () => {
    const { code, output } = await run('no-such-program-here', []);
    expect(code).toBeNull();
    expect(output).toContain('ENOENT');
  });
});

describe('the figures', () => {
  test('of GoogleTest', () => {
    const testsuite = [
      { name: 'A', status: 'RUN', result: 'COMPLETED' },
      { name: 'B', status: 'RUN', result: 'COMPLETED', failures: [{ failure: 'no' }] },
      { name: 'C', status: 'RUN', result: 'SKIPPED' },
    ];
    const json = { testsuites: [{ testsuite }, { testsuite: testsuite.slice(0, 1) }] };
    expect(countGtest(json)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  test('of replayed corpora', () => {
    expect(countReplayed('1: replayed 64 inputs\n2: replayed 3 inputs\n')).toBe(67);
  });

  test('of Jest count a file that could not be loaded', () => {
    const json = {
      numPassedTests: 5,
      numFailedTests: 1,
      numRuntimeErrorTestSuites: 1,
      numPendingTests: 2,
      numTodoTests: 0,
    };
    expect(countJest(json)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  test('stand flush right in a table', () => {
    const table = formatTable([
      ['step', 'seconds'],
      ['a', '1.5'],
      ['long', '12.0'],
    ]);
    expect(table).toBe('step  seconds\n----  -------\na         1.5\nlong     12.0');
  });
});
