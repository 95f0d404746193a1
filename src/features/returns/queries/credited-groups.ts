/** What each group is credited by every rule model. Nothing is awaited here: the columns change under whoever waits. */

import { ruleModels } from '#engine/attribution/models.ts';
import { type ModelNotComputed, type ModelTally, tallyRules } from '#engine/attribution/tally.ts';
import type { AttributionAsk, ModelCredit, ModelName } from '../contract/attribution.ts';
import { notesOn } from './attribution-state.ts';
import type { FreshJourneys } from './journey-columns.ts';
import { countLive } from './journey-store.ts';
import { countPresence, engineJourneys, groupsOfTouches, selectConverted } from './selected-journeys.ts';

export interface CountedGroup {
  readonly group: string | null;
  readonly touches: number;
  readonly influenced: number;
  readonly models: Partial<Record<ModelName, ModelCredit>>;
}

export interface Counted {
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

export function countCredit(fresh: FreshJourneys, asked: AttributionAsk): Counted {
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
