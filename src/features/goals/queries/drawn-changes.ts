/** What the changes of a what-if sheet do, by the company's own numbers: each with where they come from, and what they can't show. */

import { definitionChange, type MarginalReturn, moveChange, speedChange } from '#engine/goals/changes.ts';
import { leadsForAShare } from '#engine/handoff/curve.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { moneyText } from '#engine/values/money.ts';
import { listBackTests } from '#features/agreement/queries/kept-back-tests.ts';
import { speedAsk } from '#features/handoff/contract.ts';
import { answerSpeed } from '#features/handoff/queries/speed.ts';
import { type WhereNextAnswer, whereNextQuery } from '#features/returns/contract/changes.ts';
import { answerWhereNext } from '#features/returns/queries/where-next.ts';
import type { WhatIfAnswer } from '../contract/what-if.ts';
import type { Changes } from '../contract/what-if-changes.ts';
import type { GoalContext } from './context.ts';

type Said = Omit<WhatIfAnswer['effects'][number], 'effect'>;

export interface DrawnChange {
  readonly said: Said;
  /** On how many of the MQLs to come are won; null: it does nothing to that. */
  readonly onRate: Float64Array | null;
  /** On how many MQLs the same effort brings. */
  readonly mqls: number;
  /** Revenue it brings in the end, whenever it comes, minor units. */
  readonly revenue: Float64Array | null;
}

const nothing = (said: Omit<Said, 'from' | 'caveat'> & Partial<Said>): DrawnChange => ({
  said: { from: [], caveat: null, ...said },
  onRate: null,
  mqls: 1,
  revenue: null,
});

/** Of reps nothing: what they can work is the what-if's to say. @throws Problem not-found (a definition that isn't there) */
export async function drawnChanges(context: GoalContext, changes: Changes): Promise<DrawnChange[]> {
  const drawn: DrawnChange[] = [];
  for (const [number, move] of changes.moves.entries()) drawn.push(await moved(context, move, number));
  if (changes.definition) drawn.push(await redefined(context, changes.definition.versionId));
  if (changes.answerWithinMinutes !== null) drawn.push(await answered(context, changes.answerWithinMinutes));
  return drawn;
}

// ── budget ──────────────────────────────────────────────────────────────────

/** On programme cost only: everybody sees the same. */
export const whereNextBy = (context: GoalContext, by: 'channel' | 'segment'): Promise<WhereNextAnswer> =>
  context.once(`where next ${by}`, () =>
    answerWhereNext(context.database, context.workspaceId, { marketing: false, sales: false }, whereNextQuery.parse({ by })),
  );

async function moved(context: GoalContext, move: Changes['moves'][number], number: number): Promise<DrawnChange> {
  const answer = await whereNextBy(context, move.by);
  const words = (place: string | null): string => place ?? 'no place';
  const amount = moneyText(move.amount, context.ground.figures.currency);
  const label =
    move.from === null
      ? `${amount} more in ${words(move.to)}`
      : move.to === null
        ? `${amount} less in ${words(move.from)}`
        : `${amount} from ${words(move.from)} to ${words(move.to)}`;
  const [from, to] = [rowOf(answer, move.from), rowOf(answer, move.to)];
  const missing = [
    ...(move.from !== null && marginalOf(from) === null ? [`${move.from}: ${from?.marginal.why ?? 'nothing was spent there'}`] : []),
    ...(move.to !== null && marginalOf(to) === null ? [`${move.to}: ${to?.marginal.why ?? 'nothing was spent there'}`] : []),
  ];
  if (missing.length > 0) return nothing({ key: 'moves', label, why: `It can’t be told what money brings. ${missing.join('; ')}.` });
  return {
    said: {
      key: 'moves',
      label,
      why: null,
      from: [from, to].flatMap((row) =>
        row
          ? [
              {
                text: `${row.label}: the next unit brought ${Math.round((row.marginal.value ?? 0) * 100) / 100} of won value (${answer.start} to ${answer.end})`,
                recordsUrl: row.recordsUrl,
              },
            ]
          : [],
      ),
      caveat: answer.caveat,
    },
    onRate: null,
    mqls: 1,
    revenue: moveChange(Number(move.amount), marginalOf(from), marginalOf(to), number),
  };
}

const rowOf = (answer: WhereNextAnswer, place: string | null) =>
  place === null ? undefined : answer.rows.find(({ group }) => group === place);

export function marginalOf(row: WhereNextAnswer['rows'][number] | undefined): MarginalReturn | null {
  if (!row || row.marginal.value === null) return null;
  const { value, uncertainty } = row.marginal;
  return { value, low: uncertainty?.low ?? 0, high: uncertainty?.high ?? 2 * value };
}

// ── definition ──────────────────────────────────────────────────────────────

async function redefined(context: GoalContext, versionId: string): Promise<DrawnChange> {
  const [test] = await context.database.inWorkspace(context.workspaceId, (tx) => listBackTests(tx, context.workspaceId, versionId));
  const label = 'MQLs by the other version of the definition';
  if (!test) return nothing({ key: 'definition', label, why: 'That version has no back-test: run one on its page first.' });
  const { passedNow, passedThen, customersKept: kept, customersLost: lost, customersGained: gained } = test.total;
  const change = definitionChange({ passedNow, passedThen, kept, lost, gained });
  if (!change) return nothing({ key: 'definition', label, why: 'In its back-test nothing passes, or nobody bought.' });
  const url = (which: string): string =>
    `/api/v1/definitions/${versionId}/back-tests/records?${new URLSearchParams({ backTest: test.id, which })}`;
  return {
    said: {
      key: 'definition',
      label,
      why: null,
      from: [
        {
          text: `Of the leads from ${test.start} to ${test.end}, ${passedThen} pass instead of ${passedNow}`,
          recordsUrl: url('passedThen'),
        },
        { text: `${kept} customers are kept, ${lost} lost, ${gained} gained`, recordsUrl: url('customersKept') },
      ],
      caveat: 'The same leads of the past, judged anew: what sales would have made of leads that did not pass is not known.',
    },
    onRate: change.onRate,
    mqls: change.mqls,
    revenue: null,
  };
}

// ── speed ───────────────────────────────────────────────────────────────────

export const yearOfSpeed = (context: GoalContext) =>
  context.once('speed of a year', () =>
    answerSpeed(context.database, context.workspaceId, speedAsk.parse({ start: dayText(context.asOf - 364), end: dayText(context.asOf) })),
  );

async function answered(context: GoalContext, minutes: number): Promise<DrawnChange> {
  const { curve } = await yearOfSpeed(context);
  const label = `Every lead tried within ${minutes} minutes`;
  if (!curve.enough) return nothing({ key: 'answerWithinMinutes', label, why: curve.says });
  const tried = curve.buckets.map(({ toMinutes, leads, converted, label: name }) => ({
    to: name === 'never' ? null : (toMinutes ?? null),
    leads,
    converted,
  }));
  const onRate = speedChange(tried, minutes, leadsForAShare);
  if (!onRate)
    return nothing({
      key: 'answerWithinMinutes',
      label,
      why: `Fewer than ${leadsForAShare} leads were tried within ${minutes} minutes: how such leads go isn’t known.`,
    });
  const soon = curve.buckets.filter(({ toMinutes, label: name }) => name !== 'never' && toMinutes !== null && toMinutes <= minutes);
  return {
    said: {
      key: 'answerWithinMinutes',
      label,
      why: null,
      from: soon.map(({ label: name, leads, converted, recordsUrl }) => ({
        text: `${name}: ${converted} of ${leads} became an SQL`,
        recordsUrl,
      })),
      caveat: 'Observational: reps may have called the best leads first. What speed itself does is at most this.',
    },
    onRate,
    mqls: 1,
    revenue: null,
  };
}
