/** Feedback as it is stored, and as it is shown. */

import { sql } from 'kysely';
import { feedbackVerbs, type FeedbackState, type FeedbackSubject, type Tone } from '#engine/feedback/states.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { FeedbackDetail, FeedbackItem } from '../contract/feedback.ts';
import type { RecordKind, Towards } from '../contract/pieces.ts';
import { whyNot } from '../policy/feedback.ts';
import { recordNames, unnamed } from './record-names.ts';

export interface FeedbackRow {
  readonly id: string;
  readonly tone: Tone;
  readonly state: FeedbackState;
  readonly subjectKind: FeedbackSubject;
  readonly subjectId: string;
  readonly recordKind: RecordKind;
  readonly recordId: string;
  readonly subjectNote: string;
  readonly toSide: Towards;
  readonly toMember: string | null;
  readonly toTeam: string | null;
  readonly fromMember: string | null;
  readonly fromSide: 'marketing' | 'sales' | 'leadership' | null;
  readonly situation: string;
  readonly behaviour: string;
  readonly impact: string;
  readonly nextTime: string;
  readonly tags: string[];
  readonly clauses: string[];
  readonly givenOn: string;
  readonly givenAt: string | null;
  readonly dueAt: string | null;
  readonly late: boolean;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  readonly answeredInTime: boolean | null;
  readonly action: string | null;
  readonly actionDueOn: string | null;
}

export const feedbackColumns = sql`f.id, f.tone, f.state, f.subject_kind AS "subjectKind", f.subject_id AS "subjectId", f.record_kind AS "recordKind",
  f.record_id AS "recordId", f.subject_note AS "subjectNote", f.to_side AS "toSide", f.to_member AS "toMember", f.to_team AS "toTeam",
  f.from_member AS "fromMember", f.from_side AS "fromSide", f.situation, f.behaviour, f.impact, f.next_time AS "nextTime", f.tags, f.clauses,
  f.given_on AS "givenOn", f.given_at AS "givenAt", f.due_at AS "dueAt", (f.state IN ('given', 'reopened') AND f.due_at < now()) IS TRUE AS late,
  f.answered_by AS "answeredBy", f.answered_at AS "answeredAt", f.answered_in_time AS "answeredInTime", f.action, f.action_due_on AS "actionDueOn"`;

/** What of it is read by whom is the caller’s to have decided. */
export async function shownFeedback(tx: Tx, workspaceId: WorkspaceId, rows: readonly FeedbackRow[]): Promise<FeedbackItem[]> {
  const names = await readNames(tx, workspaceId, rows);
  return rows.map((row) => itemOf(row, names));
}

export const canOf = (who: Who, row: FeedbackRow): FeedbackDetail['can'] =>
  Object.fromEntries(feedbackVerbs.map((verb) => [verb, whyNot(verb, who, row)])) as FeedbackDetail['can'];

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Names {
  member(id: string | null): Named | null;
  team(id: string | null): Named | null;
  record(row: FeedbackRow): string;
}

const gone = 'Somebody who is gone';

async function readNames(tx: Tx, workspaceId: WorkspaceId, rows: readonly FeedbackRow[]): Promise<Names> {
  const members = rows.flatMap(({ toMember, fromMember, answeredBy }) => [toMember, fromMember, answeredBy]).filter((id) => id !== null);
  const known = await namesOf(tx, workspaceId, { member: new Set(members) });
  const records = await recordNames(tx, workspaceId, rows);
  const teams = await teamsOf(
    tx,
    workspaceId,
    rows.map(({ toTeam }) => toTeam).filter((id) => id !== null),
  );
  return {
    member: (id) => (id === null ? null : (known.get(`member ${id}`) ?? { id, name: gone })),
    team: (id) => (id === null ? null : (teams.get(id) ?? null)),
    record: ({ recordKind, recordId }) => records.get(`${recordKind} ${recordId}`) ?? unnamed,
  };
}

async function teamsOf(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map();
  const { rows } =
    await sql<Named>`SELECT id, name FROM teams WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

function itemOf(row: FeedbackRow, names: Names): FeedbackItem {
  const {
    id,
    tone,
    state,
    situation,
    behaviour,
    impact,
    nextTime,
    tags,
    clauses,
    givenOn,
    givenAt,
    dueAt,
    late,
    answeredAt,
    answeredInTime,
  } = row;
  const from = names.member(row.fromMember);
  return {
    ...{
      id,
      tone,
      state,
      situation,
      behaviour,
      impact,
      nextTime,
      tags,
      clauses,
      givenOn,
      givenAt,
      dueAt,
      late,
      answeredAt,
      answeredInTime,
    },
    subject: {
      kind: row.subjectKind,
      id: row.subjectId,
      name: subjectName(row.subjectNote, names.record(row)),
      record: { kind: row.recordKind, id: row.recordId },
    },
    from: from && row.fromSide && { ...from, side: row.fromSide },
    to: { side: row.toSide, member: names.member(row.toMember), team: names.team(row.toTeam) },
    action:
      row.action === null || row.actionDueOn === null
        ? null
        : { text: row.action, dueOn: row.actionDueOn, owner: names.member(row.answeredBy) },
  };
}

/** `Call, out, 3 Mar 2026: Ada Lind`. */
export const subjectName = (note: string, record: string): string => `${note}: ${record}`;
