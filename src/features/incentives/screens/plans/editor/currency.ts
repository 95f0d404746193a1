/** A plan in another currency: amounts keep their figures (10,000 stays 10,000), whatever decimals a currency has. */

import type { Component, Condition, Curve, Metric, RateTerms, Target } from '#engine/payout/plan.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import { metricUnit } from '#features/incentives/contract/condition-words.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { quotasIn } from '#features/incentives/contract/quotas.ts';

/** What a currency of fewer decimals can't hold is cut off. */
export function withCurrency(plan: PlanContent, currency: string): PlanContent {
  const more = (currencyDigits(currency) ?? 2) - (currencyDigits(plan.currency) ?? 2);
  const change = (minor: string): string =>
    more >= 0 ? `${BigInt(minor) * 10n ** BigInt(more)}` : `${BigInt(minor) / 10n ** BigInt(-more)}`;
  return { ...(more === 0 ? plan : mapMoney(plan, (minor) => (/^-?\d+$/.test(minor) ? change(minor) : minor))), currency };
}

type Change = (minor: string) => string;

export function mapMoney(plan: PlanContent, change: Change): PlanContent {
  const quotas = quotasIn(plan);
  const { pool } = plan;
  return {
    ...plan,
    payees: plan.payees.map((payee) => ({
      ...payee,
      target: maybe(payee.target, change),
      quotas: Object.fromEntries(
        Object.entries(payee.quotas).map(([name, quota]) => [name, quotas.get(name)?.by === 'amount' ? change(quota) : quota]),
      ),
    })),
    components: plan.components.map((each) => componentIn(each, change)),
    terms: plan.terms.map((term) => {
      if (term.kind === 'cap') return { ...term, limit: { ...term.limit, amount: change(term.limit.amount) } };
      return term.kind === 'holdback' ? { ...term, when: term.when && asked(term.when, change) } : { ...term, amount: change(term.amount) };
    }),
    pool: pool && {
      ...pool,
      fund: {
        base: change(pool.fund.base),
        by: pool.fund.by && { ...pool.fund.by, curve: curveIn(pool.fund.by.curve, pool.fund.by.metric, change) },
        share: pool.fund.share && { ...pool.fund.share, beyond: change(pool.fund.share.beyond) },
        min: maybe(pool.fund.min, change),
        max: maybe(pool.fund.max, change),
      },
      opens: {
        ...pool.opens,
        marketing: pool.opens.marketing.map((each) => asked(each, change)),
        sales: pool.opens.sales.map((each) => asked(each, change)),
      },
    },
  };
}

const maybe = (minor: string | null, change: Change): string | null => (minor === null ? null : change(minor));
const asked = <C extends Condition>(condition: C, change: Change): C =>
  metricUnit(condition.metric) === 'amount' ? { ...condition, value: change(condition.value) } : condition;
const curveIn = (curve: Curve, metric: Metric, change: Change): Curve =>
  metricUnit(metric) === 'amount' ? curve.map((point) => ({ ...point, at: change(point.at) })) : curve;
const targetIn = (target: Target, change: Change): Target => ('amount' in target ? { amount: change(target.amount) } : target);

function componentIn(component: Component, change: Change): Component {
  const common = {
    gates: component.gates.map((each) => asked(each, change)),
    kickers: component.kickers.map((each) => asked(each, change)),
    floor: maybe(component.floor, change),
    cap: component.cap && { ...component.cap, amount: change(component.cap.amount) },
  };
  switch (component.kind) {
    case 'rate':
    case 'overlay':
      return { ...component, ...common, ...rateIn(component, change) };
    case 'bonus':
      return {
        ...component,
        ...common,
        target: targetIn(component.target, change),
        curve: curveIn(component.curve, component.metric, change),
      };
    case 'mbo':
      return { ...component, ...common, target: targetIn(component.target, change) };
    case 'spif': {
      const pays = 'each' in component.pays ? { each: change(component.pays.each) } : component.pays;
      return { ...component, ...common, pays, budget: maybe(component.budget, change) };
    }
  }
}

function rateIn({ tiers, threshold, tiersBy, measure }: RateTerms, change: Change): Pick<RateTerms, 'tiers' | 'threshold'> {
  const place: Change = tiersBy === 'credit' && measure.by === 'amount' ? change : (at) => at;
  return {
    tiers: tiers.map(({ from, percent, each }) => ({ from: place(from), percent, each: maybe(each, change) })),
    threshold: threshold && { ...threshold, at: place(threshold.at) },
  };
}
