/** Accounts, contacts, campaigns, leads, deals and campaign members: from staged rows to state and facts, by whole sets. */

import pg from 'pg';
import { isPublicMailDomain } from '#engine/identity/keys.ts';
import { closeCompanyNames, keyColumnsOf, stateColumns } from '#features/records/projection.ts';
import { columnOf, fieldsOf, tableOf, type RecordKind } from '#features/records/contract.ts';
import { count, execute, noCounts, type ApplyContext } from './apply-context.ts';
import { idsTable, refTable, reportMissing } from './references.ts';
import { referencesOf, stageTable } from './stage-rows.ts';

/** Which record each external id stands for: known by it, recognised by who it is, or new. */
export async function identify(context: ApplyContext, kind: RecordKind): Promise<void> {
  const ids = idsTable(kind);
  await execute(
    context,
    `CREATE TEMP TABLE first_${columnOf(kind)} AS
     SELECT DISTINCT ON (s.ext) s.ext, s.id, s.only_update, s.keys, s.sets->>'domain' AS domain, s.sets->>'name' AS name
     FROM ${stageTable(kind)} s ORDER BY s.ext, s.only_update, s.n`,
  );
  await execute(context, `ANALYZE first_${columnOf(kind)}`);
  await execute(context, 'CREATE TEMP TABLE recognised (ext text, id uuid)');
  await recognise(context, kind);
  const x = context.known.has(kind) ? 'x.record_id' : 'NULL::uuid';
  await execute(
    context,
    `CREATE TEMP TABLE ${ids} AS
     SELECT f.ext, coalesce(${x}, r.id, f.id) AS id, coalesce(${x}, r.id) IS NULL AS is_new, ${x} IS NULL AS ext_is_new, ${x} IS NULL AND r.id IS NOT NULL AS is_merged, f.only_update
     FROM first_${columnOf(kind)} f LEFT JOIN recognised r ON r.ext = f.ext
     ${context.known.has(kind) ? `LEFT JOIN external_ids x ON x.workspace_id = :ws AND x.source = :source AND x.kind = '${kind}' AND x.external_id = f.ext` : ''}`,
  );
  await execute(context, 'DROP TABLE recognised');
  await execute(context, `ANALYZE ${ids}`);
}

/**
 * A record that another source brought is the same only by e-mail, or by domain and a close name; never by a
 * name's likeness alone. Where several share an address, one row goes to one record, the same name first.
 */
async function recognise(context: ApplyContext, kind: RecordKind): Promise<void> {
  const first = `first_${columnOf(kind)}`;
  const unknown = context.known.has(kind)
    ? `NOT EXISTS (SELECT FROM external_ids x WHERE x.workspace_id = :ws AND x.source = :source AND x.kind = '${kind}' AND x.external_id = f.ext)`
    : 'true';
  const notOurs = `NOT EXISTS (SELECT FROM external_ids y WHERE y.workspace_id = :ws AND y.record_id = o.id AND y.source = :source)`;
  if (kind === 'contact') {
    await execute(
      context,
      `INSERT INTO recognised SELECT DISTINCT ON (ext) ext, id FROM (
         SELECT DISTINCT ON (o.id) f.ext, o.id, f.keys->>'name_key' IS NOT DISTINCT FROM o.name_key AS same_name FROM ${first} f
         JOIN contacts o ON o.workspace_id = :ws AND o.email_key = f.keys->>'email_key' AND o.merged_into IS NULL
         WHERE ${unknown} AND ${notOurs} ORDER BY o.id, same_name DESC, f.ext) pairs ORDER BY ext, same_name DESC, id`,
    );
  }
  if (kind === 'campaign') {
    await execute(
      context,
      `INSERT INTO recognised SELECT DISTINCT ON (ext) ext, id FROM (
         SELECT DISTINCT ON (o.id) f.ext, o.id, f.keys->>'name_key' IS NOT DISTINCT FROM o.name_key AS same_name FROM ${first} f
         JOIN campaigns o ON o.workspace_id = :ws AND o.name_key = f.keys->>'name_key' AND o.merged_into IS NULL
         WHERE ${unknown} AND ${notOurs} ORDER BY o.id, same_name DESC, f.ext) pairs ORDER BY ext, same_name DESC, id`,
    );
  }
  if (kind === 'account') await recogniseAccounts(context, first, unknown, notOurs);
}

async function recogniseAccounts(context: ApplyContext, first: string, unknown: string, notOurs: string): Promise<void> {
  const shared = await execute<{ domain: string }>(
    context,
    `SELECT DISTINCT f.domain FROM ${first} f WHERE EXISTS (SELECT FROM accounts o WHERE o.workspace_id = :ws AND o.domain = f.domain)`,
  );
  const publicDomains = shared.rows.map(({ domain }) => domain).filter(isPublicMailDomain);
  const { rows } = await execute<{ ext: string; id: string; one: string; other: string }>(
    context,
    `SELECT f.ext, o.id, f.name AS one, o.name AS other FROM ${first} f
     JOIN accounts o ON o.workspace_id = :ws AND o.domain = f.domain AND o.merged_into IS NULL
     WHERE f.domain IS NOT NULL AND f.name IS NOT NULL AND ${unknown} AND ${notOurs}
       ${publicDomains.length ? `AND f.domain NOT IN (${publicDomains.map((domain) => pg.escapeLiteral(domain)).join(', ')})` : ''} ORDER BY o.id, f.ext`,
  );
  const taken = new Set<string>();
  const pairs = rows.filter(({ ext, id, one, other }) => {
    if (taken.has(ext) || taken.has(id) || !closeCompanyNames(one, other)) return false;
    taken.add(ext).add(id);
    return true;
  });
  await context.client.query('INSERT INTO recognised SELECT * FROM unnest($1::text[], $2::uuid[])', [
    pairs.map(({ ext }) => ext),
    pairs.map(({ id }) => id),
  ]);
}

/** Writes the rows of a kind: new records, changes of known ones, a fact for each, and the source's ids. */
export async function writeRecords(context: ApplyContext, kind: RecordKind): Promise<void> {
  const counts = (context.counts[kind] = noCounts());
  await reportMissing(
    context,
    kind,
    new Set(
      fieldsOf[kind]
        .filter((field) => 'required' in field && field.required && referencesOf(kind).some((r) => r.field === field.name))
        .map((field) => field.name),
    ),
  );
  await foldRows(context, kind);
  await refuseNameless(context, kind);
  counts.rejected = await count(context, `SELECT count(DISTINCT n) FROM import_trouble WHERE kind = '${kind}' AND severity = 'error'`);
  counts.skipped = await count(context, `SELECT count(*) FROM rows_now WHERE is_new AND only_update`);
  await execute(
    context,
    `INSERT INTO import_trouble (file_no, line, n, kind, reason, severity)
     SELECT file_no, line, n, '${kind}', 'this row only adds to a ${kind} that exists, and none has its id: nothing was made of it', 'warning' FROM rows_now WHERE is_new AND only_update`,
  );
  counts.created = await insertNew(context, kind);
  const known = await count(context, `SELECT count(*) FROM rows_now WHERE NOT is_new`);
  if (known > 0) counts.updated = await updateKnown(context, kind);
  counts.unchanged = known - counts.updated;
  counts.merged = await count(context, `SELECT count(*) FROM ${idsTable(kind)} WHERE is_merged`);
  await execute(
    context,
    `INSERT INTO external_ids (workspace_id, source, kind, external_id, record_id, run_id)
     SELECT :ws, :source, '${kind}', i.ext, i.id, :run FROM ${idsTable(kind)} i JOIN rows_now r ON r.id = i.id
     WHERE i.ext_is_new AND NOT (r.is_new AND r.only_update)`,
  );
  await execute(context, 'DROP TABLE rows_now');
}

/** One row a record: the last stated value of each field wins. */
async function foldRows(context: ApplyContext, kind: RecordKind): Promise<void> {
  const stage = stageTable(kind);
  const used = referencesOf(kind).filter(({ column }) => context.stage.usedReferences.get(kind)?.has(column));
  const joins = used.map(({ column, of }) => `LEFT JOIN ${refTable(of)} ${column} ON ${column}.r = s.${column}`).join('\n');
  const { sets, keys, carriedSets, carriedKeys } = defaults(kind, used);
  const refused = (await count(context, `SELECT count(*) FROM import_trouble WHERE kind = '${kind}' AND severity = 'error'`)) > 0;
  const where = refused ? `WHERE s.n NOT IN (SELECT n FROM import_trouble WHERE kind = '${kind}' AND severity = 'error')` : '';
  const rows = `SELECT i.id, i.is_new, i.only_update, s.n, s.file_no, s.line, ${sets} AS sets, ${keys} AS keys, ${carriedSets} AS carried_sets, ${carriedKeys} AS carried_keys FROM ${stage} s JOIN ${idsTable(kind)} i ON i.ext = s.ext ${joins} ${where}`;
  const distinct = await count(context, `SELECT count(DISTINCT id) FROM ${idsTable(kind)}`);
  const folded =
    distinct === context.stage.counts.get(kind)
      ? `SELECT id, is_new, only_update, n, file_no, line, carried_sets || sets AS sets, carried_keys || keys AS keys FROM (${rows}) each_row`
      : `SELECT id, bool_or(is_new) AS is_new, bool_and(only_update) AS only_update, min(n) AS n, min(file_no) AS file_no, min(line) AS line,
           accord.fold_sets(carried_sets ORDER BY n) || accord.fold_sets(sets ORDER BY n) AS sets, accord.fold_sets(carried_keys ORDER BY n) || accord.fold_sets(keys ORDER BY n) AS keys
         FROM (${rows}) each_row GROUP BY id`;
  await execute(context, `CREATE TEMP TABLE rows_now AS ${folded}`);
  await execute(context, 'ANALYZE rows_now');
}

/** References as ids, and what a row takes from the records it names where it states nothing itself. */
function defaults(
  kind: RecordKind,
  used: ReturnType<typeof referencesOf>,
): Record<'sets' | 'keys' | 'carriedSets' | 'carriedKeys', string> {
  const has = (field: string) => used.some((reference) => reference.field === field);
  const own = used.map(({ field, column }) => `'${field}', ${column}.id`);
  const carry: string[] = [];
  const keyCarry: string[] = [];
  const from = (alias: string, column: string) => `r_${alias}.${column}`;
  if (kind === 'lead') {
    const contact = (column: string) => (has('contactId') ? [from('contact_id', column)] : []);
    const account = (column: string) => (has('accountId') ? [from('account_id', column)] : []);
    const names = [...contact('full_name'), `s.sets->>'company'`, ...account('name'), `s.sets->>'email'`, ...contact('email')];
    carry.push(`'name', coalesce(${names.join(', ')})`);
    keyCarry.push(
      `'name_key', coalesce(${[...contact('name_key'), `s.keys->>'company_key'`, ...account('name_key'), `s.keys->>'email_key'`, ...contact('email_key')].join(', ')})`,
    );
    if (has('contactId')) {
      carry.push(`'email', ${from('contact_id', 'email')}`, `'accountId', ${from('contact_id', 'account_id')}`);
      keyCarry.push(`'email_key', ${from('contact_id', 'email_key')}`);
    }
    if (has('accountId')) {
      carry.push(`'company', ${from('account_id', 'name')}`);
      keyCarry.push(`'company_key', ${from('account_id', 'name_key')}`);
    }
  }
  if (kind === 'deal') {
    const places = (column: string) => [
      ...(has('contactId') && column !== 'contact_id' ? [from('contact_id', column)] : []),
      ...(has('leadId') ? [from('lead_id', column)] : []),
    ];
    if (places('account_id').length) carry.push(`'accountId', coalesce(${places('account_id').join(', ')})`);
    if (has('leadId')) carry.push(`'contactId', ${from('lead_id', 'contact_id')}`, `'campaignId', ${from('lead_id', 'campaign_id')}`);
  }
  const object = (parts: string[]) => `jsonb_strip_nulls(jsonb_build_object(${parts.join(', ')}))`;
  // What is only carried over stands for new records: it never overwrites what a known record says of itself.
  const whenNew = (parts: string[]) =>
    parts.length ? `CASE WHEN i.is_new AND NOT s.only_update THEN ${object(parts)} ELSE '{}'::jsonb END` : `'{}'::jsonb`;
  return {
    sets: `(s.sets${own.length ? ` || ${object(own)}` : ''})`,
    keys: 's.keys',
    carriedSets: whenNew(carry),
    carriedKeys: whenNew(keyCarry),
  };
}

const mustBeNamed: ReadonlySet<RecordKind> = new Set(['account', 'campaign', 'deal']);

async function refuseNameless(context: ApplyContext, kind: RecordKind): Promise<void> {
  if (!mustBeNamed.has(kind)) return;
  const { rowCount } = await execute(
    context,
    `INSERT INTO import_trouble (file_no, line, n, kind, column_name, reason, severity)
     SELECT file_no, line, n, '${kind}', 'name', 'a new ${kind} needs a name: fill it in, or map a column to it', 'error' FROM rows_now WHERE is_new AND NOT only_update AND sets->>'name' IS NULL`,
  );
  if (rowCount) await execute(context, `DELETE FROM rows_now WHERE is_new AND NOT only_update AND sets->>'name' IS NULL`);
}

const occurredAt = (kind: RecordKind): string =>
  fieldsOf[kind].some((field) => field.name === 'openedAt')
    ? `coalesce((sets->>'openedAt')::timestamptz, now())`
    : kind === 'campaignMember'
      ? `coalesce((sets->>'joinedAt')::timestamptz, now())`
      : 'now()';

async function insertNew(context: ApplyContext, kind: RecordKind): Promise<number> {
  const columns = stateColumns(kind);
  const keys = Object.keys(keyColumnsOf[kind]);
  const custom = context.stage.kindsWithCustom.has(kind) ? 'accord.custom_of(sets)' : `'{}'::jsonb`;
  const value = (column: (typeof columns)[number]) =>
    kind === 'deal' && column.column === 'status' ? `coalesce(sets->>'status', 'open')` : column.from('sets');
  if (kind === 'deal')
    await execute(
      context,
      `UPDATE rows_now SET sets = sets || '{"status":"open"}' WHERE is_new AND NOT only_update AND sets->>'status' IS NULL`,
    );
  const { rowCount } = await execute(
    context,
    `INSERT INTO ${tableOf[kind]} (workspace_id, id, ${columns.map(({ column }) => column).join(', ')}${keys.map((key) => `, ${key}`).join('')}, custom)
     SELECT :ws, id, ${columns.map(value).join(', ')}${keys.map((key) => `, keys->>'${key}'`).join('')}, ${custom} FROM rows_now WHERE is_new AND NOT only_update ORDER BY n`,
  );
  await execute(
    context,
    `INSERT INTO facts (workspace_id, recorded_at, id, kind, subject_kind, subject_id, occurred_at, member_id, run_id, sets)
     SELECT :ws, now(), id, '${kind}.recorded', '${kind}', id, ${occurredAt(kind)}, :member, :run, sets FROM rows_now WHERE is_new AND NOT only_update ORDER BY n`,
  );
  return rowCount ?? 0;
}

/**
 * Changes only fields whose stated value differs. The rows are locked before the facts get their time, so
 * that an edit made meanwhile by hand is recorded in the order in which it took effect.
 */
async function updateKnown(context: ApplyContext, kind: RecordKind): Promise<number> {
  const table = tableOf[kind];
  const columns = stateColumns(kind);
  await execute(
    context,
    `SELECT count(*) FROM (SELECT 1 FROM ${table} t JOIN rows_now r ON r.id = t.id WHERE t.workspace_id = :ws AND NOT r.is_new FOR UPDATE OF t) locked`,
  );
  const fieldChange = (column: (typeof columns)[number]) =>
    `CASE WHEN r.sets ? '${column.field.name}' AND ${column.from('r.sets')} IS DISTINCT FROM t.${column.column} THEN jsonb_build_object('${column.field.name}', r.sets->'${column.field.name}') ELSE '{}' END`;
  const customChange = context.stage.kindsWithCustom.has(kind)
    ? ` || (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each(r.sets) e WHERE e.key LIKE 'custom.%' AND t.custom->substr(e.key, 8) IS DISTINCT FROM e.value)`
    : '';
  await execute(
    context,
    `CREATE TEMP TABLE changed_now AS SELECT * FROM (
       SELECT r.id, r.n, r.keys, ${columns.map(fieldChange).join(' || ')}${customChange} AS changes
       FROM rows_now r JOIN ${table} t ON t.workspace_id = :ws AND t.id = r.id WHERE NOT r.is_new) c WHERE c.changes <> '{}'::jsonb`,
  );
  const keys = Object.keys(keyColumnsOf[kind]);
  const { rowCount } = await execute(
    context,
    `UPDATE ${table} t SET changed_xid = pg_current_xact_id(), recorded_at = now()
       ${columns.map((column) => `, ${column.column} = CASE WHEN c.changes ? '${column.field.name}' THEN ${column.from('c.changes')} ELSE t.${column.column} END`).join('')}
       ${keys.map((key) => `, ${key} = coalesce(c.keys->>'${key}', t.${key})`).join('')}
       , custom = t.custom || accord.custom_of(c.changes)
     FROM changed_now c WHERE t.workspace_id = :ws AND t.id = c.id`,
  );
  await execute(
    context,
    `INSERT INTO facts (workspace_id, recorded_at, id, kind, subject_kind, subject_id, occurred_at, member_id, run_id, sets)
     SELECT :ws, (SELECT clock_timestamp()), accord.new_id(), '${kind}.recorded', '${kind}', id, now(), :member, :run, changes FROM changed_now ORDER BY n`,
  );
  await execute(context, 'DROP TABLE changed_now');
  return rowCount ?? 0;
}
