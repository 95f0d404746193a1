/** What each model credits in all, and the data-driven ones beside the rule models. */

import { ruleModels, ruleModelWords } from '#engine/attribution/models.ts';
import { observational } from '#engine/attribution/observational.ts';
import {
  type AttributionAsk,
  type DrivenModelName,
  drivenModels,
  type ModelCredit,
  type ModelName,
  type ModelTotal,
} from '../contract/attribution.ts';
import type { Counted, CountedGroup } from './credited-groups.ts';
import type { Estimate } from './estimates.ts';

/** An answer of the data-driven models, and whether journeys changed since. */
export type KnownEstimate = Estimate & { readonly isStale: boolean };

/** The groups with what data-driven models credit them. */
export function withEstimate({ groups }: Counted, estimate: Estimate | null): CountedGroup[] {
  const models = estimate?.answer?.models;
  if (!models) return [...groups];
  return groups.map((each) => ({ ...each, models: { ...each.models, ...estimatedCredit(models, each.group) } }));
}

function estimatedCredit(models: NonNullable<Estimate['answer']>['models'], group: string | null): Partial<Record<ModelName, ModelCredit>> {
  const credit: Partial<Record<ModelName, ModelCredit>> = {};
  for (const name of drivenModels) {
    const channel = group === null ? undefined : models[name]?.channels[group];
    if (channel && models[name]!.reason === null) credit[name] = channel;
  }
  return credit;
}

/** Each model with its sum, or why it has none. */
export function modelTotals(counted: Counted, estimate: KnownEstimate | null, asked: AttributionAsk): ModelTotal[] {
  const rules = ruleModels.map((model): ModelTotal => {
    const credited = counted.credited.get(model)!;
    return {
      model,
      ...ruleModelWords[model],
      kind: 'rule',
      conversions: credited.conversions,
      value: String(credited.value),
      difference: String(credited.value + counted.unattributed.value - counted.total.value),
      remark: credited.remark,
      whyNot: null,
      estimate: null,
    };
  });
  return [...rules, ...drivenModels.map((model) => drivenTotal(model, counted, estimate, asked))];
}

const drivenWords: Readonly<Record<DrivenModelName, { label: string; formula: string }>> = {
  ...(Object.fromEntries(
    [1, 2, 3, 4].map((order) => [
      `markov${order}`,
      {
        label: `Markov, order ${order}`,
        formula: `Removal effect R = 1 − P(conversion without the channel) ÷ P(conversion) in a chain whose states are the last ${order === 1 ? 'channel' : `${order} channels`}; a channel’s share is R ÷ ΣR. Solved exactly.`,
      },
    ]),
  ) as Record<Exclude<DrivenModelName, 'shapley'>, { label: string; formula: string }>),
  shapley: {
    label: 'Shapley',
    formula:
      'What a channel adds to the conversions of journeys that use only channels of a set, averaged over all orders in which channels join.',
  },
};

function drivenTotal(model: DrivenModelName, counted: Counted, estimate: KnownEstimate | null, asked: AttributionAsk): ModelTotal {
  const answer = estimate?.answer?.models[model] ?? null;
  const has = answer !== null && answer.reason === null;
  return {
    model,
    ...drivenWords[model],
    kind: 'driven',
    conversions: has ? answer.conversions : null,
    value: has && answer.valueReason === null ? answer.value : null,
    difference:
      has && answer.valueReason === null && !estimate!.isStale
        ? String(BigInt(answer.value) + BigInt(counted.unattributed.value) - BigInt(counted.total.value))
        : null,
    remark: observational,
    whyNot: whyNot(counted, estimate, answer, asked),
    estimate: estimate && {
      state: estimate.progress.state ?? 'waiting',
      asOf: estimate.answer?.asOf ?? null,
      stale: estimate.isStale,
      progress: estimate.progress.state === 'running' ? { done: estimate.progress.done ?? 0, of: estimate.progress.of ?? 0 } : null,
      replicates: answer?.replicates ?? null,
      nulls: answer && model !== 'shapley' ? answer.nulls : null,
    },
  };
}

function whyNot(
  { setting }: Counted,
  estimate: Estimate | null,
  answer: { reason: string | null; valueReason: string | null } | null,
  asked: AttributionAsk,
): string | null {
  if (!setting) return 'No journeys are built yet.';
  if (asked.by !== 'channel') return 'Data-driven models are asked by channel.';
  if (asked.segment !== undefined) return 'Data-driven models are asked of all segments together.';
  if (answer) return answer.reason ?? answer.valueReason;
  if (estimate?.progress.state === 'failed') return `It could not be calculated: ${estimate.progress.why ?? 'the reason is not known'}`;
  return estimate ? 'It is being calculated.' : 'It was not asked for yet: it is when somebody opens the page.';
}
