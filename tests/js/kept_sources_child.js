/**
 * Prints whether a source that was closed, and what had closed it, are kept alive.
 *
 *     node --expose-gc tests/js/kept_sources_child.js
 */
import { EventSource } from '../../js/entries/index.js';

const { gc } = /** @type {any} */ (globalThis);

/** A fetch of somebody else's making that looks at nothing. */
const fetch = () => new Promise(() => {});

/** That of a program's end, say, to which many a source listens. */
const { signal } = new AbortController();

class View {
  source = new EventSource('http://127.0.0.1:9/', { fetch: /** @type {any} */ (fetch) });
  enter() {
    this.source.addEventListener('message', () => this.leave(), { signal });
  }
  leave() {
    this.source.close();
  }
}

/** In a function of its own, so that no variable is left. */
function closedView() {
  const view = new View();
  view.enter();
  view.leave();
  return new WeakRef(view);
}

const views = [closedView(), closedView()];
for (let i = 0; i < 4; i++) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  gc();
}
if (signal.aborted) throw new Error('it lives as long as this program');
console.log(JSON.stringify(views.map((view) => view.deref() !== undefined)));
