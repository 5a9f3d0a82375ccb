// A classic service worker that begins a source at its top, as early as one can.
const start = performance.now();
const job = Object.fromEntries(new URLSearchParams(self.location.search));
let result;
try {
  self.importScripts(job.script);
  const { [job.exported]: found } = self[job.global];
  if (job.begin === 'call') found({ url: job.url });
  else new found(job.url);
  result = { worker: performance.now() - start };
} catch (error) {
  result = { unavailable: `it throws in a service worker: ${error}` };
}
self.addEventListener('message', ({ ports: [port] }) => port.postMessage(result));
