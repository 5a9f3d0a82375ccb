/**
 * Loaded by the page of a worker context: starts the worker, and keeps its results where a driver finds
 * them, at `globalThis.suiteResults`.
 */

/** @type {{kind: 'dedicated' | 'shared' | 'service', type: 'module' | 'classic', script: string}} */
const { kind, type, script } = JSON.parse(
  new URLSearchParams(location.search).get('worker') ?? '{}',
);

/** @param {Worker | MessagePort} channel @returns {Promise<any>} */
function firstMessage(channel) {
  return new Promise((resolve) => {
    channel.onmessage = (/** @type {any} */ event) => resolve(event.data);
  });
}

/** @param {EventTarget} worker @returns {Promise<never>} */
function failure(worker) {
  return new Promise((_, reject) => {
    worker.addEventListener('error', (/** @type {any} */ event) =>
      reject(new Error(`the worker failed: ${event.message ?? 'its script did not load'}`)),
    );
  });
}

function dedicated() {
  const worker = new Worker(script, { type });
  return Promise.race([firstMessage(worker), failure(worker)]);
}

function shared() {
  const worker = new SharedWorker(script, { type });
  return Promise.race([firstMessage(worker.port), failure(worker)]);
}

async function service() {
  const registration = await navigator.serviceWorker.register(script, { type, scope: '/run/' });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (!worker) throw new Error('the service worker is nowhere');
  while (worker.state !== 'activated') {
    await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
    if (worker.state === 'redundant') throw new Error('the service worker did not install');
  }
  const { port1, port2 } = new MessageChannel();
  const message = firstMessage(port1);
  worker.postMessage('run', [port2]);
  try {
    return await message;
  } finally {
    await registration.unregister();
  }
}

/** @type {any} */ (globalThis).suiteResults = { dedicated, shared, service }[kind]();
