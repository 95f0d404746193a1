import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { monthOfDay, monthText } from '#engine/time/months.ts';
import {
  columnsOf,
  type FunnelColumns,
  keepChanged,
  nextRow,
  noDay,
  placeOfNext,
  type PlainLead,
  removeRows,
  writeLead,
} from './columns.ts';
import { convert, type Counts } from './conversion.ts';
import { byCodes, byMonths, byNothing, type Grouping } from './grouping.ts';
import { readId } from './ids.ts';
import { percentilesByGroup } from './percentiles.ts';
import type { FunnelQuestion, Standing } from './question.ts';
import { pageOfRecords, type LeadPlace } from './records.ts';
import { countStages } from './stages.ts';

const stages = 4;
const id = (number: number): string => `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const everything: FunnelQuestion = {
  mode: 'cohort',
  from: 0,
  to: 2,
  startDay: -0x7fffffff,
  endDay: 0x7fffffff,
  windowDays: null,
  asOfDay: 1_000,
};
const byOrigin = (columns: FunnelColumns): Grouping => byCodes(columns.codes.origin, columns.dictionaries.origin.texts.length);

/** Ten leads worked by hand. Stages: 0 entered, 1 between, 2 reached, 3 aside. */
const leads: PlainLead[] = [
  { id: id(1), days: [10, 12, 15], origin: 'paid', value: 100n, currency: 'EUR' }, // 5 days
  { id: id(2), days: [10, null, 40], origin: 'paid', value: 50n, currency: 'USD' }, // 30 days
  { id: id(3), days: [11, 12, null], origin: 'paid' },
  { id: id(4), days: [20, null, 18], origin: 'paid', value: 7n, currency: 'EUR' }, // −2 days
  { id: id(5), days: [20, null, 20], origin: 'unknown', value: 3n }, // 0 days, no currency
  { id: id(6), days: [95, null, null], origin: 'unknown' },
  { id: id(7), days: [30, null, 33], origin: null }, // blank is no value
  { id: id(8), days: [null, null, 25], origin: 'paid', value: 9n, currency: 'EUR' }, // no a
  { id: id(9), days: [96, null, 101], origin: 'paid' }, // reached after as-of
  { id: id(10), days: [150, null, 160], origin: 'paid' }, // not yet
];

function shown(
  columns: FunnelColumns,
  question: FunnelQuestion,
): Record<string, Omit<Counts, 'values'> & { values: Record<string, bigint> }> {
  const { groups, total } = convert(columns, question, byOrigin(columns));
  const values = (counts: Counts) =>
    Object.fromEntries(counts.values.map(({ currency, amount }) => [columns.dictionaries.currency.texts[currency] ?? 'none', amount]));
  return Object.fromEntries([
    ...groups.map(({ group, ...counts }) => [columns.dictionaries.origin.texts[group] ?? 'blank', { ...counts, values: values(counts) }]),
    ['total', { ...total, values: values(total) }],
  ]);
}

test('a cohort counts whoever entered in the period and reached by as-of, once, in its own group', () => {
  const answer = shown(columnsOf(leads, stages), { ...everything, asOfDay: 100 });
  assert.deepEqual(answer, {
    paid: {
      entered: 5,
      reached: 3,
      rate: 3 / 5,
      medianDays: 5,
      p90Days: 30,
      negativeCycles: 1,
      reachedWithoutEntering: 1,
      censored: 0,
      values: { EUR: 107n, USD: 50n },
    },
    unknown: {
      entered: 2,
      reached: 1,
      rate: 0.5,
      medianDays: 0,
      p90Days: 0,
      negativeCycles: 0,
      reachedWithoutEntering: 0,
      censored: 0,
      values: { none: 3n },
    },
    blank: {
      entered: 1,
      reached: 1,
      rate: 1,
      medianDays: 3,
      p90Days: 3,
      negativeCycles: 0,
      reachedWithoutEntering: 0,
      censored: 0,
      values: {},
    },
    total: {
      entered: 8,
      reached: 5,
      rate: 5 / 8,
      medianDays: 3,
      p90Days: 30,
      negativeCycles: 1,
      reachedWithoutEntering: 1,
      censored: 0,
      values: { none: 3n, EUR: 107n, USD: 50n },
    },
  });
});

test('with a window, late ones do not count and young ones are censored', () => {
  const { total } = convert(columnsOf(leads, stages), { ...everything, asOfDay: 100, windowDays: 5 }, byNothing(columnsOf(leads, stages)));
  assert.deepEqual([total.entered, total.reached, total.censored], [8, 4, 1], '30 days are too many; only day 96 + 5 lies beyond day 100');
});

test('a period divides entries of the later stage by entries of the earlier, each by its own day', () => {
  const columns = columnsOf(leads, stages);
  const { total } = convert(columns, { ...everything, mode: 'period', startDay: 15, endDay: 30, asOfDay: 100 }, byNothing(columns));
  assert.deepEqual(
    [total.entered, total.reached, total.reachedWithoutEntering, total.negativeCycles],
    [3, 4, 1, 1],
    'entered 4 5 7; reached 1 4 5 and 8, which has no a',
  );
  assert.equal(total.medianDays, 0, 'of −2, 0, 5: the one without a has no days');
});

test('nothing entered has no rate, and an empty workspace answers nothing', () => {
  const { groups, total } = convert(columnsOf([], stages), everything, byNothing(columnsOf([], stages)));
  assert.deepEqual([groups, total.rate, total.medianDays], [[], null, null]);
});

test('sums beyond 64 bits stay exact', () => {
  const huge = 9_223_372_036_854_775_807n;
  const columns = columnsOf(
    [1, 2, 3].map((number) => ({ id: id(number), days: [1, null, 2], value: huge, currency: 'EUR' })),
    stages,
  );
  assert.equal(convert(columns, everything, byNothing(columns)).total.values[0]!.amount, 3n * huge);
});

test('what cancels out among the groups is left out of the total', () => {
  const cancelling = [4n, -4n].map((value, at) => ({ id: id(at), days: [1, null, 2], value, currency: 'EUR', origin: `origin ${at}` }));
  const columns = columnsOf(cancelling, stages);
  const { groups, total } = convert(columns, everything, byOrigin(columns));
  assert.deepEqual([groups.map(({ values }) => values[0]!.amount), total.values], [[4n, -4n], []]);
});

// Properties against the plainest way of saying the same.

const dayOrNone = fc.option(fc.integer({ min: -5, max: 120 }), { freq: 3 });
const anyLead = fc.record({
  days: fc.tuple(dayOrNone, dayOrNone, dayOrNone, dayOrNone),
  value: fc.option(fc.bigInt(-5n, 1_000_000n)),
  origin: fc.constantFrom(null, 'paid', 'social', 'unknown'),
  currency: fc.constantFrom(null, 'EUR', 'USD'),
});
const anyLeads = fc.array(anyLead, { maxLength: 60 }).map((all): PlainLead[] => all.map((lead, at) => ({ id: id(at), ...lead })));
const anyQuestion: fc.Arbitrary<FunnelQuestion> = fc
  .record({
    mode: fc.constantFrom('cohort', 'period'),
    pair: fc.constantFrom([0, 1], [0, 2], [1, 3]),
    startDay: fc.integer({ min: -10, max: 60 }),
    length: fc.integer({ min: 0, max: 130 }),
    windowDays: fc.option(fc.integer({ min: 0, max: 60 })),
    asOfDay: fc.integer({ min: 0, max: 130 }),
  })
  .map(({ mode, pair, startDay, length, windowDays, asOfDay }) => ({
    mode: mode as 'cohort' | 'period',
    from: pair[0]!,
    to: pair[1]!,
    startDay,
    endDay: startDay + length,
    windowDays: mode === 'period' ? null : windowDays,
    asOfDay,
  }));

/** Which leads a number holds, said as the words say it. */
function holds(question: FunnelQuestion, which: Standing, lead: PlainLead): boolean {
  const known = (stage: number) => {
    const day = lead.days[stage] ?? null;
    return day !== null && day <= question.asOfDay ? day : null;
  };
  const inPeriod = (day: number | null) => day !== null && day >= question.startDay && day <= question.endDay;
  const [a, b, window] = [known(question.from), known(question.to), question.windowDays];
  const entered = inPeriod(a);
  const reached = question.mode === 'period' ? inPeriod(b) : entered && b !== null && (window === null || b - a! <= window);
  if (which === 'entered') return entered;
  if (which === 'reached') return reached;
  if (which === 'negative') return reached && a !== null && b! < a;
  if (which === 'censored') return entered && window !== null && a! + window > question.asOfDay;
  return a === null && inPeriod(b);
}

function bruteCounts(question: FunnelQuestion, all: readonly PlainLead[]) {
  const of = (which: Standing) => all.filter((lead) => holds(question, which, lead));
  const reached = of('reached');
  const spans = reached
    .flatMap((lead) =>
      lead.days[question.from] !== null && lead.days[question.from]! <= question.asOfDay
        ? [lead.days[question.to]! - lead.days[question.from]!]
        : [],
    )
    .sort((one, other) => one - other);
  const rank = (percent: number) => (spans.length === 0 ? null : spans[Math.ceil((percent * spans.length) / 100) - 1]);
  const values = new Map<string, bigint>();
  for (const lead of reached) values.set(String(lead.currency), (values.get(String(lead.currency)) ?? 0n) + (lead.value ?? 0n));
  return {
    counts: [
      of('entered').length,
      reached.length,
      of('negative').length,
      of('withoutEntering').length,
      of('censored').length,
      rank(50),
      rank(90),
    ],
    values: new Map([...values].filter(([, amount]) => amount !== 0n).sort()),
  };
}

function countsAsBrute(columns: FunnelColumns, counts: Counts) {
  return {
    counts: [
      counts.entered,
      counts.reached,
      counts.negativeCycles,
      counts.reachedWithoutEntering,
      counts.censored,
      counts.medianDays,
      counts.p90Days,
    ],
    values: new Map(
      counts.values.map(({ currency, amount }) => [String(columns.dictionaries.currency.texts[currency]), amount] as const).sort(),
    ),
  };
}

test('counts, days and values of every group and of all equal those of brute force', () => {
  fc.assert(
    fc.property(anyLeads, anyQuestion, (all, question) => {
      const columns = columnsOf(all, stages);
      const { groups, total } = convert(columns, question, byOrigin(columns));
      assert.deepEqual(countsAsBrute(columns, total), bruteCounts(question, all));
      for (const group of groups) {
        const origin = columns.dictionaries.origin.texts[group.group]!;
        assert.deepEqual(
          countsAsBrute(columns, group),
          bruteCounts(
            question,
            all.filter((lead) => (lead.origin ?? null) === origin),
          ),
          String(origin),
        );
      }
    }),
    { numRuns: 500 },
  );
});

test('months: a cohort counts by its entry, a period by each entry, and they add up', () => {
  fc.assert(
    fc.property(anyLeads, anyQuestion, (all, question) => {
      const columns = columnsOf(all, stages);
      const months = byMonths(columns, question);
      const { groups, total } = convert(columns, question, months);
      for (const which of ['entered', 'reached'] as const) {
        const expected = new Map<string, number>();
        for (const lead of all.filter((one) => holds(question, which, one))) {
          const month = monthText(monthOfDay(lead.days[question.mode === 'cohort' || which === 'entered' ? question.from : question.to]!));
          expected.set(month, (expected.get(month) ?? 0) + 1);
        }
        const found = new Map(
          groups.filter((group) => group[which] > 0).map((group) => [monthText(months.firstMonth + group.group - 1), group[which]]),
        );
        assert.deepEqual(new Map([...found].sort()), new Map([...expected].sort()));
        assert.equal(
          [...found.values()].reduce((sum, count) => sum + count, 0),
          total[which],
        );
      }
    }),
    { numRuns: 300 },
  );
});

test('every number opens into exactly the leads it counts, newest first, whatever the size of a page', () => {
  fc.assert(
    fc.property(
      anyLeads,
      anyQuestion,
      fc.constantFrom<Standing>('entered', 'reached', 'negative', 'withoutEntering', 'censored'),
      fc.integer({ min: 1, max: 9 }),
      (all, question, which, limit) => {
        const columns = columnsOf(all, stages);
        const grouping = byOrigin(columns);
        const origin = columns.dictionaries.origin.texts.length > 1 ? 1 : 0;
        const found: LeadPlace[] = [];
        for (let after: LeadPlace | null = null, more = true; more; after = found.at(-1) ?? null) {
          const page = pageOfRecords(columns, { question, which, grouping, group: origin, limit, after });
          found.push(...page.leads);
          more = page.hasMore;
        }
        const expected = all
          .filter((lead) => (lead.origin ?? null) === columns.dictionaries.origin.texts[origin]! && holds(question, which, lead))
          .map((lead) => lead.id);
        assert.deepEqual(found.map((lead) => lead.id).sort(), expected.sort());
        assert.deepEqual(
          found,
          found.toSorted((one, other) => other.day - one.day || (one.id < other.id ? 1 : -1)),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('the chart counts every stage as a conversion to it would', () => {
  fc.assert(
    fc.property(anyLeads, anyQuestion, (all, question) => {
      const columns = columnsOf(all, stages);
      const counts = countStages(columns, question);
      assert.equal(counts.length, stages - question.from);
      for (let stage = question.from; stage < stages; stage++) {
        const { total } = convert(columns, { ...question, to: stage }, byNothing(columns));
        assert.equal(counts[stage - question.from], stage === question.from ? total.entered : total.reached, `stage ${stage}`);
      }
    }),
    { numRuns: 300 },
  );
});

test('percentiles by counting and by sorting are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -50, max: 4000 }), fc.integer({ min: 0, max: 4 })), { maxLength: 80 }), (pairs) => {
      const grouped = (scale: number) => ({
        days: Int32Array.from(pairs, ([day]) => day * scale),
        groups: Int32Array.from(pairs, ([, group]) => group),
        count: pairs.length,
        groupCount: 5,
      });
      const far = percentilesByGroup(grouped(100_000), [50, 90]);
      assert.deepEqual(
        far.map((groups) => groups.map((day) => (day === null ? null : day / 100_000))),
        percentilesByGroup(grouped(1), [50, 90]),
      );
    }),
  );
});

test('columns that were changed lead by lead equal columns made anew', () => {
  const step = fc.record({ number: fc.integer({ min: 0, max: 40 }), lead: anyLead, remove: fc.boolean() });
  fc.assert(
    fc.property(anyLeads, fc.array(fc.array(step, { maxLength: 10 }), { maxLength: 6 }), (all, rounds) => {
      const columns = columnsOf(all, stages);
      const plain = new Map(all.map((lead) => [lead.id, lead]));
      for (const round of rounds) {
        const removed: number[] = [];
        for (const { number, lead, remove } of new Map(round.map((one) => [one.number, one])).values()) {
          writeLead(columns, nextRow(columns), { id: id(number), ...lead });
          if (!remove) keepChanged(columns);
          else if (placeOfNext(columns) >= 0) removed.push(placeOfNext(columns));
          if (remove) plain.delete(id(number));
          else plain.set(id(number), { id: id(number), ...lead });
        }
        removeRows(columns, removed);
      }
      assert.deepEqual(described(columns), described(columnsOf(plain.values(), stages)));
    }),
    { numRuns: 300 },
  );
});

function described(columns: FunnelColumns): string[] {
  return Array.from({ length: columns.count }, (_, row) =>
    [
      readId(columns.ids, row),
      ...columns.days.map((days) => (days[row] === noDay ? '-' : days[row])),
      columns.values[row],
      columns.dictionaries.origin.texts[columns.codes.origin[row]!],
      columns.dictionaries.currency.texts[columns.codes.currency[row]!],
    ].join(' '),
  ).sort();
}
