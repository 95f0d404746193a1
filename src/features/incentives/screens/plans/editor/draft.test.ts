/** A plan with every part there is, made by the editor's own steps: each field can be set, and reads back the same. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barePayee } from '#engine/payout/payees.ts';
import { checkPlan } from '#engine/payout/check-plan.ts';
import type { Bonus, Component, Holdback, Mbo, Metric, Overlay, Plan, Pool, Rate, Spif } from '#engine/payout/plan.ts';
import { planContentSchema } from '#features/incentives/contract/plan-content.ts';
import { maximalPlan, somePeople } from '#tests/support/maximal-plan.ts';
import { mapMoney, withCurrency } from './currency.ts';
import {
  curveOver,
  withBonusMetric,
  withKinds,
  withMeasure,
  withMetric,
  withoutPayee,
  withPoint,
  withRole,
  withSpifMeasure,
  withTag,
  withTier,
  withTiersBy,
} from './draft.ts';
import {
  type ComponentKind,
  kindNames,
  newComponent,
  newCondition,
  newFundCurve,
  newFundShare,
  newGate,
  newKicker,
  newMetric,
  newObjective,
  newPool,
  newTerm,
  newThreshold,
} from './new-parts.ts';
import { readRamp, showRamp, typedMoney, typedNumber, typedPercent, typedWord } from './typed.ts';

const currency = 'EUR';
const whole = maximalPlan();

// ── leaves ──────────────────────────────────────────────────────────────────

type Leaf = readonly [path: string, value: string | number | boolean | null];
const isLeaf = (value: unknown): value is Leaf[1] => value === null || typeof value !== 'object';

function leavesOf(value: unknown, path = ''): Leaf[] {
  if (isLeaf(value)) return [[path, value]];
  return Object.entries(value as object).flatMap(([key, each]) => leavesOf(each, path === '' ? key : `${path}.${key}`));
}

/** Sets a field that there is: what a step of the editor has not made can't be set. */
function setAt<T>(value: T, path: string, next: Leaf[1]): T {
  const [key = '', ...rest] = path.split('.');
  assert.ok(typeof value === 'object' && value !== null && key in value, `no step of the editor makes ${path}`);
  const child = (value as Record<string, unknown>)[key];
  const made = rest.length === 0 ? next : setAt(child, rest.join('.'), next);
  return (Array.isArray(value) ? value.map((each, at) => (at === Number(key) ? made : each)) : { ...value, [key]: made }) as T;
}

const money = new Set(
  leavesOf(mapMoney(whole, (minor) => `money ${minor}`)).flatMap(([path, value]) => (String(value).startsWith('money ') ? [path] : [])),
);

/** As a person would see it and type it again. */
function retyped([path, value]: Leaf): Leaf[1] {
  if (typeof value !== 'string') return value;
  if (money.has(path)) return typedMoney(currency).read(typedMoney(currency).show(value));
  if (/\.ramp\.\d+$/.test(path)) return readRamp(showRamp([value]))![0]!;
  if (/[pP]ercent(OfTarget)?$|\.pays$|\.sides\.(marketing|sales)$/.test(path)) return typedPercent.read(typedPercent.show(value));
  if (/\.(quota|role|roles\.\d+)$/.test(path)) return typedWord.read(value);
  if (/^-?\d+(\.\d+)?$/.test(value)) return typedNumber.read(typedNumber.show(value));
  return value;
}

test('every value of the plan is shown as it is typed, and read back the same', () => {
  for (const leaf of leavesOf(whole)) assert.equal(retyped(leaf), leaf[1], leaf[0]);
  assert.ok(money.size >= 24, `${money.size} amounts`);
});

// ── steps ───────────────────────────────────────────────────────────────────

const tagged = (): Pick<Plan, 'payees'>['payees'] =>
  [somePeople.ae, somePeople.sdr, somePeople.lead, somePeople.marketer].map((id) =>
    barePayee({ id, side: id === somePeople.marketer ? 'marketing' : 'sales' }),
  );
const times = <T>(many: number, step: (value: T) => T, first: T): T =>
  Array.from({ length: many }).reduce<T>((value) => step(value), first);
const addTier = <T extends Rate | Overlay>(rate: T): T => ({ ...rate, tiers: withTier(rate, currency) });
const some = { payees: ['?'], roles: ['?'], sides: ['sales'] } as unknown as Component['for'];
const made = <K extends ComponentKind>(plan: Plan, kind: K) => newComponent(plan, kind, '2026-01-01') as Extract<Component, { kind: K }>;

function commission(plan: Plan): Rate {
  const begun = times(2, addTier, withTiersBy(made(plan, 'rate'), 'attainment', currency));
  const kinds = withKinds(begun.measure, ['won', 'renewed']);
  const split = withRole(kinds, 'qualifier');
  const measured = { ...kinds, split, tags: withTag({}, 'segment', ['?', '?']), except: withTag({}, 'dealType', ['?']) };
  const rate = withMeasure(begun, measured, currency);
  const ratio = newMetric.ratio('won') as Extract<Metric, { from: 'ratio' }>;
  return {
    ...rate,
    for: some,
    over: 'quarter',
    threshold: newThreshold(rate, currency),
    gates: [withMetric(newGate(), newMetric.result('won'), currency), withMetric(newGate(), ratio, currency)],
    kickers: [newKicker()],
    floor: '1',
    cap: { amount: '1', per: 'period' },
    clawback: { withinDays: 90 },
  };
}

function sqls(plan: Plan): Rate {
  const begun = made(plan, 'rate');
  const rate = addTier(withMeasure(begun, { ...withKinds(begun.measure, ['sql']), by: 'count' }, currency));
  const attained = withMetric(newKicker(), newMetric.attainment('sqls'), currency);
  return {
    ...rate,
    for: { ...some, payees: [], sides: [] },
    threshold: newThreshold(rate, currency),
    kickers: [attained],
    cap: { amount: '1', per: 'period' },
    clawback: 'never',
  };
}

function bonus(plan: Plan): Bonus {
  const begun = withBonusMetric(made(plan, 'bonus'), newMetric.clauses('won'), currency);
  return {
    ...begun,
    for: { ...some, payees: [], roles: [] },
    target: { percentOfTarget: '1' },
    curve: withPoint(begun.curve, 'percent', currency),
  };
}

function parts(plan: Plan): Component[] {
  const onlySide = { ...some, payees: [], roles: [] };
  const mbo: Mbo = made(plan, 'mbo');
  const push: Spif = made(plan, 'spif');
  const share = made(plan, 'spif');
  return [
    commission(plan),
    sqls(plan),
    { ...addTier(made(plan, 'overlay')), for: { ...some, payees: [], sides: [] }, of: { sides: ['sales'], roles: ['?', '?'], payees: [] } },
    bonus(plan),
    { ...mbo, for: onlySide, objectives: [...mbo.objectives, newObjective(mbo)] },
    { ...withSpifMeasure(push, withKinds(push.measure, ['meeting']), currency), for: onlySide },
    { ...withSpifMeasure(share, { ...share.measure, by: 'amount' }, currency), for: onlySide, budget: null },
  ];
}

function terms(plan: Plan): Plan['terms'] {
  const onlySide = { ...some, payees: [], roles: [] };
  const hold = newTerm(plan, 'holdback') as Holdback;
  return [
    { ...newTerm(plan, 'floor'), for: onlySide },
    { ...newTerm(plan, 'cap'), for: { ...some, payees: [], sides: [] } },
    { ...newTerm(plan, 'draw'), for: { ...some, payees: [] } },
    { ...hold, for: onlySide, when: withMetric(newCondition('sales'), newMetric.credit(''), currency), lostAfterDays: 1 },
  ];
}

function pool(plan: Plan): Pool {
  const begun = newPool(plan);
  const by = newFundCurve(currency);
  const metric = newMetric.result('');
  const named = { from: 'clauses', side: 'sales', clauses: ['?'], over: null } as const;
  return {
    ...begun,
    members: { sides: [], roles: ['?', '?', '?'], payees: [] },
    fund: {
      ...begun.fund,
      by: { metric, curve: curveOver(by.curve, by.metric, metric, currency) },
      share: newFundShare(currency),
      min: '1',
      max: '1',
    },
    opens: {
      ...begun.opens,
      sales: [
        withMetric(newCondition('sales'), named, currency),
        withMetric(newCondition('sales'), { ...metric, name: 'cacBlended' } as Metric, currency),
      ],
    },
    sides: { marketing: '50', sales: '50' },
  };
}

function madeByHand(): Plan {
  const [first, ...others] = tagged();
  const begun: Plan = {
    ...{ name: '', currency, period: 'month', components: [], terms: [], pool: null },
    ...{ clawback: { withinDays: 1 }, proration: 'days', creditDaysAfterLeaving: 0 },
    payees: [
      { ...first!, quotas: { won: '1', sqls: '1' }, ramp: readRamp('1, 1, 1')! },
      { ...others[0]!, quotas: { sqls: '1' } },
      ...others.slice(1),
    ],
  };
  return { ...begun, components: parts(begun), terms: terms(begun), pool: pool(begun) };
}

test('by the editor’s steps the whole plan is made, and every field of it can be set', () => {
  const built = leavesOf(whole).reduce((plan, leaf) => setAt(plan, leaf[0], retyped(leaf)), madeByHand());
  assert.deepEqual(built, whole);
  assert.deepEqual(planContentSchema.parse(JSON.parse(JSON.stringify(built))), whole);
});

test('whatever is added can be computed as it is, and its units can be changed', () => {
  const plan: Plan = { ...whole, components: [], terms: [], pool: null };
  for (const kind of Object.keys(kindNames) as ComponentKind[]) {
    const component = made(plan, kind);
    const variants: Component[] =
      component.kind === 'rate' || component.kind === 'overlay'
        ? [
            component,
            withMeasure(component, { ...component.measure, by: 'count' }, currency),
            addTier(withTiersBy(component, 'attainment', currency)),
            addTier(addTier(component)),
            withMeasure(withMeasure(addTier(component), { ...component.measure, by: 'count' }, currency), component.measure, currency),
            withMeasure(component, withKinds(component.measure, ['meeting']), currency),
          ]
        : component.kind === 'spif'
          ? [component, withSpifMeasure(component, { ...component.measure, by: 'amount' }, currency)]
          : component.kind === 'bonus'
            ? [
                component,
                withBonusMetric(component, newMetric.result(''), currency),
                withBonusMetric(component, newMetric.ratio(''), currency),
              ]
            : [component];
    for (const each of variants) {
      assert.deepEqual(checkPlan({ ...plan, components: [each] }), [], kind);
      planContentSchema.parse({ ...plan, components: [each] });
    }
  }
  const full = { ...plan, terms: (['floor', 'cap', 'draw', 'holdback'] as const).map((kind) => newTerm(plan, kind)), pool: newPool(plan) };
  assert.deepEqual(checkPlan(full), []);
});

test('what isn’t credited, tagged or paid any more goes with its kind', () => {
  const { measure } = commission(whole);
  const meetings = withKinds(measure, ['meeting']);
  assert.deepEqual(meetings, { kinds: ['meeting'], by: 'count', tags: {}, except: {}, split: [{ role: 'owner', sharePercent: '100' }] });
  assert.deepEqual(
    withRole(
      {
        ...measure,
        split: [
          { role: 'owner', sharePercent: '60' },
          { role: 'qualifier', sharePercent: '30' },
        ],
      },
      'sourcer',
    ).at(-1),
    {
      role: 'sourcer',
      sharePercent: '10',
    },
  );
});

test('in another currency the figures stay; there and back is the same', () => {
  const yen = withCurrency(whole, 'JPY');
  assert.equal(yen.payees[0]?.target, '1500');
  assert.equal(yen.payees[0]?.quotas['sqls'], '12', 'a number of things is no money');
  assert.equal(yen.pool?.opens.sales[1]?.value, '2500');
  assert.deepEqual(withCurrency(yen, 'EUR'), whole);
  assert.equal(withCurrency(whole, 'KWD').payees[0]?.target, '1500000');
  assert.deepEqual(withCurrency(whole, 'USD'), { ...whole, currency: 'USD' });
});

test('who is taken out is taken out of every part that names them', () => {
  const left = withoutPayee(whole, somePeople.ae);
  assert.ok(!JSON.stringify(left).includes(somePeople.ae));
  assert.equal(left.payees.length, 3);
});

test('what can’t be read is not taken', () => {
  for (const text of ['', 'x', '-5', '12,5.1.2', '1001']) assert.equal(typedPercent.read(text), null, text);
  assert.equal(typedPercent.read(' 12.5 % '), '12.5');
  assert.equal(typedMoney('JPY').read('12.5'), null);
  assert.equal(typedMoney('EUR').read('12,000.50'), '1200050');
  assert.equal(typedWord.read('new business'), 'new-business');
  assert.equal(readRamp('25, fifty'), null);
  assert.deepEqual(readRamp('25 50;75%'), ['25', '50', '75']);
});
