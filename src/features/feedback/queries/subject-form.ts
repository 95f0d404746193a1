import { sql } from 'kysely';
import type { FeedbackSubject } from '#engine/feedback/states.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { SubjectAnswer } from '../contract/feedback.ts';
import { sidesToGive } from '../policy/feedback.ts';
import { recordNames, unnamed } from './record-names.ts';
import { responsibleFor } from './responsible.ts';
import { subjectName } from './rows.ts';
import { settingsOf } from './settings.ts';
import { getSubject } from './subjects.ts';
import { whyNotAnonymous } from './writers.ts';

/** What a form for giving feedback about a thing needs to know. @throws Problem not-found */
export async function readSubject(tx: Tx, who: Who, kind: FeedbackSubject, id: string): Promise<SubjectAnswer> {
  const subject = await getSubject(tx, who.workspaceId, kind, id);
  const responsible = await responsibleFor(tx, who.workspaceId, subject);
  const toSides = sidesToGive(who);
  const settings = await settingsOf(tx, who.workspaceId);
  const names = await recordNames(tx, who.workspaceId, [subject]);
  const receiver = responsible.find(({ side }) => side === toSides[0])?.member?.id ?? null;
  return {
    ...{ kind, id, responsible, toSides, answerDays: settings.answerDays, clauses: [...subject.clauses] },
    name: subjectName(subject.note, names.get(`${subject.recordKind} ${subject.recordId}`) ?? unnamed),
    record: { kind: subject.recordKind, id: subject.recordId },
    people: await peopleOf(tx, who),
    whyNotAnonymous: await whyNotAnonymous(tx, who.workspaceId, settings, receiver),
  };
}

/** Names of colleagues, for the help while writing; a company’s few thousand at most. */
async function peopleOf(tx: Tx, who: Who): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`SELECT name FROM members WHERE workspace_id = ${who.workspaceId}::uuid AND active AND id <> ${who.memberId}::uuid ORDER BY name LIMIT 2000`.execute(
    tx,
  );
  return rows.map(({ name }) => name);
}
