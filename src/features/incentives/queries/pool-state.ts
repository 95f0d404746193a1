import type { ConditionOutcome, Line, PoolOutcome } from '#engine/payout/statement.ts';
import type { Side as PaidSide } from '#engine/payout/sides.ts';
import { conditionWords } from '../contract/condition-words.ts';
import type { Opening } from '../contract/pieces.ts';
import type { PoolState } from '../contract/runs.ts';
import type { PlanContent } from '../contract/plan-content.ts';

interface Given {
  readonly versionId: string;
  readonly content: PlanContent;
  readonly outcome: PoolOutcome;
  readonly lines: readonly Pick<Line, 'payee' | 'component' | 'amount'>[];
  readonly openings: ReadonlyMap<string, Opening>;
  readonly clauses: ReadonlyMap<string, string>;
}

/** The pool as both sides see it: what is in it, each gate with its value, whether it opens and why. */
export function poolStateOf({ versionId, content, outcome, lines, openings, clauses }: Given): PoolState {
  const gates = (side: PaidSide) => outcome[side].map((each) => gateOf(side, each, content.currency, openings, clauses));
  return {
    versionId,
    planName: content.name,
    currency: content.currency,
    funded: String(outcome.fund),
    fund: String(outcome.paid),
    state: outcome.opened === 'both' ? 'open' : outcome.paid > 0n ? 'partly' : 'closed',
    why: whyOf(outcome),
    gates: [...gates('marketing'), ...gates('sales')],
    sharers: sharersOf(content, outcome.component, lines),
  };
}

function gateOf(
  side: PaidSide,
  { condition, held, value, results }: ConditionOutcome,
  currency: string,
  openings: ReadonlyMap<string, Opening>,
  clauses: ReadonlyMap<string, string>,
): PoolState['gates'][number] {
  return {
    side,
    ...conditionWords(condition, value, currency, { clauses, campaigns: new Map() }),
    holds: held,
    opens: results.flatMap((id) => openings.get(id) ?? []),
  };
}

function whyOf({ opened, openPercent, fund }: PoolOutcome): string {
  if (fund === 0n) return 'The joint result funds nothing.';
  if (opened === 'both') return 'Both sides kept what opens it.';
  if (opened === 'neither') return 'Neither side kept what opens it.';
  const [kept, missed] = opened === 'onlyMarketing' ? ['Marketing', 'sales'] : ['Sales', 'marketing'];
  return openPercent === '0'
    ? `${kept} kept its part, ${missed} did not: the pool stays closed for both.`
    : `${kept} kept its part, ${missed} did not: ${openPercent} % of it is shared, as agreed.`;
}

function sharersOf(content: PlanContent, component: string, lines: Given['lines']): PoolState['sharers'] {
  const sides = new Map(content.payees.map(({ id, side }) => [id, side]));
  const sharers = new Set(lines.filter((line) => line.component === component && line.amount !== 0n).map(({ payee }) => payee));
  const count = (side: PaidSide): number => [...sharers].filter((id) => sides.get(id) === side).length;
  return { marketing: count('marketing'), sales: count('sales') };
}
