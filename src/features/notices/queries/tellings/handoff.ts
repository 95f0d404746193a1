import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { headsOfSides } from '../members.ts';
import { idsIn, type Tell, textIn, toEach } from './telling.ts';

interface Rejection {
  readonly leadId: string;
  readonly rejectedBy: string;
  readonly answeredBy: string | null;
  /** Of marketing: who is on the lead, else who owns its campaign. */
  readonly marketerId: string | null;
  readonly comment: string;
  readonly ruling: 'upheld' | 'overturned' | null;
  readonly lead: string;
  readonly opens: string;
}

export const rejectionMade: Tell = async (tx, workspaceId, fact) => {
  const found = await findRejection(tx, workspaceId, fact.subjectId);
  if (!found) return [];
  return toEach([found.marketerId], { matter: 'rejection.made', title: `${fact.by} rejects the lead ${found.lead}`, opens: found.opens });
};

const answered =
  (says: string): Tell =>
  async (tx, workspaceId, fact) => {
    const found = await findRejection(tx, workspaceId, fact.subjectId);
    if (!found) return [];
    return toEach([found.rejectedBy], {
      matter: 'rejection.answered',
      title: `${fact.by} ${says} the lead ${found.lead}`,
      opens: found.opens,
    });
  };
export const rejectionAgreed = answered('agrees with your rejection of');
export const rejectionMended = answered('mended what was missing, and hands you again');

/** Who rejected it; and the heads of both sides, one of each of whom rules. */
export const rejectionContested: Tell = async (tx, workspaceId, fact) => {
  const found = await findRejection(tx, workspaceId, fact.subjectId);
  if (!found) return [];
  const heads = await headsOfSides(tx, workspaceId, ['marketing', 'sales']);
  return [
    ...toEach([found.rejectedBy], {
      matter: 'rejection.answered',
      title: `${fact.by} contests your rejection of the lead ${found.lead}`,
      opens: found.opens,
    }),
    ...toEach(
      heads.filter((id) => id !== found.rejectedBy),
      {
        matter: 'rejection.contested',
        title: `The rejection of the lead ${found.lead} is contested: one of each side rules`,
        opens: found.opens,
      },
    ),
  ];
};

export const rejectionRuled: Tell = async (tx, workspaceId, fact) => {
  const found = await findRejection(tx, workspaceId, fact.subjectId);
  if (!found) return [];
  const ruled = found.ruling === 'overturned' ? 'is overturned' : 'is upheld';
  return toEach([found.rejectedBy, found.marketerId, found.answeredBy], {
    matter: 'rejection.ruled',
    title: `The rejection of the lead ${found.lead} ${ruled}`,
    opens: found.opens,
  });
};

async function findRejection(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Rejection | null> {
  const { rows } = await sql<
    Omit<Rejection, 'lead' | 'opens'>
  >`SELECT r.lead_id AS "leadId", r.rejected_by AS "rejectedBy", r.answered_by AS "answeredBy",
      coalesce(r.marketer_id, c.owner_id) AS "marketerId", r.comment, r.ruling
    FROM rejections r LEFT JOIN campaigns c ON c.workspace_id = r.workspace_id AND c.id = r.campaign_id
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ${id}::uuid`.execute(tx);
  const row = rows[0];
  return row ? { ...row, lead: await leadName(tx, workspaceId, row.leadId), opens: `/rejections?at=${id}` } : null;
}

async function leadName(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<string> {
  return (await namesOf(tx, workspaceId, { lead: [id] })).get(`lead ${id}`)?.name || 'without a name';
}

/** Whom the step of the ladder tells. */
export const leadEscalated: Tell = async (tx, workspaceId, { subjectId, body }) => {
  const owner = textIn(body, 'ownerId');
  const told = idsIn(body, 'told');
  const lead = await leadName(tx, workspaceId, subjectId);
  const clause = await clauseTitle(tx, workspaceId, subjectId, textIn(body, 'clause') ?? '');
  const what = clause ? `: ${clause}` : '';
  const outcome = textIn(body, 'outcome');
  return [
    ...toEach(
      told.filter((id) => id === owner),
      { matter: 'clock.reminded', title: `The lead ${lead} waits for you${what}`, opens: `/leads/${subjectId}` },
    ),
    ...toEach(
      told.filter((id) => id !== owner),
      {
        matter: 'clock.escalated',
        title: `The lead ${lead} has waited too long${what}${outcome ? `. ${outcome.replace(/\.$/, '')}` : ''}`,
        opens: `/leads/${subjectId}`,
      },
    ),
  ];
};

async function clauseTitle(tx: Tx, workspaceId: WorkspaceId, leadId: string, key: string): Promise<string | null> {
  const { rows } = await sql<{ title: string }>`SELECT clause ->> 'title' AS title FROM clocks k
      JOIN agreement_versions v ON v.workspace_id = k.workspace_id AND v.id = k.version_id
      CROSS JOIN LATERAL jsonb_array_elements(v.content -> 'clauses') clause
    WHERE k.workspace_id = ${workspaceId}::uuid AND k.lead_id = ${leadId}::uuid AND k.clause_key = ${key} AND clause ->> 'key' = ${key}`.execute(
    tx,
  );
  return rows[0]?.title ?? null;
}

export const leadReassigned: Tell = async (tx, workspaceId, { subjectId, by, sets }) =>
  toEach([textIn(sets, 'ownerId')], {
    matter: 'lead.given',
    title: `${by} gives you the lead ${await leadName(tx, workspaceId, subjectId)}`,
    opens: `/leads/${subjectId}`,
  });

interface Excuse {
  readonly side: 'marketing' | 'sales';
  readonly askedBy: string;
  readonly leadId: string | null;
}

/** The side that doesn’t owe decides. */
export const excuseAsked: Tell = async (tx, workspaceId, fact) => {
  const excuse = await findExcuse(tx, workspaceId, fact.subjectId);
  if (!excuse) return [];
  const heads = await headsOfSides(tx, workspaceId, [excuse.side === 'marketing' ? 'sales' : 'marketing']);
  return toEach(heads, {
    matter: 'excuse.asked',
    title: `${fact.by} asks for an excuse: ${excuse.side} could not keep a clause`,
    opens: '/attainment',
  });
};

const excuseDecided =
  (says: string): Tell =>
  async (tx, workspaceId, fact) => {
    const excuse = await findExcuse(tx, workspaceId, fact.subjectId);
    const opens = excuse?.leadId ? `/leads/${excuse.leadId}` : '/attainment';
    return toEach([excuse?.askedBy], { matter: 'excuse.decided', title: `${fact.by} ${says} the excuse you asked for`, opens });
  };
export const excuseGranted = excuseDecided('grants');
export const excuseRefused = excuseDecided('refuses');

async function findExcuse(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Excuse | undefined> {
  const { rows } = await sql<Excuse>`SELECT side, asked_by AS "askedBy", lead_id AS "leadId" FROM excuses
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  return rows[0];
}
