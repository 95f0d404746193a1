/** Credit by group, all models side by side. */

import { ruleModels, ruleModelWords } from '#engine/attribution/models.ts';
import { observational } from '#engine/attribution/observational.ts';
import { type ModelNotComputed, type ModelTally, tallyRules } from '#engine/attribution/tally.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import {
  allModels,
  type AttributionAnswer,
  type AttributionAsk,
  type AttributionBy,
  type AttributionRow,
  attributionVersion,
  type DrivenModelName,
  drivenModels,
  type ModelCredit,
  type ModelName,
  type ModelTotal,
} from '../contract/attribution.ts';
import { notesOn, readAttributionState } from './attribution-state.ts';
import { creditsPath } from './credits-path.ts';
import type { Estimate } from './estimates.ts';
import { type FreshJourneys, journeysOf } from './journey-columns.ts';
import { countLive } from './journey-store.ts';
import { countPresence, engineJourneys, groupsOfTouches, selectConverted } from './selected-journeys.ts';

const mostRows = 500;

/** Where an answer of the data-driven models is to be had; null: nobody has asked, and this asks for none. */
export type AskForEstimate = (tx: Tx, setting: number) => Promise<(Estimate & { isStale: boolean }) | null>;

export async function answerAttribution(
  database: Database,
  workspaceId: WorkspaceId,
  asked: AttributionAsk,
  askForEstimate: AskForEstimate,
): Promise<AttributionAnswer> {
  const fresh = await journeysOf(database).fresh(workspaceId);
  const counted = countCredit(fresh, asked);
  const withDriven = asked.by === 'channel' && asked.segment === undefined;
  return database.inWorkspace(workspaceId, async (tx) => {
    const estimate = withDriven && counted.setting ? await askForEstimate(tx, counted.setting.number) : null;
    const groups = withEstimate(counted, estimate);
    const order = asked.model ?? counted.setting?.content.model ?? 'w';
    const sorted = sortGroups(groups, asked.by, order);
    const shown = sorted.slice(0, mostRows);
    const labels = await labelsOf(tx, workspaceId, asked.by, shown);
    return {
      by: asked.by,
      ...answeredScope(asked, fresh),
      ...(await readAttributionState(tx, workspaceId, counted.setting?.number ?? null)),
      models: modelTotals(counted, estimate, asked),
      rows: shown.map((group) => rowOf(group, labels(group.group), asked, counted.hasValue)),
      notShown: sumOf(sorted.slice(mostRows), counted.hasValue),
      unattributed: {
        conversions: counted.unattributed.conversions,
        value: String(counted.unattributed.value),
        recordsUrl: creditsPath(asked, { which: 'unattributed' }),
      },
      total: {
        conversions: counted.total.conversions,
        value: String(counted.total.value),
        touches: counted.touches,
        openJourneys: counted.openJourneys,
        recordsUrl: creditsPath(asked, {}),
      },
      notes: counted.notes,
    };
  });
}

export const answeredScope = (
  asked: Pick<AttributionAsk, 'start' | 'end'>,
  { timeZone, currency }: Pick<FreshJourneys, 'timeZone' | 'currency'>,
) => ({ start: asked.start ?? null, end: asked.end ?? null, timeZone, currency, version: attributionVersion });

// ── counting: nothing is awaited here, for the columns change under whoever waits ───────────

interface CountedGroup {
  readonly group: string | null;
  readonly touches: number;
  readonly influenced: number;
  readonly models: Partial<Record<ModelName, ModelCredit>>;
}

interface Counted {
  readonly setting: FreshJourneys['setting'];
  readonly groups: readonly CountedGroup[];
  /** By model: what it credits in all. */
  readonly credited: ReadonlyMap<ModelName, { readonly conversions: number; readonly value: number; readonly remark: string | null }>;
  readonly unattributed: { readonly conversions: number; readonly value: number };
  readonly total: { readonly conversions: number; readonly value: number };
  readonly touches: number;
  readonly openJourneys: number;
  readonly notes: string[];
  /** Whether any conversion has an amount. */
  readonly hasValue: boolean;
}

function countCredit(fresh: FreshJourneys, asked: AttributionAsk): Counted {
  const rows = selectConverted(fresh, asked);
  const journeys = engineJourneys(fresh, rows);
  const groups = groupsOfTouches(fresh, rows, journeys, asked.by);
  const options = { halfLifeSeconds: (fresh.setting?.content.halfLifeDays ?? 7) * 86_400 };
  const tally = tallyRules(journeys, ruleModels, groups.codes, groups.count, options);
  const presence = countPresence(journeys, groups);
  const hasValue = tally.total.value !== tally.unattributed.value;
  const credited = new Map(ruleModels.flatMap((model) => creditedBy(model, tally.models.get(model)!)));
  const present = Array.from(presence.touches.keys()).filter((code) => presence.touches[code]! > 0);
  return {
    setting: fresh.setting,
    groups: present.map((code) => ({
      group: groups.groupOf(code),
      touches: presence.touches[code]!,
      influenced: presence.journeys[code]!,
      models: Object.fromEntries(
        ruleModels.map((model) => [model, creditOf(tally.models.get(model)!, code, credited.get(model)!, hasValue)]),
      ),
    })),
    credited,
    unattributed: tally.unattributed,
    total: tally.total,
    touches: journeys.starts[journeys.count]!,
    openJourneys: countLive(fresh.store.open),
    notes: notesOn(fresh, rows),
    hasValue,
  };
}

function creditedBy(model: ModelName, tally: ModelTally | ModelNotComputed) {
  if (tally.conversions === null) return [];
  const sum = (numbers: Float64Array): number => numbers.reduce((total, each) => total + each, 0);
  return [[model, { conversions: sum(tally.conversions), value: sum(tally.values), remark: tally.remark }] as const];
}

function creditOf(
  tally: ModelTally | ModelNotComputed,
  code: number,
  all: { conversions: number; value: number },
  hasValue: boolean,
): ModelCredit {
  const conversions = tally.conversions?.[code] ?? 0;
  const value = tally.values?.[code] ?? 0;
  return {
    conversions,
    value: String(value),
    share: hasValue ? ratio(value, all.value) : ratio(conversions, all.conversions),
    conversionsInterval: null,
    valueInterval: null,
    removalEffect: null,
  };
}

const ratio = (part: number, all: number): number | null => (all === 0 ? null : part / all);

// ── data-driven models ──────────────────────────────────────────────────────

function withEstimate({ groups }: Counted, estimate: Estimate | null): CountedGroup[] {
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

function modelTotals(counted: Counted, estimate: (Estimate & { isStale: boolean }) | null, asked: AttributionAsk): ModelTotal[] {
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

function drivenTotal(
  model: DrivenModelName,
  counted: Counted,
  estimate: (Estimate & { isStale: boolean }) | null,
  asked: AttributionAsk,
): ModelTotal {
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

// ── rows ────────────────────────────────────────────────────────────────────

function sortGroups(groups: readonly CountedGroup[], by: AttributionBy, order: ModelName): CountedGroup[] {
  if (by === 'month') return groups.toSorted((a, b) => ((a.group ?? '') < (b.group ?? '') ? -1 : 1));
  const worth = ({ models }: CountedGroup): readonly [number, number] => {
    const credit = models[order] ?? models.w!;
    return [Number(credit.value ?? 0), credit.conversions];
  };
  return groups.toSorted((a, b) => worth(b)[0] - worth(a)[0] || worth(b)[1] - worth(a)[1] || ((a.group ?? '') < (b.group ?? '') ? -1 : 1));
}

function rowOf(
  { group, touches, influenced, models }: CountedGroup,
  label: string,
  asked: AttributionAsk,
  hasValue: boolean,
): AttributionRow {
  const answered = allModels.flatMap((model) => {
    const credit = models[model];
    return credit && (!hasValue || credit.value !== null) ? [{ model, conversions: credit.conversions, value: credit.value }] : [];
  });
  const size = (each: (typeof answered)[number]): number => (hasValue ? Number(each.value) : each.conversions);
  const sorted = answered.toSorted((a, b) => size(a) - size(b));
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  return {
    group,
    label,
    touches,
    influenced,
    models,
    least,
    most,
    spread: hasValue ? String(BigInt(most.value!) - BigInt(least.value!)) : null,
    creditsUrl: creditsPath(asked, { group }),
    touchesUrl: creditsPath(asked, { group, which: 'touches' }),
  };
}

function sumOf(groups: readonly CountedGroup[], hasValue: boolean): AttributionAnswer['notShown'] {
  if (groups.length === 0) return null;
  const models: Partial<Record<ModelName, ModelCredit>> = {};
  for (const model of allModels) {
    const credits = groups.flatMap((group) => group.models[model] ?? []);
    if (credits.length === 0) continue;
    models[model] = {
      conversions: credits.reduce((sum, { conversions }) => sum + conversions, 0),
      value: credits.reduce((sum, { value }) => sum + BigInt(value ?? 0), 0n).toString(),
      share: hasValue || credits.some(({ share }) => share !== null) ? credits.reduce((sum, { share }) => sum + (share ?? 0), 0) : null,
      conversionsInterval: null,
      valueInterval: null,
      removalEffect: null,
    };
  }
  return { groups: groups.length, models };
}

const blank: Readonly<Record<AttributionBy, string>> = {
  channel: 'No channel',
  campaign: 'No campaign',
  content: 'No content',
  member: 'Nobody in person',
  segment: 'No segment',
  month: 'No month',
};

async function labelsOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  by: AttributionBy,
  groups: readonly CountedGroup[],
): Promise<(group: string | null) => string> {
  const ids = by === 'campaign' || by === 'member' ? groups.flatMap(({ group }) => group ?? []) : [];
  const names = ids.length > 0 ? await namesOf(tx, workspaceId, { [by]: ids }) : null;
  return (group) => (group === null ? blank[by] : (names?.get(`${by} ${group}`)?.name ?? group));
}
