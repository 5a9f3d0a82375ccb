// npm run bench: gets what it needs, then measures. What needs installed packages is imported after that.
import { HELP, parseOptions } from './options.js';
import { install } from './tools/install.js';

const print = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
  } else {
    await install(print);
    const { bench } = await import('./bench.js');
    process.exitCode = await bench(options);
  }
} catch (error) {
  print(`npm run bench: ${/** @type {Error} */ (error).message}`);
  // Whatever is still running would keep it waiting.
  process.exit(1);
}
