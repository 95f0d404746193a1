/** What both sides and leadership say of how they work together, side by side. Single answers are nowhere: candour.md. */

import { sql } from 'kysely';
import { fewestTold } from '#engine/candour/tellable.ts';
import type { PulseCell } from '#features/feedback/contract/pulse.ts';
import { readPulseResults } from '#features/feedback/queries/pulse-results.ts';
import { getPulse, hasOpenPulse, whyNotOpen } from '#features/feedback/queries/pulses.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { type Diagnosis, diagnosisQuestions, type DiagnosisRow, type SideTold } from '../contract/diagnosis.ts';
import { type Side, sides } from '../contract/pieces.ts';
import { whyNotSheet } from '../policy.ts';

type Scores = Readonly<Record<string, number>>;
/** What one side says, from its answers or else from its sheet. */
interface Said {
  readonly from: 'answers' | 'sheet';
  readonly scores: Scores;
  readonly answers: number | null;
  readonly by: SideTold['by'];
  readonly at: string | null;
  readonly note: string;
}
export type Told = Readonly<Record<Side, Said | null>>;

/** Answers of many come before a sheet: they are more than one voice. */
export async function readTold(tx: Tx, workspaceId: WorkspaceId): Promise<Told> {
  const cells = await lastCells(tx, workspaceId);
  const sheets = await lastSheets(tx, workspaceId);
  return Object.fromEntries(sides.map((side) => [side, saidInAnswers(cells, side) ?? sheets.get(side) ?? null])) as Record<
    Side,
    Said | null
  >;
}

export async function answerDiagnosis(tx: Tx, who: Who, sealing: Sealing): Promise<Diagnosis> {
  const told = await readTold(tx, who.workspaceId);
  const rows = rowsOf(told);
  return {
    rows,
    sentence: sentenceOf(rows),
    sides: sides.map((side) => shownSide(side, told[side])),
    open: await openDiagnosis(tx, who, sealing),
    rules,
    can: {
      open: whyNotOpen(who, await hasOpenPulse(tx, who.workspaceId)),
      sheet: { marketing: whyNotSheet(who, 'marketing'), sales: whyNotSheet(who, 'sales'), leadership: whyNotSheet(who, 'leadership') },
    },
  };
}

const rules = [
  `Answers of a side are told once the diagnosis has closed, from ${fewestTold} people on, and only if what is left when it is subtracted from all has ${fewestTold} as well.`,
  'A side with fewer people, or one that prefers to speak as one, fills in a sheet together: openly, with the name of who wrote it down.',
  'Answers of many count before a sheet; of two sheets of a side the later one.',
];

function rowsOf(told: Told): DiagnosisRow[] {
  const rows = diagnosisQuestions.map(({ key, text, step }): DiagnosisRow => {
    const [marketing, sales, leadership] = (['marketing', 'sales', 'leadership'] as const).map((side) => told[side]?.scores[key] ?? null);
    const gap =
      marketing === null || sales === null || marketing === undefined || sales === undefined
        ? null
        : Math.round(Math.abs(marketing - sales) * 100) / 100;
    return { key, text, step, marketing: marketing ?? null, sales: sales ?? null, leadership: leadership ?? null, gap };
  });
  return rows.every(({ gap }) => gap === null)
    ? rows
    : rows.toSorted((one, other) => (other.gap ?? -1) - (one.gap ?? -1) || low(one) - low(other));
}

/** How badly the sides together think of it: of two equal gaps the worse stands first. */
const low = ({ marketing, sales }: DiagnosisRow): number => (marketing ?? 5) + (sales ?? 5);

function sentenceOf([first, ...rest]: readonly DiagnosisRow[]): string | null {
  if (!first || first.gap === null) return null;
  const worst = [first, ...rest].toSorted((one, other) => low(one) - low(other))[0]!;
  const agreed = `Both think least of “${worst.text}”`;
  if (first.gap === 0) return `The two sides agree on everything. ${agreed}`;
  const above = first.marketing! > first.sales! ? 'marketing' : 'sales';
  return `The two sides disagree most on “${first.text}”: ${above} is ${first.gap} of 5 points more content.${worst.key === first.key ? '' : ` ${agreed}`}`;
}

const shownSide = (side: Side, said: Said | null): SideTold =>
  said
    ? { side, from: said.from, answers: said.answers, by: said.by, at: said.at, note: said.note, whyNot: null }
    : { side, from: null, answers: null, by: null, at: null, note: '', whyNot: 'Too few have answered, or nobody was asked yet.' };

function saidInAnswers(cells: readonly PulseCell[], side: Side): Said | null {
  const cell = cells.find((each) => each.side === side);
  if (!cell?.means || cell.answers === null) return null;
  return { from: 'answers', scores: cell.means, answers: cell.answers, by: null, at: null, note: '' };
}

/** The sides of the diagnosis that was counted last. */
async function lastCells(tx: Tx, workspaceId: WorkspaceId): Promise<PulseCell[]> {
  const { rows } = await sql<{ id: string }>`SELECT d.pulse_id AS id FROM rollout_diagnoses d
    JOIN pulse_results r ON r.workspace_id = d.workspace_id AND r.pulse_id = d.pulse_id
    WHERE d.workspace_id = ${workspaceId}::uuid ORDER BY d.opened_at DESC, d.id DESC LIMIT 1`.execute(tx);
  return rows[0] ? (await readPulseResults(tx, workspaceId, rows[0].id, {})).sides : [];
}

async function lastSheets(tx: Tx, workspaceId: WorkspaceId): Promise<Map<Side, Said>> {
  const { rows } = await sql<{
    side: Side;
    scores: Scores;
    note: string;
    at: string;
    by: NonNullable<SideTold['by']>;
  }>`SELECT DISTINCT ON (s.side)
      s.side, s.scores, s.note, s.written_at AS at, json_build_object('id', m.id, 'name', m.name, 'ofSide', m.side = s.side) AS by
    FROM rollout_sheets s JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.written_by
    WHERE s.workspace_id = ${workspaceId}::uuid ORDER BY s.side, s.written_at DESC, s.id DESC`.execute(tx);
  return new Map(rows.map(({ side, ...sheet }) => [side, { ...sheet, from: 'sheet', answers: null }]));
}

async function openDiagnosis(tx: Tx, who: Who, sealing: Sealing): Promise<Diagnosis['open']> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT d.pulse_id AS id FROM rollout_diagnoses d WHERE d.workspace_id = ${who.workspaceId}::uuid
    AND NOT EXISTS (SELECT 1 FROM pulse_results r WHERE r.workspace_id = d.workspace_id AND r.pulse_id = d.pulse_id)
    ORDER BY d.opened_at DESC, d.id DESC LIMIT 1`.execute(tx);
  if (!rows[0]) return null;
  const { closesOn, answered, state } = await getPulse(tx, who, sealing, rows[0].id);
  return state === 'open' ? { pulseId: rows[0].id, closesOn, answered } : null;
}
