// Runs one job in a page and sends what came out to the server that the page came from.
import { runParse } from './run_parse.js';
import { runParts } from './run_parts.js';
import { runStream } from './run_stream.js';

const id = new URLSearchParams(location.search).get('job');

/** @param {string} path @param {unknown} [value] */
async function post(path, value) {
  const response = await fetch(`/${path}/${id}`, { method: 'POST', body: JSON.stringify(value) });
  return response.json();
}

// A page cannot see its own processor time: the server reads it from the system.
const cpu = { begin: () => post('cpu-begin'), end: () => post('cpu-end') };

async function run() {
  const job = await (await fetch(`/job/${id}`)).json();
  const suites = {
    parse: () => runParse(job),
    parts: () => runParts(job),
    stream: () => runStream(job, cpu),
    start: async () => (await import('./run_start_page.js')).runStart(job),
  };
  return suites[job.suite]();
}

post('result', await run().catch((error) => ({ broken: String(error?.stack ?? error) })));
