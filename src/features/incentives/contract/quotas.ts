/** Quotas by name: what refers to each tells what it is of. */

import type { Measure, Metric, PeriodKind, Plan } from '#engine/payout/plan.ts';

export interface KnownQuota {
  /** Money or a number; null where nothing refers to it. */
  readonly by: Measure['by'] | null;
  /** The longer window it is for; null: the plan's period. */
  readonly over: PeriodKind | null;
}

/** Every quota that parts of the plan ask for or payees have, in the order in which they are named. */
export function quotasIn(plan: Plan): ReadonlyMap<string, KnownQuota> {
  const known = new Map<string, KnownQuota>();
  const note = (name: string, quota: KnownQuota): unknown => known.get(name)?.by || known.set(name, quota);
  for (const component of plan.components) {
    if ('quota' in component && component.quota) note(component.quota, { by: component.measure.by, over: component.over });
    if (component.kind === 'bonus') noteOf(component.metric, note);
    for (const { metric } of [...component.gates, ...component.kickers]) noteOf(metric, note);
  }
  for (const term of plan.terms) if (term.kind === 'holdback' && term.when) noteOf(term.when.metric, note);
  for (const { quotas } of plan.payees) for (const name of Object.keys(quotas)) note(name, { by: null, over: null });
  return known;
}

function noteOf(metric: Metric, note: (name: string, quota: KnownQuota) => unknown): void {
  if (metric.from === 'attainment' && metric.quota !== '') note(metric.quota, { by: metric.measure.by, over: null });
}
