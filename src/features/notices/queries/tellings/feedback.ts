import { sql } from 'kysely';
import { dayWords } from '#features/goals/contract/wording.ts';
import { readable } from '#features/feedback/queries/readable.ts';
import { recordNames } from '#features/feedback/queries/record-names.ts';
import type { RecordKind } from '#features/feedback/contract/pieces.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { headsOfSides, readersById } from '../members.ts';
import { type Tell, type Telling, textIn, toEach } from './telling.ts';

interface Feedback {
  readonly id: string;
  readonly tone: 'praise' | 'criticism';
  readonly toSide: 'marketing' | 'sales';
  readonly toMember: string | null;
  readonly toTeam: string | null;
  readonly fromMember: string | null;
  readonly answeredBy: string | null;
  readonly recordKind: RecordKind;
  readonly recordId: string;
}

/** `tells` says whom and what; of these only who reads it. */
const feedback =
  (
    tells: (found: Feedback, receivers: readonly string[]) => { to: readonly (string | null)[]; matter: Telling['matter']; says: string },
  ): Tell =>
  async (tx, workspaceId, fact) => {
    const found = await findFeedback(tx, workspaceId, fact.subjectId);
    if (!found) return [];
    const { to, matter, says } = tells(found, await receiversOf(tx, workspaceId, found));
    const readers = await readersById(
      tx,
      workspaceId,
      to.flatMap((id) => id ?? []),
    );
    const told: string[] = [];
    for (const [id, reader] of readers) {
      const { rows } =
        await sql`SELECT 1 FROM feedback f WHERE f.workspace_id = ${workspaceId}::uuid AND f.id = ${found.id}::uuid AND ${readable(reader)}`.execute(
          tx,
        );
      if (rows.length > 0) told.push(id);
    }
    const title = `${fact.by} ${says} ${await recordName(tx, workspaceId, found)}`;
    return toEach(told, { matter, title, opens: `/feedback?at=${found.id}` });
  };

export const feedbackGiven = feedback(({ tone, toMember, toTeam }, receivers) => ({
  to: receivers,
  matter: 'feedback.given',
  says:
    tone === 'praise'
      ? `praises ${toMember ? 'you' : toTeam ? 'your team' : 'your side'} for`
      : `gives ${toMember ? 'you' : toTeam ? 'your team' : 'your side'} feedback on`,
}));
const answer = (says: string): Tell => feedback(({ fromMember }) => ({ to: [fromMember], matter: 'feedback.answered', says }));
export const feedbackAccepted = answer('accepts your feedback on');
export const feedbackExplained = answer('explains what you gave feedback on:');
export const feedbackDisagreed = answer('disagrees with your feedback on');
export const feedbackThanked = answer('thanks you for your praise on');
export const feedbackConfirmed = feedback(({ answeredBy }) => ({
  to: [answeredBy],
  matter: 'feedback.settled',
  says: 'is content with your answer on',
}));
export const feedbackReopened = feedback(({ answeredBy }, receivers) => ({
  to: [answeredBy, ...receivers],
  matter: 'feedback.settled',
  says: 'is not content with the answer on',
}));
export const feedbackSaid = feedback(({ fromMember, answeredBy }, receivers) => ({
  to: [fromMember, answeredBy, ...receivers],
  matter: 'feedback.said',
  says: 'writes in the feedback on',
}));

/** Whom it is to; where nobody has it alone, their team, else the heads of the side. */
async function receiversOf(tx: Tx, workspaceId: WorkspaceId, { toMember, toTeam, toSide }: Feedback): Promise<string[]> {
  if (toMember) return [toMember];
  if (!toTeam) return headsOfSides(tx, workspaceId, [toSide]);
  const { rows } = await sql<{
    id: string;
  }>`SELECT member_id AS id FROM team_members WHERE workspace_id = ${workspaceId}::uuid AND team_id = ${toTeam}::uuid
    UNION SELECT manager_id FROM teams WHERE workspace_id = ${workspaceId}::uuid AND id = ${toTeam}::uuid AND manager_id IS NOT NULL`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

async function findFeedback(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Feedback | undefined> {
  const { rows } =
    await sql<Feedback>`SELECT id, tone, to_side AS "toSide", to_member AS "toMember", to_team AS "toTeam", from_member AS "fromMember",
      answered_by AS "answeredBy", record_kind AS "recordKind", record_id AS "recordId"
    FROM feedback WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND state <> 'withdrawn'`.execute(tx);
  return rows[0];
}

async function recordName(tx: Tx, workspaceId: WorkspaceId, found: Feedback): Promise<string> {
  const { recordKind, recordId } = found;
  const name = (await recordNames(tx, workspaceId, [found])).get(`${recordKind} ${recordId}`);
  return name ? `${recordKind === 'asset' ? 'the content' : `the ${recordKind}`} ${name}` : `a ${recordKind}`;
}

/** Everybody who answers pulses and can sign in. */
export const pulseOpened: Tell = async (tx, workspaceId, fact) => {
  const closes = textIn(fact.body, 'closesOn');
  const { rows } = await sql<{ id: string }>`SELECT id FROM members WHERE workspace_id = ${workspaceId}::uuid AND active
    AND login_id IS NOT NULL AND role <> 'viewer' ORDER BY id`.execute(tx);
  return toEach(
    rows.map(({ id }) => id),
    {
      matter: 'pulse.opened',
      title: `A pulse is open until ${closes ? dayWords(closes) : 'its last day'}: ${textIn(fact.body, 'title') ?? ''}`,
      opens: '/feedback/pulse',
    },
  );
};
