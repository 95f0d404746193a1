import { sql } from 'kysely';
import { Refused } from '#engine/values/outcome.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem, type FieldProblem } from '#platform/errors.ts';
import { announceChange, recordFact } from '#platform/facts/facts.ts';
import { columnOf, type Field, touchFields } from '../contract.ts';
import { sqlTypeOf } from '../projection.ts';
import { tryValue } from '../queries/values.ts';
import { journeysOfTouch, noteChangedJourneys } from './changed-journeys.ts';
import { noteChangedLeads } from './changed-leads.ts';

export type TouchSets = Readonly<Record<string, unknown>>;

const references = {
  accountId: 'accounts',
  contactId: 'contacts',
  leadId: 'leads',
  dealId: 'deals',
  campaignId: 'campaigns',
  memberId: 'members',
};
/** A clock may be a little ahead; what is to come is no touch yet. */
const aheadMinutes = 5;

/**
 * Records one touch. It is a fact itself: nothing changes it later, `voidTouch` takes it out of account.
 * A touch of a lead or a deal belongs to their contact and account as well, unless it says otherwise.
 * @param recordedBy who enters it: evidence tells the one who says so from the one who did it
 * @param own what its source tells beside the fields (`source`, `medium`, …), as an import's further columns
 * @throws Problem bad-input naming every field that is not fine
 */
export async function recordTouch(
  tx: Tx,
  workspaceId: WorkspaceId,
  sets: TouchSets,
  recordedBy: string | null,
  own: Readonly<Record<string, string>> = {},
): Promise<{ id: string }> {
  const given = await checkTouch(tx, workspaceId, sets);
  const touch = await withRelations(tx, workspaceId, given);
  await sql`SELECT accord.ensure_month('touches', ${String(touch.occurredAt)}::timestamptz::date)`.execute(tx);
  const id = newId();
  const fields = (touchFields as readonly Field[]).filter(({ name }) => (touch[name] ?? null) !== null);
  const columns = fields.map(({ name }) => sql.ref(columnOf(name)));
  const values = fields.map((field) => sql`${touch[field.name]}::${sql.raw(sqlTypeOf(field))}`);
  await sql`INSERT INTO touches (workspace_id, id, recorded_at, recorded_by, custom, ${sql.join(columns)})
    VALUES (${workspaceId}::uuid, ${id}::uuid, clock_timestamp(), ${recordedBy}::uuid,
      ${Object.keys(own).length > 0 ? JSON.stringify(own) : null}::jsonb, ${sql.join(values)})`.execute(tx);
  await announceChange(tx, workspaceId, 'touch');
  await noteChangedLeads(tx, workspaceId, await leadsOf(tx, workspaceId, touch));
  await noteChangedJourneys(tx, workspaceId, journeysOfTouch({ ...touch, accountId: given.accountId ?? null }));
  return { id };
}

type Touch = Record<string, string | number | boolean | null>;

async function checkTouch(tx: Tx, workspaceId: WorkspaceId, sets: TouchSets): Promise<Touch> {
  const problems: FieldProblem[] = [];
  const touch: Touch = {};
  for (const [name, value] of Object.entries(sets)) {
    const field = (touchFields as readonly Field[]).find((one) => one.name === name);
    const read = field
      ? tryValue(field, value)
      : new Refused(`is no field of a touch; it has ${touchFields.map((one) => one.name).join(', ')}`);
    if (read instanceof Refused) problems.push({ at: name, reason: read.reason });
    else touch[name] = read;
  }
  for (const field of touchFields as readonly Field[])
    if (field.required && (touch[field.name] ?? null) === null && !problems.some(({ at }) => at === field.name))
      problems.push({ at: field.name, reason: 'is needed' });
  if (!['leadId', 'contactId', 'accountId', 'dealId'].some((name) => touch[name]))
    problems.push({ at: 'leadId', reason: 'a touch belongs to a lead, contact, account or deal' });
  if (typeof touch.occurredAt === 'string' && Date.parse(touch.occurredAt) > Date.now() + aheadMinutes * 60_000)
    problems.push({ at: 'occurredAt', reason: 'is in the future: a touch is something that happened' });
  problems.push(...(await dangling(tx, workspaceId, touch)));
  if (problems.length > 0) throw new Problem('bad-input', `${problems[0]!.at}: ${problems[0]!.reason}.`, { fields: problems });
  return touch;
}

/** References to what is not in this workspace; another workspace's record looks exactly like none. */
async function dangling(tx: Tx, workspaceId: WorkspaceId, touch: Touch): Promise<FieldProblem[]> {
  const given = Object.entries(references).filter(([name]) => typeof touch[name] === 'string');
  if (given.length === 0) return [];
  const probes = given.map(
    ([name, table]) =>
      sql`SELECT ${name}::text AS name WHERE NOT EXISTS (SELECT 1 FROM ${sql.table(table)} r WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ${touch[name]}::uuid)`,
  );
  const { rows } = await sql<{ name: string }>`${sql.join(probes, sql` UNION ALL `)}`.execute(tx);
  return rows.map(({ name }) => ({ at: name, reason: 'there is no such record here' }));
}

interface Relations {
  lead_id: string | null;
  contact_id: string | null;
  account_id: string | null;
}

async function withRelations(tx: Tx, workspaceId: WorkspaceId, touch: Touch): Promise<Touch> {
  const { rows } =
    await sql<Relations>`SELECT l.id AS lead_id, coalesce(l.contact_id, d.contact_id) AS contact_id, coalesce(l.account_id, d.account_id, c.account_id) AS account_id
    FROM (SELECT 1) one
    LEFT JOIN deals d ON d.workspace_id = ${workspaceId}::uuid AND d.id = ${touch.dealId ?? null}::uuid
    LEFT JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = coalesce(${touch.leadId ?? null}::uuid, d.lead_id)
    LEFT JOIN contacts c ON c.workspace_id = ${workspaceId}::uuid AND c.id = coalesce(${touch.contactId ?? null}::uuid, l.contact_id, d.contact_id)`.execute(
      tx,
    );
  const found = rows[0]!;
  return {
    ...touch,
    leadId: touch.leadId ?? found.lead_id,
    contactId: touch.contactId ?? found.contact_id,
    accountId: touch.accountId ?? found.account_id,
  };
}

/** The lead of a touch, or those of its contact where it names none. */
async function leadsOf(tx: Tx, workspaceId: WorkspaceId, { leadId, contactId }: Touch): Promise<string[]> {
  if (leadId) return [String(leadId)];
  if (!contactId) return [];
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM leads WHERE workspace_id = ${workspaceId}::uuid AND contact_id = ${contactId}::uuid`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Takes a touch out of account; who did it and why is a fact. Done twice it changes nothing. */
export async function voidTouch(tx: Tx, workspaceId: WorkspaceId, call: { id: string; memberId: string; reason: string }): Promise<void> {
  const { rows } = await sql<Relations & { deal_id: string | null; voided_by: string | null }>`
    SELECT lead_id, contact_id, account_id, deal_id, voided_by FROM touches WHERE workspace_id = ${workspaceId}::uuid AND id = ${call.id}::uuid`.execute(
    tx,
  );
  const touch = rows[0];
  if (!touch) throw notFound('touch');
  if (touch.voided_by !== null) return;
  await recordFact(tx, workspaceId, {
    kind: 'touch.voided',
    subjectKind: 'touch',
    subjectId: call.id,
    memberId: call.memberId,
    body: { reason: call.reason },
  });
  // Its own id: by a person. An import that brings it again then knows it and leaves it out.
  await sql`UPDATE touches SET voided_by = id WHERE workspace_id = ${workspaceId}::uuid AND id = ${call.id}::uuid AND voided_by IS NULL`.execute(
    tx,
  );
  const named = { leadId: touch.lead_id, contactId: touch.contact_id, accountId: touch.account_id, dealId: touch.deal_id };
  await noteChangedLeads(tx, workspaceId, await leadsOf(tx, workspaceId, named));
  await noteChangedJourneys(tx, workspaceId, journeysOfTouch(named));
}
