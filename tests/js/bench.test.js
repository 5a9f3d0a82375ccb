/**
 * What the benchmark is trusted for: that its streams hold the events it expects, that its check notices
 * what is missing or altered, and that its figures are computed right.
 */
import { describe, expect, test } from '@jest/globals';
import { merge } from '../../bench/merge.js';
import { parseOptions } from '../../bench/options.js';
import { beforeReport } from '../../bench/report/before.js';
import { geometricMean, median, spread } from '../../bench/report/statistics.js';
import { shapes } from '../../bench/workloads/shapes.js';
import { streamWorkloads, writesOf } from '../../bench/workloads/streams.js';
import { takePartBefore } from '../../bench/tools/before.js';
import { END, expectedTally, Tally } from '../../bench/workloads/tally.js';
import { referenceParse } from '../support/reference_parser.js';

/** @param {Uint8Array[]} chunks */
const parsed = (chunks) => referenceParse(Buffer.concat(chunks)).events;

describe('the streams', () => {
  for (const [name, workload] of Object.entries(streamWorkloads)) {
    test(`${name} holds what is expected, and then its end`, () => {
      const count = name === 'megabyte' ? 1 : 1500;
      const events = parsed(writesOf(workload, count));
      expect(events.pop()).toMatchObject({ type: END, data: String(count) });
      const { eventAt } = workload;
      const expected = eventAt ? Array.from({ length: count }, (_, i) => eventAt(i)) : [];
      expect(events).toEqual(
        expected.map(({ id, type, data }) => ({ lastEventId: id, type, data })),
      );
    });
  }
});

describe('the shapes', () => {
  // The reference parser takes long for the long ones, which are built as the short ones are.
  const short = Object.entries(shapes).filter(([, { twin, giant }]) => !twin && !giant);
  for (const [name, { build }] of short) {
    test(`${name} holds what is expected`, () => {
      const { chunks, events } = build(true);
      expect(parsed(chunks)).toEqual(
        events.map(({ id, type, data }) => ({ lastEventId: id, type, data })),
      );
    });
  }
});

describe('the check of what was delivered', () => {
  const { eventAt } = streamWorkloads.ticker;
  const count = 100;
  const expected = expectedTally(eventAt, count);

  /** @param {(i: number) => import('../../bench/workloads/tally.js').BenchEvent[]} deliver */
  const complaintOf = (deliver, sampleEvery = 50) => {
    const tally = new Tally(eventAt, sampleEvery);
    for (let i = 0; i < count; i += 1) {
      for (const { type, id, data } of deliver(i)) tally.take(type, id, data);
    }
    return tally.complaint(expected);
  };

  test('has nothing to say of the right events', () => {
    expect(complaintOf((i) => [eventAt(i)])).toBe('');
  });

  test('notices an event that is missing, and one that comes twice', () => {
    const missing = (/** @type {number} */ i) => (i === 60 ? [] : [eventAt(i)]);
    const twice = (/** @type {number} */ i) => (i === 60 ? [eventAt(i), eventAt(i)] : [eventAt(i)]);
    expect(complaintOf(missing, Infinity)).toBe('99 of 100 events');
    expect(complaintOf(twice, Infinity)).toBe('101 of 100 events');
    expect(complaintOf(missing, 30)).toMatch('event 60');
  });

  test('notices a sample that differs in anything', () => {
    const altered = (change) => complaintOf((i) => [{ ...eventAt(i), ...change }]);
    expect(altered({ id: '' })).toMatch('event 0');
    expect(altered({ type: 'tock' })).toMatch('event 0');
    expect(altered({ data: '{}' })).toMatch('event 0');
  });

  test('notices between the samples that data is cut off, or an ID is lost', () => {
    const at7 = (change) =>
      complaintOf((i) => [i === 7 ? { ...eventAt(i), ...change(eventAt(i)) } : eventAt(i)]);
    expect(at7(({ data }) => ({ data: data.slice(0, -1) }))).toMatch('content');
    expect(at7(() => ({ id: '' }))).toMatch('content');
  });
});

describe('the figures', () => {
  test('the median of an odd and of an even number of samples', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 7])).toBe(6);
  });

  test('the spread is half the distance between the quartiles over the median', () => {
    expect(spread([1, 2, 3, 4, 5])).toBeCloseTo(1 / 3);
    expect(spread([4, 4, 4])).toBe(0);
  });

  test('the geometric mean', () => {
    expect(geometricMean([1, 4, 16])).toBeCloseTo(4);
  });
});

describe('publishing a part', () => {
  const runtime = (/** @type {object} */ suites) => ({ title: 'Node 26', platform: '', suites });
  const results = (/** @type {object} */ suites, /** @type {string[]} */ workloads) =>
    /** @type {any} */ ({
      date: 'then',
      runtimes: Object.keys(suites).length ? { node26: runtime(suites) } : {},
      workloads,
    });
  const whole = results({ stream: { ticker: 1, tokens: 1 }, start: { first: 1 } }, []);
  const tokens = results({ stream: { tokens: 2 } }, ['tokens']);
  const size = { ...results({}, ['size']), sizes: 3 };

  test('puts what was measured in the place of the same rows', () => {
    const merged = merge(merge(whole, tokens), size);
    expect(/** @type {any} */ (merged.runtimes.node26).suites).toEqual({
      stream: { ticker: 1, tokens: 2 },
      start: { first: 1 },
    });
    expect(merged.sizes).toBe(3);
  });

  test('names the parts, but for those of which nothing is left', () => {
    const named = (/** @type {any[]} */ ...parts) =>
      parts.reduce(merge, whole).parts.map((/** @type {any} */ { workloads }) => workloads);
    expect(named(tokens, size)).toEqual([['tokens'], ['size']]);
    expect(named(size, size, tokens)).toEqual([['size'], ['tokens']]);
    const both = results({ stream: {} }, ['ticker', 'tokens']);
    expect(named(tokens, size, both)).toEqual([['size'], ['ticker', 'tokens']]);
    expect(named(both, tokens)).toEqual([['ticker', 'tokens'], ['tokens']]);
    expect(named(results({ stream: {} }, []), tokens)).toEqual([[], ['tokens']]);
    expect(named(tokens, results({ stream: {} }, []))).toEqual([[]]);
    const elsewhere = { ...tokens, runtimes: { deno: { ...runtime({}), title: 'Deno' } } };
    expect(named(tokens, elsewhere)).toEqual([['tokens'], ['tokens']]);
  });
});

describe('a comparison with an earlier build', () => {
  test('tells medians of both, and of the pairs of a round', () => {
    const samples = (...ns) => ({ samples: { ns } });
    const ticker = { eventsource_wasm: samples(10, 30, 90), before: samples(20, 30, 100) };
    const runtimes = { node: { title: 'Node', suites: { stream: { ticker } } } };
    const line = beforeReport({ runtimes })
      .split('\n')
      .find((each) => each.includes('ticker'));
    expect(line?.trim().split(/ {2,}/)).toEqual([
      ...['Node', 'ticker', 'ns', '30.0', '30.0', '100.0 %', '90.0 %'],
      expect.stringMatching(/^±/),
    ]);
  });

  test('a folder that holds no build is named', () => {
    expect(() => takePartBefore('tests')).toThrow('tests');
  });
});

describe('the command line', () => {
  test('without options everything runs seven times, to be published', () => {
    expect(parseOptions([])).toMatchObject({ rounds: 7, quick: false, partial: false });
    expect(parseOptions([]).runtimes).toContain('webkit');
  });

  test('what leaves something out is not published', () => {
    for (const args of [['--quick'], ['--only', 'bun'], ['--workload=ticker'], ['--rounds', '3']]) {
      expect(parseOptions(args).partial).toBe(true);
    }
    expect(parseOptions(['--only', 'bun,deno']).runtimes).toEqual(['bun', 'deno']);
    const compared = parseOptions(['--before', 'a folder, of an earlier build']);
    expect(compared).toMatchObject({ before: 'a folder, of an earlier build', partial: true });
    expect(() => parseOptions(['--before', 'dist', '--publish'])).toThrow('--publish');
  });

  test('what is unknown is named', () => {
    expect(() => parseOptions(['--only', 'opera'])).toThrow('opera');
    expect(() => parseOptions(['--workload', 'tickets'])).toThrow('tickets');
    expect(() => parseOptions(['--fast'])).toThrow('--fast');
    expect(() => parseOptions(['--rounds', 'many'])).toThrow('--rounds');
  });
});
