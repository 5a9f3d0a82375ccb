// The core, built for this machine: tests, sanitizers, coverage, fuzzing.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { countGtest, countReplayed, llvmCoverageTable } from './counts.js';
import { buildFolder, fuzzTargets, logFolder, root } from './paths.js';
import { StepFailure } from './scheduler.js';

const fuzzSeconds = 30;

/** @type {import('./scheduler.js').Step[]} */
export const nativeSteps = [
  { name: 'fuzz', group: 'fuzz', needs: ['packages'], run: fuzz },
  { name: 'asan', group: 'native', needs: ['packages'], run: (context) => test(context, 'asan') },
  {
    name: 'native',
    group: 'native',
    needs: ['packages'],
    run: (context) => test(context, 'native'),
  },
  { name: 'coverage src', group: 'native', needs: ['packages'], run: coverage },
];

/** Configures and builds a preset. Another step is building, too: one job each. */
async function build(context, preset) {
  await context.exec('cmake', ['--preset', preset]);
  await context.exec('cmake', ['--build', '--preset', preset, '--parallel', '1'], { seconds: 300 });
}

/** GoogleTest in one process, which is quicker than ctest's one for each test; ctest for the replays. */
async function test(context, preset) {
  await build(context, preset);
  const env = { UBSAN_OPTIONS: 'print_stacktrace=1' };
  const tests = { passed: 0, failed: 0, skipped: 0 };
  let code = 0;
  for (const program of ['eventsource_tests', 'heap_tests']) {
    const json = path.join(logFolder, `${program}-${preset}.json`);
    rmSync(json, { force: true });
    const gtest = await context.exec(
      path.join(buildFolder, preset, 'tests', program),
      ['--gtest_brief=1', `--gtest_output=json:${json}`],
      { check: false, seconds: 240, env },
    );
    if (!existsSync(json)) throw new StepFailure(`${program} did not come to its end`);
    const counts = countGtest(JSON.parse(readFileSync(json, 'utf8')));
    tests.passed += counts.passed;
    tests.failed += counts.failed;
    tests.skipped += counts.skipped;
    code ||= gtest.code;
  }
  const replay = await context.exec(
    'ctest',
    ['--preset', preset, '--tests-regex', '^replay', '--verbose'],
    { check: false, seconds: 120, env },
  );

  const replayed = countReplayed(replay.output);
  const failed = tests.failed + (replay.code === 0 ? 0 : 1);
  const outcome = {
    passed: tests.passed + (replay.code === 0 ? 1 : 0),
    failed,
    note: [
      `${tests.passed + tests.failed} GoogleTest`,
      `${replayed} inputs replayed`,
      ...(tests.skipped > 0 ? [`${tests.skipped} skipped`] : []),
    ].join(', '),
    counts: {
      'GoogleTest tests': tests.passed + tests.failed,
      'fuzz inputs replayed': replayed,
    },
  };
  if (failed > 0) throw new StepFailure(`${failed} tests failed`, outcome);
  if (code !== 0) throw new StepFailure(`GoogleTest ended with ${code}`, outcome);
  return outcome;
}

async function coverage(context) {
  await build(context, 'coverage');
  const folder = path.join(buildFolder, 'coverage');
  const program = path.join(folder, 'tests', 'eventsource_tests');
  const raw = path.join(folder, 'tests.profraw');
  const data = path.join(folder, 'tests.profdata');
  await context.exec(program, ['--gtest_brief=1'], {
    seconds: 240,
    env: { LLVM_PROFILE_FILE: raw },
  });
  await context.exec('llvm-profdata', ['merge', '-sparse', raw, '-o', data]);
  const summary = await context.exec('llvm-cov', [
    'export',
    '-summary-only',
    `-instr-profile=${data}`,
    program,
    path.join(root, 'src'),
  ]);
  const rows = llvmCoverageTable(JSON.parse(summary.output));
  return {
    note: `${rows.at(-1)[1].trim()} of lines`,
    table: { title: 'Coverage of src/ by GoogleTest', rows },
  };
}

/** Fuzzes from a copy of the corpus: what it finds on its way stays in the build folder. */
async function fuzz(context) {
  await build(context, 'fuzz');
  const targets = fuzzTargets();
  if (targets.length === 0) throw new StepFailure('there is no target in tests/fuzz/');
  const artifacts = path.join(buildFolder, 'fuzz', 'artifacts');
  mkdirSync(artifacts, { recursive: true });
  const seconds = Math.max(5, Math.floor(fuzzSeconds / targets.length));
  let runs = 0;
  for (const target of targets) {
    const { output } = await context.exec(
      path.join(buildFolder, 'fuzz', 'tests', target),
      [
        workingCorpus(target),
        `-max_total_time=${seconds}`,
        '-timeout=5',
        '-rss_limit_mb=2048',
        '-print_final_stats=1',
        `-artifact_prefix=${artifacts}/${target}-`,
      ],
      { seconds: seconds + 60 },
    );
    runs += Number(/stat::number_of_executed_units: (\d+)/.exec(output)?.[1] ?? 0);
  }
  return {
    passed: targets.length,
    note: `${runs.toLocaleString('en')} runs in ${seconds * targets.length} s`,
    counts: { 'fuzz runs': runs },
  };
}

function workingCorpus(target) {
  const copy = path.join(buildFolder, 'fuzz', 'corpus', target);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const corpus = path.join(root, 'tests', 'fuzz', 'corpus');
  const own = path.join(corpus, target);
  cpSync(existsSync(own) ? own : corpus, copy, { recursive: true });
  // libFuzzer refuses an empty folder.
  writeFileSync(path.join(copy, 'empty'), '');
  return copy;
}
