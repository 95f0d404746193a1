import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asOf, closedDeal, costCustomer, costLead, workedLeads } from '#tests/support/cost-leads.ts';
import { type CauseName, causeNames, causeTable } from './causes.ts';
import { lostAgainstIcp } from './churn.ts';
import { type Cost, costOf } from './cost.ts';
import { firstCause, shareOf } from './first.ts';
import type { CostLead } from './lead.ts';
import { looksMarketings, lostForMarketing } from './lost-deals.ts';
import { lossesOf } from './losses.ts';
import { type CostModel, fitCostModel } from './model.ts';
import type { CostAsk, CostPast } from './question.ts';
import { Tally } from './range.ts';
import { missedOf } from './reach.ts';
import { reasonsAboutFit, standingOf } from './standing.ts';

const day = 86_400_000;
const ask: CostAsk = {
  ...{
    settleDays: 30,
    attempts: 6,
    draws: 20,
    seed: 1,
    hourly: { amount: 6_000n, low: 5_000n, high: 8_000n },
    isMarketings: looksMarketings,
  },
  minutes: { review: 10, call: 9, talk: 9, write: 6 },
  partOf: () => 'all',
};

function told(leads: readonly CostLead[], more: Partial<CostPast> = {}, asked: Partial<CostAsk> = {}): Cost {
  const model = fitCostModel(leads, { asOf, settledUntil: asOf - 30 * day, draws: 20, seed: 1 });
  return costOf({ leads, deals: [], customers: [], asOf, ...more }, model, { ...ask, ...asked });
}
const amountOf = (cost: Cost, cause: CauseName): number => cost.causes[cause].whole.amount;

/** Tried six times, the first within half an hour: half of them reached. */
const prompt = workedLeads(2_000, { hours: 0.4, attempts: 6, reachedPerThousand: 500 });

// ── what falls where ────────────────────────────────────────────────────────

test('a lead falls to the first cause that holds', () => {
  const none = new Set<string>();
  const cases: [Partial<CostLead>, ReturnType<typeof standingOf>][] = [
    [{ decision: 'rejected', fits: true }, 'fitsRejected'],
    [{ decision: 'rejected', fits: false }, 'rejectedHours'],
    [{ decision: 'rejected', fits: null }, 'rejectedHours'],
    [{}, 'neverWorked'],
    [{ decision: 'accepted' }, 'neverWorked'],
    [{ decision: 'aside' }, null],
    [{ reached: true }, null],
    [{ attempts: 2, firstAttemptHours: 1 }, 'notReached'],
    [{ attempts: 2, firstAttemptHours: 1, decision: 'aside' }, 'notReached'],
    [{ attempts: 2, firstAttemptHours: 1, reached: true }, null],
    [{ attempts: 0, sqlAt: 1 }, null],
  ];
  for (const [lead, standing] of cases) assert.equal(standingOf(costLead(lead), none), standing, JSON.stringify(lead));
});

test('a fit rejected for a reason that is nearly always about fit is no clear case', () => {
  const rejected = (reason: string, fits: boolean) => costLead({ decision: 'rejected', rejectedReason: reason, fits });
  const leads = [
    ...Array.from({ length: 9 }, () => rejected('Too small', false)),
    rejected('Too small', true),
    rejected('No budget', true),
    rejected('No budget', false),
  ];
  const about = reasonsAboutFit(leads);
  assert.deepEqual([...about], ['Too small']);
  assert.equal(standingOf(leads[9]!, about), 'rejectedHours');
  assert.equal(standingOf(leads[10]!, about), 'fitsRejected');
});

// ── what it comes to ────────────────────────────────────────────────────────

test('a lead never worked is worth what its kind brings when worked: 1/2 reached × 1/2 SQL × 1/2 won × 1,000', () => {
  const cost = told([...prompt, ...Array.from({ length: 40 }, () => costLead())]);
  const each = amountOf(cost, 'neverWorked') / 40;
  assert.ok(each > 11_500 && each < 14_000, `${each}`);
  assert.equal(cost.causes.neverWorked.records.length, 40);
  assert.ok(cost.causes.neverWorked.whole.low < each * 40 && cost.causes.neverWorked.whole.high > each * 40);
  assert.equal(amountOf(cost, 'slowFirstTouch') + amountOf(cost, 'campaignsNotFollowed') + amountOf(cost, 'beyondCapacity'), 0);
});

test('of a campaign it falls to the campaign, and to nothing while it is young', () => {
  const cost = told([...prompt, costLead({ campaign: 'k' }), costLead({ campaign: 'k', passedAt: asOf - day })]);
  assert.equal(cost.causes.campaignsNotFollowed.records.length, 1);
  assert.equal(cost.causes.campaignsNotFollowed.unsettled, 1);
  assert.equal(amountOf(cost, 'neverWorked'), 0);
});

test('comparable leads and not the mean: where a source brings twice as many SQLs, its unworked leads cost more', () => {
  const source = (name: string, leads: readonly CostLead[], sqls: number) =>
    leads.map((lead, at) => ({
      ...lead,
      traits: [`source ${name}`],
      ...(lead.reached && at % 10 >= sqls ? { sqlAt: null, deal: null } : {}),
    }));
  const half = workedLeads(2_000, { hours: 0.4, attempts: 6, reachedPerThousand: 500 });
  const leads = [...source('events', prompt, 10), ...source('list', half, 3)];
  const [events, list] = ['events', 'list'].map((name) => costLead({ traits: [`source ${name}`] }));
  const cost = told([...leads, events!, list!]);
  const carried = (lead: CostLead) =>
    cost.causes.neverWorked.records.find((record) => record.of === 'lead' && record.lead.id === lead.id)!.amount;
  assert.ok(carried(events!) > 1.5 * carried(list!), `${carried(events!)} ${carried(list!)}`);
});

test('late and too few add up to all that prompt and agreed attempts would have changed, lead by lead', () => {
  const rate = fc.double({ min: 0.01, max: 0.4, noNaN: true });
  const some = fc.record({
    hours: fc.double({ min: 0.05, max: 500, noNaN: true }),
    attempts: fc.integer({ min: 1, max: 9 }),
    campaign: fc.constantFrom(null, 'k'),
    kind: fc.constantFrom('tried', 'never', 'fits', 'reached'),
  });
  fc.assert(
    fc.property(
      rate,
      rate,
      fc.integer({ min: 1, max: 9 }),
      fc.array(some, { minLength: 1, maxLength: 12 }),
      (floor, lift, agreed, made) => {
        const leads = made.map(({ hours, attempts, campaign, kind }) =>
          kind === 'never'
            ? costLead({ campaign })
            : kind === 'fits'
              ? costLead({ decision: 'rejected', fits: true })
              : costLead({ campaign, attempts, firstAttemptHours: hours, reached: kind === 'reached', decision: 'accepted' }),
        );
        const missed = missedOf({ shape: { kind: 'halving', hours: 20 }, floor, lift, phone: [1, 1], half: [1, 1], fading: 0 });
        const worth = Float64Array.of(1e9);
        const model = {
          kinds: { ofLead: new Int32Array(leads.length), traits: [[]], segment: Int32Array.of(0), segments: ['SMB'], codes: 1 },
          half: new Uint8Array(leads.length),
          draws: [{ worth, missed }],
        } as unknown as CostModel;
        const { records } = lossesOf(leads, model, { attempts: agreed, settledUntil: asOf, seed: 1, partOf: () => 'all' });
        leads.forEach((_lead, at) => {
          const own = records.filter((record) => record.at === at);
          const lost = own.reduce((sum, { amount }) => sum + amount, 0);
          if (own.length === 0) return;
          const { asItWas, asAgreed } = own[0]!.missed;
          const most = 1e9 * (made[at]!.kind === 'tried' ? 1 - asAgreed / asItWas : 1 - asAgreed);
          assert.ok(Math.abs(lost - most) <= 3, `${lost} ${most}`);
          assert.ok(made[at]!.kind !== 'reached');
        });
      },
    ),
    { numRuns: 60 },
  );
});

test('golden: 10 minutes of review, two calls and a mail at 60.00 an hour are 34.00', () => {
  const lead = costLead({ decision: 'rejected', fits: false, actedAt: asOf - 90 * day, work: { calls: 2, talks: 0, written: 1 } });
  const { rejectedHours } = told([...prompt, lead]).causes;
  assert.deepEqual([rejectedHours.whole.amount, rejectedHours.minutes], [3_400, 34]);
  assert.deepEqual([rejectedHours.whole.low, rejectedHours.whole.high], [2_833, 4_533]);
});

test('golden: of 40 other deals half were won, so a lost deal of 1,000.00 cost about 500.00', () => {
  const others = Array.from({ length: 40 }, (_, at) =>
    closedDeal({ state: at % 2 === 0 ? 'won' : 'lost', lostReason: at % 2 === 0 ? null : 'Price' }),
  );
  const found = lostForMarketing([...others, closedDeal({ lostReason: 'Wrong expectations' })], {
    isMarketings: looksMarketings,
    partOf: () => 'all',
    draws: 50,
    seed: 1,
  });
  assert.ok(typeof found !== 'string');
  assert.deepEqual(
    found.records.map(({ amount }) => amount),
    [50_000],
  );
  assert.equal(found.atStake, 100_000);
});

test('a deal whose lead is counted is not counted again', () => {
  const others = Array.from({ length: 40 }, (_, at) => closedDeal({ state: at % 2 === 0 ? 'won' : 'lost' }));
  const late = costLead({ attempts: 1, firstAttemptHours: 90, actedAt: asOf - 96 * day, decision: 'accepted' });
  const slow = workedLeads(500, { hours: 90, attempts: 6, reachedPerThousand: 100 });
  const cost = told([...prompt, ...slow, late], {
    deals: [...others, closedDeal({ lostReason: 'Not a fit', leadId: late.id }), closedDeal({ lostReason: 'Not a fit' })],
  });
  assert.equal(cost.causes.dealsLostForMarketing.records.length, 1);
  assert.ok(amountOf(cost, 'slowFirstTouch') > 0);
});

test('words of reasons that marketing owns', () => {
  for (const reason of [
    'Wrong expectations',
    'Not a fit',
    'Bad fit',
    'Outside ICP',
    'Was promised more',
    'Wrong audience',
    'Not our ideal customer',
  ])
    assert.ok(looksMarketings(reason), reason);
  for (const reason of ['Price', 'Competitor', 'No decision', 'Product gap', 'Timing', 'No benefit seen'])
    assert.ok(!looksMarketings(reason), reason);
});

test('golden: misfits who leave twice as often, by years paid: half of them left for it', () => {
  const group = (fits: boolean, leave: number) =>
    Array.from({ length: 100 }, (_, at) => costCustomer({ fits, since: 270, leftOn: at < leave ? 635 : null }));
  // A year each, those who stay two: 20 left in 180 years, 40 in 160.
  const found = lostAgainstIcp([...group(true, 20), ...group(false, 40)], { asOf: 1_000, partOf: () => 'all', draws: 100, seed: 1 });
  assert.ok(typeof found !== 'string');
  const [fit, unfit] = [20 / 180, 40 / 160];
  assert.ok(Math.abs(found.basis.ratio - unfit / fit) < 0.03, `${found.basis.ratio}`);
  assert.ok(Math.abs(found.records[0]!.amount - 120_000 * (1 - fit / unfit)) < 2_000);
  assert.deepEqual([found.records.length, found.atStake.get('all')], [40, 40 * 120_000]);
});

test('misfits who leave no sooner than others cost nothing', () => {
  const group = (fits: boolean) => Array.from({ length: 50 }, (_, at) => costCustomer({ fits, leftOn: at < 10 ? 500 : null }));
  const found = lostAgainstIcp([...group(true), ...group(false)], { asOf: 1_000, partOf: () => 'all', draws: 20, seed: 1 });
  assert.ok(typeof found !== 'string' && found.records.length === 0);
});

// ── too little ──────────────────────────────────────────────────────────────

test('with too little on record every cause says what is missing, and hours are counted all the same', () => {
  const cost = told([costLead(), costLead({ decision: 'rejected', actedAt: asOf - 99 * day })]);
  for (const cause of causeNames) {
    const { whyNot, records } = cost.causes[cause];
    if (cause === 'rejectedHours') assert.deepEqual([whyNot, records.length], [null, 1]);
    else assert.match(whyNot!, /^not enough data yet: /, cause);
  }
  assert.equal(cost.total.lostRevenue.amount, 0);
});

test('without a cost of an hour there are hours and no amount', () => {
  const { rejectedHours } = told(
    [...prompt, costLead({ decision: 'rejected', actedAt: asOf - 90 * day })],
    {},
    { hourly: 'nobody knows' },
  ).causes;
  assert.deepEqual([rejectedHours.whyNot, rejectedHours.minutes, rejectedHours.whole.amount], ['nobody knows', 10, 0]);
});

test('nobody says who fits: nothing is said of fits that were rejected, nor of customers', () => {
  const { fitsRejected, churnedAgainstIcp } = told([...prompt, costLead({ decision: 'rejected' })], {
    customers: [costCustomer({ fits: null })],
  }).causes;
  for (const { whyNot } of [fitsRejected, churnedAgainstIcp]) assert.match(whyNot!, /ICP/);
});

// ── together ────────────────────────────────────────────────────────────────

test('the total is the sum of its causes, and so is every part; the same past gives the same ranges', () => {
  const leads = [
    ...prompt,
    ...workedLeads(800, { hours: 80, attempts: 2, reachedPerThousand: 150, segment: 'Enterprise' }),
    costLead(),
    costLead({ segment: 'Enterprise', campaign: 'k' }),
  ];
  const parted = { partOf: (_at: number, segment: string | null) => segment };
  const [one, other] = [told(leads, {}, parted), told(structuredClone(leads), {}, parted)];
  const sum = causeNames.reduce((all, cause) => all + amountOf(one, cause), 0);
  assert.equal(one.total.whole.amount, sum);
  assert.equal(
    [...one.total.parts.values()].reduce((all, { amount }) => all + amount, 0),
    sum,
  );
  assert.deepEqual([...one.total.parts.keys()].toSorted(), ['Enterprise', 'SMB']);
  assert.deepEqual(one.total, other.total);
  for (const { whole, records } of Object.values(one.causes)) {
    assert.ok(whole.low <= whole.amount && whole.amount <= whole.high);
    assert.equal(
      records.reduce((all, { amount }) => all + amount, 0),
      whole.amount,
    );
  }
});

test('tallies add up draw by draw', () => {
  const [one, other] = [new Tally(3), new Tally(3)];
  one.sums.set([1, 2, 3]);
  other.sums.set([10, 20, 30]);
  other.record(4);
  one.add(other);
  assert.deepEqual([[...one.sums], one.squares, one.count], [[11, 22, 33], 16, 1]);
});

test('golden: named first is what is furthest above its threshold, not what is largest', () => {
  const range = (amount: number) => ({ amount, low: amount * 0.7, high: amount * 1.4 });
  const shares = {
    tooFewAttempts: shareOf('tooFewAttempts', range(240), 1_000, 1),
    neverWorked: shareOf('neverWorked', range(80), 1_000, 1),
    churnedAgainstIcp: shareOf('churnedAgainstIcp', range(15), 1_000, 2),
  };
  assert.deepEqual(
    Object.values(shares).map((share) => share!.above),
    [true, true, false],
  );
  assert.equal(firstCause(shares), 'neverWorked');
  assert.equal(firstCause({ tooFewAttempts: shareOf('tooFewAttempts', range(160), 1_000, 1) }), null, 'above, but not at the low end');
  assert.equal(shareOf('neverWorked', range(1), 0, 1), null);
  assert.equal(shares.churnedAgainstIcp!.threshold, 0.02, 'a threshold a year grows with the period');
});

test('the table of causes says everything of each', () => {
  for (const { label, holds, formula, against, thresholdPercent } of Object.values(causeTable))
    for (const text of [label, holds, formula, against]) assert.ok(text.length > 5 && thresholdPercent > 0);
});
