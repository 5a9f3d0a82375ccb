// Runs one job in a process of its own and prints what came out as one marked line.
import process from 'node:process';
import { runParse } from './run_parse.js';
import { runParts } from './run_parts.js';
import { runStream } from './run_stream.js';
import { RESULT_MARK } from './mark.js';

/** Of this process, both in the user's and in the kernel's mode. */
let begun = 0;
const milliseconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const cpu = {
  begin: () => void (begun = milliseconds()),
  end: () => milliseconds() - begun,
};

const job = JSON.parse(process.argv[2]);
const suites = {
  parse: () => runParse(job),
  parts: () => runParts(job),
  stream: () => runStream(job, cpu),
  start: async () => (await import('./run_start.js')).runStart(job),
  memory: async () => (await import('./run_memory.js')).runMemory(job),
};
const result = await suites[job.suite]();
process.stdout.write(`${RESULT_MARK}${JSON.stringify(result)}\n`, () => process.exit(0));
