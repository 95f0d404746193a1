import { sql } from 'kysely';
import type { z } from 'zod';
import { isHostOf, readAddress } from '#engine/tracking/landing.ts';
import { customTypes } from '#features/records/queries/scope.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem, type FieldProblem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { FormContent, formChange, newForm } from '../contract/forms.ts';
import { openDoor } from './public-key.ts';

export async function makeForm(tx: Tx, who: Who, given: z.output<typeof newForm>): Promise<{ id: string }> {
  await checkContent(tx, who, given.content, given.siteId);
  const id = newId();
  const key = await openDoor(tx, who.workspaceId, 'form', id);
  await sql`INSERT INTO tracking_forms (workspace_id, id, name, key, site_id, made_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${given.name}, ${key}, ${given.siteId}::uuid, ${who.memberId}::uuid)`.execute(tx);
  await addVersion(tx, who, id, 1, given.content);
  await recordForm(tx, who, id, 'trackingForm.made', { name: given.name, version: 1 });
  return { id };
}

/** Another content is another version: what was sent before keeps the one it answered. */
export async function changeForm(tx: Tx, who: Who, id: string, given: z.output<typeof formChange>): Promise<void> {
  const form = await lockForm(tx, who, id);
  const siteId = given.siteId === undefined ? form.siteId : given.siteId;
  const content = given.content ?? form.content;
  await checkContent(tx, who, content, siteId);
  await sql`UPDATE tracking_forms SET name = ${given.name ?? form.name}, site_id = ${siteId}::uuid,
      archived_at = CASE ${given.archived ?? null}::boolean WHEN true THEN coalesce(archived_at, now()) WHEN false THEN NULL ELSE archived_at END
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  if (given.content) await addVersion(tx, who, id, form.version + 1, given.content);
  const { content: _, ...told } = given;
  await recordForm(tx, who, id, 'trackingForm.changed', { ...told, ...(given.content ? { version: form.version + 1 } : {}) });
}

interface Locked {
  name: string;
  siteId: string | null;
  version: number;
  content: FormContent;
}

async function lockForm(tx: Tx, who: Who, id: string): Promise<Locked> {
  const { rows } = await sql<Locked>`SELECT f.name, f.site_id AS "siteId", v.number AS version, v.content FROM tracking_forms f
    JOIN tracking_form_versions v ON v.workspace_id = f.workspace_id AND v.form_id = f.id
    WHERE f.workspace_id = ${who.workspaceId}::uuid AND f.id = ${id}::uuid ORDER BY v.number DESC LIMIT 1 FOR UPDATE OF f`.execute(tx);
  if (!rows[0]) throw notFound('form');
  return rows[0];
}

/** What can't be told from the form alone: own fields, the campaign, the site, and that one is led to its pages. */
async function checkContent(tx: Tx, who: Who, content: FormContent, siteId: string | null): Promise<void> {
  const problems: FieldProblem[] = [];
  const custom = await customTypes(tx, who.workspaceId, 'lead');
  for (const [place, { name }] of content.fields.entries())
    if (name.startsWith('custom.') && !custom.has(name.slice('custom.'.length)))
      problems.push({ at: `content.fields.${place}.name`, reason: 'is no own field of leads; define it first' });
  const { rows } = await sql<{ domains: string[] | null; campaign: boolean }>`SELECT
      (SELECT domains FROM tracking_sites WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${siteId}::uuid) AS domains,
      EXISTS (SELECT FROM campaigns WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${content.campaignId}::uuid) AS campaign`.execute(
    tx,
  );
  const { domains, campaign } = rows[0]!;
  if (siteId !== null && !domains) throw notFound('site');
  if (content.campaignId !== null && !campaign) throw notFound('campaign');
  if (content.redirectUrl !== null && !isHostOf(domains ?? [], readAddress(content.redirectUrl)?.host ?? ''))
    problems.push({ at: 'content.redirectUrl', reason: 'lies on none of the site’s domains' });
  if (problems.length > 0) throw new Problem('bad-input', `${problems[0]!.at} ${problems[0]!.reason}.`, { fields: problems });
}

async function addVersion(tx: Tx, who: Who, id: string, number: number, content: FormContent): Promise<void> {
  await sql`INSERT INTO tracking_form_versions (workspace_id, form_id, number, content, made_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${number}, ${JSON.stringify(content)}::jsonb, ${who.memberId}::uuid)`.execute(tx);
}

const recordForm = (tx: Tx, who: Who, id: string, kind: string, body: Record<string, unknown>): Promise<string> =>
  recordFact(tx, who.workspaceId, { kind, subjectKind: 'trackingForm', subjectId: id, memberId: who.memberId, body });
