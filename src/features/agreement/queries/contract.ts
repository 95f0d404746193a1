import type { z } from 'zod';
import { changesOf } from '#engine/agreement/changes.ts';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import { calendarSentence, clauseSentence, type Names } from '#engine/agreement/wording.ts';
import type { Calendar } from '#engine/calendar/calendar.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { agreementSummary, AgreementVersion } from '../contract.ts';
import { missingSides } from '../policy/signing.ts';
import { loadCalendars } from './calendars.ts';
import { effectOf } from './definitions.ts';
import { inForceAt, type SignedAgreement, signedAgreements } from './in-force.ts';
import { clauseNames } from './names.ts';
import { signingFor } from './signing.ts';
import { listTerms } from './terms.ts';
import { type AgreementRow, commentsOn, earlierOf, getAgreementRow, listAgreementRows, signaturesOf } from './versions.ts';

/** The version in force in full, all versions in short (newest first), and the terms. */
export async function getAgreement(tx: Tx, who: Who): Promise<z.output<typeof agreementSummary>> {
  const rows = await listAgreementRows(tx, who.workspaceId);
  const inForce = inForceAt(await signedAgreements(tx, who.workspaceId), Date.now())?.id;
  const signatures = await signaturesOf(
    tx,
    who.workspaceId,
    rows.filter(({ status }) => status === 'proposed').map(({ id }) => id),
  );
  return {
    inForce: inForce === undefined ? null : await getAgreementVersion(tx, who, inForce),
    versions: rows.map(({ id, number, status, effectiveFrom, signedAt }) => ({
      id,
      number,
      status,
      effectiveFrom,
      signedAt,
      inForce: id === inForce,
      missing: missingSides(
        status,
        (signatures.get(id) ?? []).map(({ side }) => side),
      ),
    })),
    terms: await listTerms(tx, who.workspaceId),
  };
}

/** One version with its signatures and comments, as the asker sees it. @throws Problem not-found */
export async function getAgreementVersion(tx: Tx, who: Who, id: string): Promise<AgreementVersion> {
  const row = await getAgreementRow(tx, who.workspaceId, id);
  const names = await clauseNames(tx, who.workspaceId);
  const signed = await signedAgreements(tx, who.workspaceId);
  const signatures = (await signaturesOf(tx, who.workspaceId, [id])).get(id) ?? [];
  const calendars = row.proposedAt === null ? await calendarsOf(tx, who.workspaceId, row.content) : row.calendars;
  const { kind: _, calendars: __, ...version } = row;
  return {
    ...version,
    content: row.content as AgreementVersion['content'],
    sentences: row.content.clauses.map((clause) => ({ key: clause.key, side: clause.side, sentence: clauseSentence(clause, names) })),
    calendars: Object.entries(calendars).map(([calendarId, calendar]) => ({ id: calendarId, sentence: calendarSentence(calendar) })),
    effectiveAt: effectOf(signed, id),
    inForce: inForceAt(signed, Date.now())?.id === id,
    retroactiveUntil: retroactiveUntil(signed, id),
    signatures,
    comments: await commentsOn(tx, who.workspaceId, id),
    signing: await signingFor(tx, who, row.status, signatures),
    diff: diffOf({ ...row, calendars }, signed, names),
  };
}

/**
 * The calendars that a version with these clauses counts in, as they stand: the workspace's, in which paces and whoever
 * has no other are counted, and those the clauses name.
 */
export async function calendarsOf(tx: Tx, workspaceId: WorkspaceId, content: AgreementContent): Promise<Record<string, Calendar>> {
  const { defaultCalendar, byId } = await loadCalendars(tx, workspaceId, []);
  const named = content.clauses.map(({ calendar }) => calendar).filter((id) => byId.has(id));
  return { default: defaultCalendar, ...Object.fromEntries(named.map((id) => [id, byId.get(id)!])) };
}

/** A version that counts from before its signature measures that time without consequences. */
function retroactiveUntil(signed: readonly SignedAgreement[], id: string): string | null {
  const version = signed.find((each) => each.id === id);
  return version && version.effectiveAt < version.signedAt ? new Date(version.signedAt).toISOString() : null;
}

function diffOf(row: AgreementRow, signed: readonly SignedAgreement[], names: Names): AgreementVersion['diff'] {
  const earlier = earlierOf(signed, row);
  if (!earlier) return null;
  const { general, added, removed, changed } = changesOf(earlier, row, names);
  return { against: earlier.number, general: [...general], added: [...added], removed: [...removed], changed: [...changed] };
}
