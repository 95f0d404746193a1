/**
 * Touches, revenue entries and deal stages: facts in tables of their own. A row seen before changes nothing; a
 * corrected one voids the old. Costs, which are taken back instead, have a way of their own (apply-costs.ts).
 */

import { sql } from 'kysely';
import { columnOf, fieldsOf, tableOf, type EntryKind as AnyEntryKind } from '#features/records/contract.ts';
import { count, execute, noCounts, type ApplyContext } from './apply-context.ts';
import { refTable, reportMissing } from './references.ts';
import { ownFieldsOf, referencesOf, stageTable } from './stage-rows.ts';

type EntryKind = Exclude<AnyEntryKind, 'cost'>;

/** The 64-bit key by which an entry is known again: of its source and the source's own id of it. */
const externalKey = `hashtextextended(:source || chr(31) || s.ext, 0)`;

export async function writeEntries(context: ApplyContext, kind: EntryKind): Promise<void> {
  const counts = (context.counts[kind] = noCounts());
  const required = new Set(fieldsOf[kind].filter((field) => 'required' in field && field.required).map((field) => field.name));
  await reportMissing(context, kind, required);
  if (kind === 'touch') await ensureMonths(context);
  counts.rejected = await count(context, `SELECT count(DISTINCT n) FROM import_trouble WHERE kind = '${kind}' AND severity = 'error'`);
  const leftOut = [
    counts.rejected > 0 ? `s.n NOT IN (SELECT n FROM import_trouble WHERE kind = '${kind}' AND severity = 'error')` : '',
    await withoutRepeats(context, kind, counts),
  ];
  if (context.known.has(kind)) leftOut.push(await withoutKnown(context, kind, counts, leftOut.filter(Boolean)));
  counts.created = await insertEntries(context, kind, leftOut.filter(Boolean));
  if (counts.updated) counts.created -= counts.updated;
}

/**
 * Makes the months the touches fall in, in a transaction of their own: made inside the import, every other import
 * and every starting server would wait for its end. One at a time, or two that miss the same month both make it.
 */
async function ensureMonths(context: ApplyContext): Promise<void> {
  const { rows } = await execute<{ month: string }>(
    context,
    `SELECT DISTINCT date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date AS month FROM stage_touch`,
  );
  await context.database.atGate('system', async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtext('accord.ensure_month'))`.execute(tx);
    await sql`SELECT accord.ensure_month('touches', month) FROM unnest(${rows.map(({ month }) => month)}::date[]) month`.execute(tx);
  });
}

/** The same entry twice in the files counts once. */
async function withoutRepeats(context: ApplyContext, kind: EntryKind, counts: { unchanged: number }): Promise<string> {
  const staged = context.stage.counts.get(kind) ?? 0;
  await execute(
    context,
    `CREATE TEMP TABLE repeats AS SELECT n FROM (SELECT n, row_number() OVER (PARTITION BY ext ORDER BY n DESC) AS place FROM ${stageTable(kind)} s
     WHERE ext IN (SELECT ext FROM ${stageTable(kind)} GROUP BY ext HAVING count(*) > 1)) numbered WHERE place > 1`,
  );
  const repeats = await count(context, 'SELECT count(*) FROM repeats');
  if (repeats > 0) await execute(context, `CREATE TEMP TABLE repeats_${columnOf(kind)} AS SELECT * FROM repeats`);
  await execute(context, 'DROP TABLE repeats');
  counts.unchanged += repeats;
  return staged > 0 && repeats > 0 ? `s.n NOT IN (SELECT n FROM repeats_${columnOf(kind)})` : '';
}

/**
 * Entries of this source that are here already: equal ones are left out, corrected ones void the old row. One that a
 * person took out of account (voided by itself) stays out.
 * @param conditions which staged rows count: a row that is refused or repeated voids nothing
 */
async function withoutKnown(
  context: ApplyContext,
  kind: EntryKind,
  counts: { updated: number; unchanged: number },
  conditions: readonly string[],
): Promise<string> {
  const table = tableOf[kind];
  const own = ownFieldsOf(kind).map((field) => columnOf(field.name));
  const references = referencesOf(kind).filter(({ column }) => context.stage.usedReferences.get(kind)?.has(column));
  // A reference the row states must be the same; one it doesn't state may have been filled from its lead.
  const differs = [
    ...own.map((column) => `t.${column} IS DISTINCT FROM s.${column}`),
    ...references.map(({ field, column }) => `(${column}.id IS NOT NULL AND t.${columnOf(field)} IS DISTINCT FROM ${column}.id)`),
    't.custom IS DISTINCT FROM s.custom',
  ].filter((part) => kind !== 'dealStage' || !part.includes('custom'));
  await execute(
    context,
    `CREATE TEMP TABLE known_${columnOf(kind)} AS
     SELECT s.n, t.id, ${kind === 'touch' ? 't.occurred_at,' : ''} t.voided_by IS NULL AND (${differs.join(' OR ')}) AS differs
     FROM ${stageTable(kind)} s JOIN ${table} t ON t.workspace_id = :ws AND t.external_key = ${externalKey} AND (t.voided_by IS NULL OR t.voided_by = t.id)
     ${references.map(({ column, of }) => `LEFT JOIN ${refTable(of)} ${column} ON ${column}.r = s.${column}`).join('\n')}
     ${conditions.length ? `WHERE ${conditions.join(' AND ')}` : ''}`,
  );
  const { rowCount } = await execute(
    context,
    `UPDATE ${table} t SET voided_by = :run FROM known_${columnOf(kind)} k WHERE t.workspace_id = :ws AND t.id = k.id ${kind === 'touch' ? 'AND t.occurred_at = k.occurred_at' : ''} AND k.differs`,
  );
  counts.updated = rowCount ?? 0;
  counts.unchanged += await count(context, `SELECT count(*) FROM known_${columnOf(kind)} WHERE NOT differs`);
  return `s.n NOT IN (SELECT n FROM known_${columnOf(kind)} WHERE NOT differs)`;
}

async function insertEntries(context: ApplyContext, kind: EntryKind, conditions: string[]): Promise<number> {
  const own = ownFieldsOf(kind).map((field) => columnOf(field.name));
  const used = referencesOf(kind).filter(({ column }) => context.stage.usedReferences.get(kind)?.has(column));
  const references = referencesOf(kind).map(({ field }) => ({
    column: columnOf(field),
    value: referenceValue(kind, field, new Set(used.map((reference) => reference.field))),
  }));
  const custom = kind === 'dealStage' ? { column: '', value: '' } : { column: ', custom', value: ', s.custom' };
  const { rowCount } = await execute(
    context,
    `INSERT INTO ${tableOf[kind]} (workspace_id, id, recorded_at, run_id, external_key, ${[...own, ...references.map(({ column }) => column)].join(', ')}${custom.column})
     SELECT :ws, s.id, now(), :run, ${externalKey}, ${[...own.map((column) => `s.${column}`), ...references.map(({ value }) => value)].join(', ')}${custom.value}
     FROM ${stageTable(kind)} s ${used.map(({ column, of }) => `LEFT JOIN ${refTable(of)} ${column} ON ${column}.r = s.${column}`).join('\n')}
     ${conditions.length ? `WHERE ${conditions.join(' AND ')}` : ''}`,
  );
  return rowCount ?? 0;
}

/** An entry that names a lead or a deal belongs to their contact and account as well, unless it says otherwise. */
function referenceValue(kind: EntryKind, field: string, used: ReadonlySet<string>): string {
  const own = used.has(field) ? [`r_${columnOf(field)}.id`] : [];
  const through = (name: string, column: string) => (used.has(name) ? [`r_${columnOf(name)}.${column}`] : []);
  const inherited =
    kind === 'touch' && field === 'contactId'
      ? [...through('leadId', 'contact_id'), ...through('dealId', 'contact_id')]
      : field === 'accountId'
        ? [...through('leadId', 'account_id'), ...through('dealId', 'account_id'), ...through('contactId', 'account_id')]
        : kind === 'touch' && field === 'leadId'
          ? through('dealId', 'lead_id')
          : [];
  const parts = [...own, ...inherited];
  return parts.length === 0 ? 'NULL::uuid' : parts.length === 1 ? parts[0]! : `coalesce(${parts.join(', ')})`;
}
