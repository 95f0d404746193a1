import { sql } from 'kysely';
import { ruleSentence } from '#engine/rules/sentence.ts';
import type { RuleLabels } from '#engine/rules/words.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import { builtInTerms, type Term, type TermDetail } from '../contract.ts';
import { missingSides } from '../policy/signing.ts';
import { inForceAt, type SignedDefinition, signedDefinitions, signedDefinitionsByTerm } from './in-force.ts';
import { ruleLabels } from './rule-reading.ts';
import { type DefinitionRow, listDefinitionRows, type Signature, signaturesOf } from './versions.ts';

type TermWords = Pick<Term, 'key' | 'name' | 'about' | 'subject' | 'builtIn'>;

/** The field's terms first, in the order in which a lead meets them, then the company's own by name. */
export async function listTerms(tx: Tx, workspaceId: WorkspaceId): Promise<Term[]> {
  const rows = await listDefinitionRows(tx, workspaceId);
  const signed = await signedDefinitionsByTerm(tx, workspaceId);
  const inForce = new Map(
    [...signed.values()].flatMap((versions) => inForceAt(versions, Date.now()) ?? []).map((version) => [version.term, version]),
  );
  const labels = await ruleLabels(
    tx,
    workspaceId,
    [...inForce.values()].map(({ rule }) => rule),
  );
  const signatures = await signaturesOf(tx, workspaceId, idsOf(rows));
  const ofTerm = Map.groupBy(rows, (row) => row.term);
  const terms = await listWords(tx, workspaceId);
  return terms.map((term) => ({
    ...term,
    inForce: shownInForce(inForce.get(term.key), labels),
    open: openVersions(ofTerm.get(term.key) ?? [], signatures),
  }));
}

/** One term with all its versions. @throws Problem not-found */
export async function getTerm(tx: Tx, workspaceId: WorkspaceId, key: string): Promise<TermDetail> {
  const term = await findTerm(tx, workspaceId, key);
  if (!term) throw notFound('term');
  const rows = await listDefinitionRows(tx, workspaceId, key);
  const labels = await ruleLabels(
    tx,
    workspaceId,
    rows.map(({ rule }) => rule),
  );
  const inForce = inForceAt(await signedDefinitions(tx, workspaceId, key), Date.now());
  const signatures = await signaturesOf(tx, workspaceId, idsOf(rows));
  return {
    ...term,
    inForce: shownInForce(inForce, labels),
    open: openVersions(rows, signatures),
    versions: rows.map((row) => ({
      id: row.id,
      number: row.number,
      status: row.status,
      sentence: ruleSentence(row.rule, labels),
      effectiveFrom: row.effectiveFrom,
      signedAt: row.signedAt,
      inForce: row.id === inForce?.id,
      missing: missingOf(row, signatures),
      madeBy: row.madeBy,
      madeAt: row.madeAt,
    })),
  };
}

/** What a term is called and what its rule is asked about. */
export async function findTerm(tx: Tx, workspaceId: WorkspaceId, key: string): Promise<TermWords | undefined> {
  const builtIn = builtInTerms.find((term) => term.key === key);
  if (builtIn) return { ...builtIn, builtIn: true };
  const { rows } = await sql<TermWords>`SELECT key, name, about, subject, false AS "builtIn" FROM terms
    WHERE workspace_id = ${workspaceId}::uuid AND key = ${key}`.execute(tx);
  return rows[0];
}

async function listWords(tx: Tx, workspaceId: WorkspaceId): Promise<TermWords[]> {
  const { rows } = await sql<TermWords>`SELECT key, name, about, subject, false AS "builtIn" FROM terms
    WHERE workspace_id = ${workspaceId}::uuid ORDER BY lower(name COLLATE "default"), key`.execute(tx);
  return [...builtInTerms.map((term) => ({ ...term, builtIn: true })), ...rows];
}

function shownInForce(version: SignedDefinition | undefined, labels: RuleLabels): Term['inForce'] {
  if (!version) return null;
  const { id, number, text, effectiveFrom } = version;
  return { id, number, text, effectiveFrom, sentence: ruleSentence(version.rule, labels) };
}

const openVersions = (rows: readonly DefinitionRow[], signatures: Map<string, Signature[]>): Term['open'] =>
  rows
    .filter(({ status }) => status === 'draft' || status === 'proposed')
    .map((row) => ({ id: row.id, number: row.number, status: row.status, missing: missingOf(row, signatures) }));

const missingOf = (row: DefinitionRow, signatures: Map<string, Signature[]>) =>
  missingSides(
    row.status,
    (signatures.get(row.id) ?? []).map(({ side }) => side),
  );

/** Only of what waits for signatures. */
const idsOf = (rows: readonly DefinitionRow[]): string[] => rows.filter(({ status }) => status === 'proposed').map(({ id }) => id);
