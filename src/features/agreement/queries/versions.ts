import { sql } from 'kysely';
import type { z } from 'zod';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import type { Calendar } from '#engine/calendar/calendar.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { agreementVersion, signature, VersionState } from '../contract.ts';
import type { OwingSide } from '../policy/signing.ts';

/** What both sides sign: a definition, or the contract. */
export const versionKinds = ['definition', 'agreement'] as const;
export type VersionKind = (typeof versionKinds)[number];

interface VersionRow {
  readonly id: string;
  readonly number: number;
  readonly status: VersionState;
  /** `YYYY-MM-DD`; from the proposal on. */
  readonly effectiveFrom: string | null;
  readonly contentHash: string | null;
  readonly madeBy: { readonly id: string; readonly name: string } | null;
  readonly madeAt: string;
  readonly proposedAt: string | null;
  readonly signedAt: string | null;
  readonly withdrawnAt: string | null;
}
export interface DefinitionRow extends VersionRow {
  readonly kind: 'definition';
  readonly term: string;
  readonly text: string;
  readonly rule: Rule;
  readonly examples: { readonly text: string; readonly meets: boolean }[];
}
export interface AgreementRow extends VersionRow {
  readonly kind: 'agreement';
  readonly content: AgreementContent;
  /** Filled when it is proposed. */
  readonly calendars: Readonly<Record<string, Calendar>>;
}

export const versionWords: Readonly<Record<VersionKind, string>> = { definition: 'definition', agreement: 'version of the agreement' };
export const versionTables = {
  definition: sql.table('definition_versions'),
  agreement: sql.table('agreement_versions'),
} as const;

const maker = sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = v.workspace_id AND m.id = v.made_by)`;
const commonColumns = sql`v.id, v.number, v.status, v.effective_from AS "effectiveFrom", v.content_hash AS "contentHash", ${maker} AS "madeBy",
  v.made_at AS "madeAt", v.proposed_at AS "proposedAt", v.signed_at AS "signedAt", v.withdrawn_at AS "withdrawnAt"`;
const definitionColumns = sql`'definition' AS kind, ${commonColumns}, v.term, v.text, v.rule, v.examples`;
const agreementColumns = sql`'agreement' AS kind, ${commonColumns}, v.content, v.calendars`;

/** @param lock holds the row until the transaction ends, so that nobody signs, edits or withdraws it meanwhile */
export async function getDefinitionRow(tx: Tx, workspaceId: WorkspaceId, id: string, lock = false): Promise<DefinitionRow> {
  const { rows } = await sql<DefinitionRow>`SELECT ${definitionColumns} FROM definition_versions v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.id = ${id}::uuid ${lock ? sql`FOR UPDATE OF v` : sql``}`.execute(tx);
  if (!rows[0]) throw notFound(versionWords.definition);
  return rows[0];
}

/** @param lock as above */
export async function getAgreementRow(tx: Tx, workspaceId: WorkspaceId, id: string, lock = false): Promise<AgreementRow> {
  const { rows } = await sql<AgreementRow>`SELECT ${agreementColumns} FROM agreement_versions v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.id = ${id}::uuid ${lock ? sql`FOR UPDATE OF v` : sql``}`.execute(tx);
  if (!rows[0]) throw notFound(versionWords.agreement);
  return rows[0];
}

/** Newest first; of one term, or of all. */
export async function listDefinitionRows(tx: Tx, workspaceId: WorkspaceId, term?: string): Promise<DefinitionRow[]> {
  const { rows } = await sql<DefinitionRow>`SELECT ${definitionColumns} FROM definition_versions v
    WHERE v.workspace_id = ${workspaceId}::uuid ${term === undefined ? sql`` : sql`AND v.term = ${term}`} ORDER BY v.number DESC, v.id`.execute(
    tx,
  );
  return rows;
}

/** Newest first. */
export async function listAgreementRows(tx: Tx, workspaceId: WorkspaceId): Promise<AgreementRow[]> {
  const { rows } = await sql<AgreementRow>`SELECT ${agreementColumns} FROM agreement_versions v
    WHERE v.workspace_id = ${workspaceId}::uuid ORDER BY v.number DESC`.execute(tx);
  return rows;
}

export type Signature = z.output<typeof signature>;

/** Signatures by version, in the order in which they were given. */
export async function signaturesOf(tx: Tx, workspaceId: WorkspaceId, versionIds: readonly string[]): Promise<Map<string, Signature[]>> {
  const { rows } = await sql<Signature & { subjectId: string }>`
    SELECT s.subject_id AS "subjectId", s.side, json_build_object('id', m.id, 'name', m.name) AS member, s.on_behalf AS "onBehalf",
      s.signed_at AS "signedAt", s.content_hash AS "contentHash"
    FROM signatures s JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
    WHERE s.workspace_id = ${workspaceId}::uuid AND s.subject_id = ANY(${versionIds}::uuid[]) ORDER BY s.signed_at, s.id`.execute(tx);
  return Map.groupBy(rows, (row) => row.subjectId);
}

type Comment = z.output<typeof agreementVersion>['comments'][number];

/** In the order in which they were said. */
export async function commentsOn(tx: Tx, workspaceId: WorkspaceId, versionId: string): Promise<Comment[]> {
  const { rows } = await sql<Comment>`
    SELECT c.id, json_build_object('id', m.id, 'name', m.name) AS member, m.side, c.text, c.said_at AS "saidAt"
    FROM proposal_comments c JOIN members m ON m.workspace_id = c.workspace_id AND m.id = c.member_id
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.subject_id = ${versionId}::uuid ORDER BY c.said_at, c.id LIMIT 1000`.execute(tx);
  return rows;
}

/** Sides in which somebody who could sign has a login. */
export async function sidesThatCanSign(tx: Tx, workspaceId: WorkspaceId): Promise<Record<OwingSide, boolean>> {
  const { rows } = await sql<{ side: string }>`SELECT DISTINCT side FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND login_id IS NOT NULL AND role IN ('owner', 'admin', 'manager')`.execute(tx);
  const sides = rows.map(({ side }) => side);
  return { marketing: sides.includes('marketing'), sales: sides.includes('sales') };
}

/**
 * The version against which another is read: while open the last one signed, else the one signed before it.
 * @param signed in the order in which they were signed
 */
export function earlierOf<Version extends { readonly id: string; readonly signedAt: number }>(
  signed: readonly Version[],
  version: Pick<VersionRow, 'id' | 'signedAt' | 'withdrawnAt'>,
): Version | undefined {
  const until = Date.parse(version.signedAt ?? version.withdrawnAt ?? '9999-12-31T00:00:00Z');
  return signed
    .filter((each) => each.id !== version.id && each.signedAt <= until)
    .reduce<Version | undefined>((last, each) => (last === undefined || each.signedAt >= last.signedAt ? each : last), undefined);
}
