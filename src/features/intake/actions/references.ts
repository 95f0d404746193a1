/**
 * Finds the records that rows refer to. Each different reference text of all staged tables is resolved once,
 * into `ref_<kind> (r, id, …)`, and the rows join to that.
 */

import type { ImportKind } from '#features/intake/contract.ts';
import { tableOf, type Kind } from '#features/records/contract.ts';
import { execute, type ApplyContext } from './apply-context.ts';
import { referencesOf, stageTable } from './stage-rows.ts';
import { columnOf } from '#features/records/contract.ts';

export const refTable = (kind: ImportKind): string => `ref_${columnOf(kind)}`;
export const idsTable = (kind: ImportKind): string => `ids_${columnOf(kind)}`;

/** The staged columns that refer to a kind. */
export function columnsReferringTo(context: ApplyContext, kind: ImportKind): { from: ImportKind; column: string }[] {
  return [...context.stage.usedReferences].flatMap(([from, used]) =>
    referencesOf(from)
      .filter((reference) => reference.of === kind && used.has(reference.column))
      .map(({ column }) => ({ from, column })),
  );
}

/** The name and e-mail by which records of a kind can be referred to. */
const lookups: Partial<Record<ImportKind, { name?: string; email?: string }>> = {
  member: { name: 'name_key', email: 'email_key' },
  account: { name: 'name_key' },
  contact: { name: 'name_key', email: 'email_key' },
  campaign: { name: 'name_key' },
  lead: { name: 'name_key', email: 'email_key' },
  deal: { name: 'name_key' },
};

/** What a row takes over from the record it refers to. */
const carried: Partial<Record<ImportKind, string[]>> = {
  contact: ['account_id', 'full_name', 'email', 'name_key', 'email_key'],
  account: ['name', 'name_key'],
  lead: ['contact_id', 'account_id', 'campaign_id'],
  deal: ['account_id', 'contact_id', 'lead_id'],
};

/** Collects the different references to a kind; call before its records are written. A cost of nothing makes no campaign. */
export async function collectReferences(context: ApplyContext, kind: ImportKind): Promise<boolean> {
  const columns = columnsReferringTo(context, kind);
  if (columns.length === 0) return false;
  await execute(
    context,
    `CREATE TEMP TABLE want_${columnOf(kind)} AS
     SELECT r, left(r, 1) AS by, substr(r, 2, 1) AS missing, split_part(substr(r, 3), chr(31), 1) AS key,
            coalesce(nullif(split_part(substr(r, 3), chr(31), 2), ''), split_part(substr(r, 3), chr(31), 1)) AS given
     FROM (${columns.map(({ from, column }) => `SELECT DISTINCT ${column} AS r FROM ${stageTable(from)} WHERE ${column} IS NOT NULL${from === 'cost' ? ' AND amount <> 0' : ''}`).join(' UNION ')}) different`,
  );
  await execute(context, `ANALYZE want_${columnOf(kind)}`);
  return true;
}

/**
 * Resolves the collected references of a kind; call when its records are written, so that a row that was refused or
 * made nothing is no record. For records that name each other (`isWritten` false) call before as well.
 */
export async function resolveReferences(context: ApplyContext, kind: ImportKind, isWritten = true): Promise<void> {
  const wanted = `want_${columnOf(kind)}`;
  const own = context.stage.counts.has(kind);
  const extra = (carried[kind] ?? []).map((column) => `, t.${column}`).join('');
  const { rejected = 0, skipped = 0 } = context.counts[kind] ?? {};
  const written =
    rejected + skipped > 0 ? `(SELECT o.id FROM ${tableOf[kind as Kind]} o WHERE o.workspace_id = :ws AND o.id = i.id)` : 'i.id';
  const found = `coalesce(${[
    own ? (isWritten ? written : 'CASE WHEN i.is_new AND i.only_update THEN NULL ELSE i.id END') : null,
    context.known.has(kind)
      ? `(SELECT x.record_id FROM external_ids x WHERE w.by = 'e' AND x.workspace_id = :ws AND x.source = :source AND x.kind = '${kind}' AND x.external_id = w.key)`
      : null,
    ...otherLookups(kind),
    'NULL::uuid',
  ]
    .filter(Boolean)
    .join(', ')})`;
  await execute(
    context,
    `CREATE TEMP TABLE ${refTable(kind)} AS
     SELECT f.r, f.id${extra} FROM (
       SELECT w.r, ${found} AS id FROM ${wanted} w ${own ? `LEFT JOIN ${idsTable(kind)} i ON w.by = 'e' AND i.ext = w.key` : ''}
     ) f ${extra ? `LEFT JOIN ${tableOf[kind as Kind]} t ON t.workspace_id = :ws AND t.id = f.id` : ''}`,
  );
  await execute(context, `ANALYZE ${refTable(kind)}`);
}

function otherLookups(kind: ImportKind): string[] {
  const by = lookups[kind];
  const table = kind === 'member' ? 'members' : tableOf[kind as Kind];
  const alive = kind === 'account' || kind === 'contact' || kind === 'campaign' ? 'AND o.merged_into IS NULL' : '';
  const find = (letter: string, column: string) =>
    `(SELECT o.id FROM ${table} o WHERE w.by = '${letter}' AND o.workspace_id = :ws AND o.${column} = w.key ${alive} ORDER BY o.id LIMIT 1)`;
  if (kind === 'member')
    return [`(SELECT m.id FROM member_keys m WHERE w.by = 'n' AND m.name_key = w.key LIMIT 1)`, find('m', 'email_key')];
  return [by?.name ? find('n', by.name) : '', by?.email ? find('m', by.email) : ''].filter(Boolean);
}

/** References that lead nowhere and were not made: told, and the row goes back where it must not go without. */
export async function reportMissing(context: ApplyContext, from: ImportKind, required: ReadonlySet<string>): Promise<void> {
  for (const { field, column, of } of referencesOf(from)) {
    if (!context.stage.usedReferences.get(from)?.has(column)) continue;
    const must = required.has(field) ? 'true' : `substr(s.${column}, 2, 1) = 'r'`;
    await execute(
      context,
      `INSERT INTO import_trouble (file_no, line, n, kind, column_name, value, reason, severity)
       SELECT s.file_no, s.line, s.n, '${from}', '${field}', left(w.given, 200),
         CASE w.by WHEN 'e' THEN 'no ${of} has this id here or in these files' WHEN 'n' THEN 'no ${of} has this name' ELSE 'no ${of} has this e-mail' END
           || CASE WHEN ${must} THEN ': the row needs one; import the ${of}s first or with it' ELSE ': left empty' END,
         CASE WHEN ${must} THEN 'error' ELSE 'warning' END
       FROM ${stageTable(from)} s JOIN ${refTable(of)} f ON f.r = s.${column} AND f.id IS NULL JOIN want_${columnOf(of)} w ON w.r = s.${column}
       WHERE ${must} OR w.missing <> 'q'`,
    );
  }
}
