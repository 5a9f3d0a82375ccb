// What a page with zone.js sees of an EventSource, whichever implementation it is: tests/ecosystem/zone.test.js runs
// it in Chromium for the browser's own and for ours.

/**
 * @param {new (url: string) => any} Source
 * @returns {Promise<string[]>}
 */
export async function zoneLog(Source) {
  const { Zone } = /** @type {any} */ (globalThis);
  /** @type {string[]} */
  const log = [];
  /** Hooks, as Angular's own zone has them. @param {string} name */
  const fork = (name) =>
    Zone.root.fork({
      name,
      /** @param {any[]} args */
      onScheduleTask(...args) {
        const [delegate, , target, task] = args;
        log.push(`${name}: schedules ${task.type} ${task.source}`);
        return delegate.scheduleTask(target, task);
      },
      /** @param {any[]} args */
      onInvokeTask(...args) {
        const [delegate, , target, task, applyThis, applyArgs] = args;
        log.push(`${name}: runs ${task.type} ${task.source}, ${applyArgs?.[0]?.type}`);
        return delegate.invokeTask(target, task, applyThis, applyArgs);
      },
      /** @param {any[]} args */
      onCancelTask(...args) {
        const [delegate, , target, task] = args;
        log.push(`${name}: cancels ${task.type} ${task.source}`);
        return delegate.cancelTask(target, task);
      },
      /** @param {any[]} args */
      onHasTask(...args) {
        const [delegate, , target, state] = args;
        log.push(`${name}: ${state.change} ${state[state.change]}`);
        return delegate.hasTask(target, state);
      },
      /** @param {any[]} args */
      onHandleError(...args) {
        const [, , , error] = args;
        log.push(`${name}: handles ${error.message}`);
        return false;
      },
    });
  const app = fork('app');
  const other = fork('other');
  const here = () => Zone.current.name;

  /** @type {any} */
  const source = app.run(() => new Source('/feed'));
  const handled = {
    /** @param {any} event */
    handleEvent(event) {
      log.push(`object in ${here()}: ${event.data}, ${this === handled}`);
    },
  };
  const shared = (/** @type {any} */ { data }) => log.push(`shared in ${here()}: ${data}`);
  const removed = () => log.push('never');
  const aborting = new AbortController();
  app.run(() => {
    source.addEventListener('message', function (/** @type {any} */ event) {
      log.push(`function in ${here()}: ${event.data}, ${this === source}`);
    });
    source.addEventListener('message', handled);
    source.addEventListener('message', shared);
    source.addEventListener('message', removed);
    source.addEventListener('message', () => {
      throw new Error('thrown');
    });
  });
  other.run(() => {
    source.addEventListener('message', shared);
    source.removeEventListener('message', removed);
  });
  // A zone without hooks: zone.js cancels the task after the listener was called, and the standard says before.
  Zone.root.fork({ name: 'quiet' }).run(() => {
    source.addEventListener('message', () => log.push(`once in ${here()}`), { once: true });
  });
  source.addEventListener('message', () => log.push(`root in ${here()}`));
  app.run(() =>
    source.addEventListener('tick', () => log.push('never'), { signal: aborting.signal }),
  );
  aborting.abort();
  // A listener that goes and comes again has the zone in which it came last.
  const moved = (/** @type {any} */ { data }) => log.push(`moved in ${here()}: ${data}`);
  app.run(() => source.addEventListener('message', moved));
  app.run(() => source.removeEventListener('message', moved));
  other.run(() => source.addEventListener('message', moved));
  const last = new Promise((resolve) => source.addEventListener('last', resolve));
  await last;
  log.push('closes');
  app.run(() => source.close());
  await new Promise((resolve) => setTimeout(resolve, 50));
  return log;
}

/**
 * @param {new (url: string) => any} Source
 * @returns {Promise<string[]>} what handlers and capturing listeners, which zone.js does not care for or puts out of
 *   order, tell of their zones
 */
export async function handlerLog(Source) {
  const { Zone } = /** @type {any} */ (globalThis);
  /** @type {string[]} */
  const log = [];
  const [a, b] = ['a', 'b'].map((name) => Zone.root.fork({ name }));
  const source = a.run(() => new Source('/feed'));
  const told = (/** @type {string} */ what) => (/** @type {any} */ event) =>
    log.push(`${what} ${event.type} in ${Zone.current.name}`);
  a.run(() => {
    source.onopen = told('handler');
    source.onmessage = told('never');
  });
  b.run(() => {
    source.onmessage = told('handler');
    source.addEventListener('message', told('capturing'), true);
  });
  await new Promise((resolve) => source.addEventListener('last', resolve));
  const { onmessage } = source;
  source.onmessage = null;
  log.push(`${typeof onmessage} ${source.onmessage}`);
  // An event of the page's own, to listeners of its own.
  a.run(() => source.dispatchEvent(new Event('message')));
  b.run(() => source.dispatchEvent(new Event('open')));
  source.close();
  return log;
}
