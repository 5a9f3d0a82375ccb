// The chart of the page: small ticks end to end, drawn by Vega.
import { logger, None, parse, View } from 'vega';
import { compile } from 'vega-lite';
import { contestants } from '../contestants/index.js';
import { present } from './sections.js';
import { median } from './statistics.js';

const OURS = '#1f6feb';
const OTHERS = '#9aa4b2';

/**
 * @param {import('../bench.js').Results} results
 * @returns {Promise<string>} SVG
 */
export async function chart(results) {
  const values = present(results).flatMap(({ title, suites }) =>
    Object.entries(suites.stream?.ticker ?? {}).flatMap(([name, { samples, wrong }]) =>
      samples.ns && !wrong
        ? [
            {
              runtime: title,
              implementation: contestants[name].title,
              ours: Boolean(contestants[name].ours),
              perSecond: 1e9 / median(samples.ns),
            },
          ]
        : [],
    ),
  );
  const y = {
    field: 'implementation',
    type: 'nominal',
    sort: Object.values(contestants).map((each) => each.title),
    title: null,
    axis: { labelLimit: 300 },
  };
  const x = { field: 'perSecond', type: 'quantitative', title: 'events per second' };
  const spec = {
    background: 'white',
    padding: 12,
    title: { text: 'Small ticks, end to end over loopback HTTP', anchor: 'start', offset: 12 },
    data: { values },
    facet: {
      field: 'runtime',
      type: 'nominal',
      sort: present(results).map((each) => each.title),
      title: null,
      header: { labelFontWeight: 'bold', labelAnchor: 'start' },
    },
    columns: 2,
    resolve: { scale: { x: 'independent', y: 'independent' } },
    spec: {
      width: 260,
      height: { step: 17 },
      encoding: { y, x: { ...x, axis: { format: '~s', tickCount: 4 } } },
      layer: [
        {
          mark: { type: 'bar', height: 12 },
          encoding: {
            color: { condition: { test: 'datum.ours', value: OURS }, value: OTHERS },
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 4, fontSize: 10 },
          encoding: { text: { field: 'perSecond', format: '.3s' } },
        },
      ],
    },
    config: { view: { stroke: null }, font: 'sans-serif' },
  };
  // It warns of facets that are independent, which is what they are meant to be.
  const compiled = compile(/** @type {any} */ (spec), { logger: logger(None) });
  const view = new View(parse(compiled.spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}
