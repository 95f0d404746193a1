/** Before and after of a pilot against its comparison group, week by week. */

import { sql } from 'kysely';
import { beforeAfter, type BeforeAfter, type Estimate } from '#engine/rollout/before-after.ts';
import { type MeasureName, measures } from '#engine/rollout/measures.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { BeforeAfterAnswer } from '../contract/pilots.ts';
import { lastOnRecord, pilotLeads } from './pilot-leads.ts';
import type { PilotRow } from './pilots.ts';

type Weeks = BeforeAfterAnswer['weeks'];

export async function answerBeforeAfter(
  tx: Tx,
  workspaceId: WorkspaceId,
  pilot: PilotRow,
  measure: MeasureName,
): Promise<BeforeAfterAnswer> {
  const weeks = await readWeeks(tx, workspaceId, pilot, measure);
  const compared = weeks.filter((week) => week.pilot.leads > 0 && week.comparison.leads > 0);
  const { told, whyNot } = beforeAfter(
    compared.map(({ week, pilot: one, comparison }) => ({ week, pilot: percentOf(one), comparison: percentOf(comparison) })),
    0,
  );
  return {
    measure,
    settled: measure === pilot.measure,
    sentence: whyNot ?? sentenceOf(told, measure),
    weeks,
    told: told && toldOf(told),
    whyNot,
    cautions: cautionsOf(pilot, measure, compared),
  };
}

const percentOf = ({ leads, counted }: { leads: number; counted: number }): number => (counted / leads) * 100;

/** Weeks that are whole, and whose leads have all had the measure's days. */
async function readWeeks(tx: Tx, workspaceId: WorkspaceId, pilot: PilotRow, measure: MeasureName): Promise<Weeks> {
  const { timeZone } = await groundOf(tx, workspaceId);
  const lastDay = await lastOnRecord(tx, workspaceId, timeZone);
  const known = Temporal.PlainDate.from(lastDay)
    .subtract({ days: measures[measure].days - 1 })
    .toString();
  const until = pilot.endedOn !== null && pilot.endedOn < known ? pilot.endedOn : known;
  const { rows } = await sql<{ week: number; startsOn: string; part: 'pilot' | 'comparison'; leads: number; counted: number }>`
    SELECT week, (${pilot.startsOn}::date + week * 7) AS "startsOn", part, count(*)::int AS leads, count(*) FILTER (WHERE counted)::int AS counted
    FROM (${pilotLeads(workspaceId, timeZone, pilot, measure, until)}) l
    WHERE ${pilot.startsOn}::date + week * 7 + 7 <= ${until}::date GROUP BY week, part ORDER BY week`.execute(tx);
  const none = { leads: 0, counted: 0 };
  return [...Map.groupBy(rows, ({ week }) => week)].map(([week, parts]) => {
    const of = (part: string) => parts.find((each) => each.part === part) ?? none;
    const shown = ({ leads, counted }: typeof none) => ({ leads, counted });
    return { week, startsOn: parts[0]!.startsOn, pilot: shown(of('pilot')), comparison: shown(of('comparison')) };
  });
}

const toldOf = ({ effect, level, slope, fitted, ...rest }: BeforeAfter): NonNullable<BeforeAfterAnswer['told']> => ({
  ...rest,
  effect: shownEstimate(effect),
  level: shownEstimate(level),
  slope: shownEstimate(slope),
  fitted: fitted.map((week) => ({
    week: week.week,
    difference: hundredths(week.difference),
    with: hundredths(week.with),
    without: hundredths(week.without),
  })),
});
const hundredths = (value: number): number => Math.round(value * 100) / 100;
const shownEstimate = ({ value, low, high, chance }: Estimate) => ({
  value: hundredths(value),
  low: hundredths(low),
  high: hundredths(high),
  chance: Math.round(chance * 10_000) / 10_000,
});

const points = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

function sentenceOf({ effect }: BeforeAfter, measure: MeasureName): string {
  const { label, better } = measures[measure];
  const range = `95 % sure: ${points(effect.low)} to ${points(effect.high)}`;
  if (effect.low <= 0 && effect.high >= 0)
    return `${label}: no difference can be told from chance. It is ${points(effect.value)} points beyond the comparison group (${range}).`;
  const way = effect.value > 0 === (better === 'more') ? 'better' : 'worse';
  return `${label}: ${points(effect.value)} points beyond the comparison group, which is ${way} (${range}).`;
}

/** A week with fewer leads a group jumps about by chance alone. */
const fewLeads = 10;

function cautionsOf(pilot: PilotRow, measure: MeasureName, weeks: Weeks): string[] {
  const small = weeks.filter((week) => Math.min(week.pilot.leads, week.comparison.leads) < fewLeads).length;
  const said: (string | false)[] = [
    pilot.plannedLate && 'It was planned after it had begun: whoever chose the groups may have known how they did.',
    measure !== pilot.measure &&
      `It was settled to be judged by “${measures[pilot.measure].label}”. Of several measures one comes out well by chance sooner or later.`,
    small * 2 > weeks.length &&
      weeks.length > 0 &&
      `In ${small} of ${weeks.length} weeks a group had fewer than ${fewLeads} leads: single leads move the line.`,
    pilot.split !== 'halves' &&
      'The groups were chosen, not drawn by chance: something else that began at the same time for one of them would look like an effect.',
  ];
  return said.filter((each): each is string => each !== false);
}
