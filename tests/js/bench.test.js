/**
 * What the benchmark is trusted for: that its streams hold the events it expects, that its check notices
 * what is missing or altered, and that its figures are computed right.
 */
import { describe, expect, test } from '@jest/globals';
import { parseOptions } from '../../bench/options.js';
import { geometricMean, median, spread } from '../../bench/report/statistics.js';
import { shapes } from '../../bench/workloads/shapes.js';
import { streamWorkloads, writesOf } from '../../bench/workloads/streams.js';
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
  });

  test('what is unknown is named', () => {
    expect(() => parseOptions(['--only', 'opera'])).toThrow('opera');
    expect(() => parseOptions(['--workload', 'tickets'])).toThrow('tickets');
    expect(() => parseOptions(['--fast'])).toThrow('--fast');
    expect(() => parseOptions(['--rounds', 'many'])).toThrow('--rounds');
  });
});
