/** Credit by group, all models side by side. */

import { namesOf } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import {
  allModels,
  type AttributionAnswer,
  type AttributionAsk,
  type AttributionBy,
  type AttributionRow,
  attributionVersion,
  type ModelCredit,
  type ModelName,
} from '../contract/attribution.ts';
import { readAttributionState } from './attribution-state.ts';
import { type CountedGroup, countCredit } from './credited-groups.ts';
import { creditsPath, openJourneysPath } from './credits-path.ts';
import { type FreshJourneys, journeysOf } from './journey-columns.ts';
import { type KnownEstimate, modelTotals, withEstimate } from './model-totals.ts';

const mostRows = 500;

/** Where an answer of the data-driven models is to be had; null: nobody has asked, and this asks for none. */
export type AskForEstimate = (tx: Tx, setting: number) => Promise<KnownEstimate | null>;

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
        openJourneysUrl: openJourneysPath(),
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
