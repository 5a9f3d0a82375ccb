// The line that shows what is being done; where the output is no terminal, a line now and then.
const EVERY = 10_000;

export class Progress {
  #total = 0;
  #done = 0;
  #started = Date.now();
  #printed = 0;

  /** @param {number} jobs that have been added to what is to do */
  add(jobs) {
    this.#total += jobs;
  }

  /** @param {string} label of the job that begins */
  begin(label) {
    const elapsed = Date.now() - this.#started;
    const left = this.#done === 0 ? 0 : (elapsed / this.#done) * (this.#total - this.#done);
    const time = this.#done === 0 ? '' : `, ${Math.ceil(left / 60_000)} min left`;
    this.#show(`[${this.#done + 1}/${this.#total}${time}] ${label}`);
    this.#done += 1;
  }

  /** @param {string} text */
  #show(text) {
    const { stderr } = process;
    if (stderr.isTTY) {
      stderr.write(`\r\x1b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
    } else if (Date.now() - this.#printed > EVERY) {
      this.#printed = Date.now();
      stderr.write(`${text}\n`);
    }
  }

  /** @param {string} text something to keep, above the line */
  note(text) {
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}\n` : `${text}\n`);
  }

  end() {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}
