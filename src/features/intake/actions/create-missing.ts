import { nameKey } from '#engine/identity/keys.ts';
import type { RecordKind } from '#features/records/contract.ts';
import { keysOf } from '#features/records/projection.ts';
import { newId } from '#platform/db/ids.ts';
import { execute, noCounts, type ApplyContext } from './apply-context.ts';

/** Records that a reference may make: they hold the name only, and the fact says so. */
export async function createMissing(context: ApplyContext, kind: RecordKind): Promise<void> {
  if (kind !== 'account' && kind !== 'contact' && kind !== 'campaign') return;
  const table = `${kind}s`;
  const nameField = kind === 'contact' ? 'fullName' : 'name';
  const column = kind === 'contact' ? 'full_name' : 'name';
  const exists = `(w.by = 'n' AND EXISTS (SELECT FROM ${table} o WHERE o.workspace_id = :ws AND o.name_key = w.key AND o.merged_into IS NULL))
    OR (w.by = 'e' AND EXISTS (SELECT FROM external_ids x WHERE x.workspace_id = :ws AND x.source = :source AND x.kind = '${kind}' AND x.external_id = w.key))`;
  const { rows } = await execute<{ by: string; key: string; given: string }>(
    context,
    `SELECT DISTINCT ON (w.by, w.key) w.by, w.key, w.given FROM want_${kind} w WHERE w.missing = 'c' AND w.by <> 'm' AND NOT (${exists}) ORDER BY w.by, w.key, w.given`,
  );
  await execute(context, 'CREATE TEMP TABLE made_now (id uuid, by text, key text, given text, name_key text, family_key text)');
  await context.client.query(
    'INSERT INTO made_now SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])',
    [
      rows.map(() => newId()),
      rows.map(({ by }) => by),
      rows.map(({ key }) => key),
      rows.map(({ given }) => given),
      rows.map(({ given }) => nameKey(given) || null),
      rows.map(({ given }) => keysOf('contact', { fullName: given }).family_key ?? null),
    ],
  );
  const family = kind === 'contact' ? ', family_key' : '';
  const channelled = kind === 'campaign' && context.stage.usedReferences.get('cost')?.has('r_campaign_id') === true;
  if (channelled) await channelsByCosts(context);
  const { rowCount } = await execute(
    context,
    `INSERT INTO ${table} (workspace_id, id, ${column}, name_key${family}${channelled ? ', channel' : ''}) SELECT :ws, id, given, name_key${family}${channelled ? ', channel' : ''} FROM made_now`,
  );
  const sets = `jsonb_build_object('${nameField}', given${channelled ? `, 'channel', channel` : ''})`;
  await execute(
    context,
    `INSERT INTO facts (workspace_id, recorded_at, id, kind, subject_kind, subject_id, occurred_at, member_id, run_id, sets)
     SELECT :ws, now(), id, '${kind}.recorded', '${kind}', id, now(), :member, :run, ${channelled ? `jsonb_strip_nulls(${sets})` : sets} FROM made_now`,
  );
  await execute(
    context,
    `INSERT INTO external_ids (workspace_id, source, kind, external_id, record_id, run_id) SELECT :ws, :source, '${kind}', key, id, :run FROM made_now WHERE by = 'e'`,
  );
  await execute(context, 'DROP TABLE made_now');
  if (rowCount) (context.counts[kind] ??= noCounts()).created += rowCount;
}

/** Campaigns that costs name get the channel most of those have: spend without a campaign would bring nobody anything. */
async function channelsByCosts(context: ApplyContext): Promise<void> {
  await execute(context, 'ALTER TABLE made_now ADD channel text');
  await execute(
    context,
    `CREATE TEMP TABLE named_by_costs AS SELECT DISTINCT ON (w.by, w.key) w.by, w.key, s.channel
     FROM stage_cost s JOIN want_campaign w ON w.r = s.r_campaign_id JOIN made_now m ON m.by = w.by AND m.key = w.key
     GROUP BY w.by, w.key, s.channel ORDER BY w.by, w.key, s.channel IS NULL, count(*) DESC, s.channel`,
  );
  const { rowCount } = await execute(
    context,
    `UPDATE made_now m SET channel = c.channel FROM named_by_costs c WHERE m.by = c.by AND m.key = c.key`,
  );
  if (rowCount)
    context.notes.push(
      `Campaigns that costs name and that weren’t here: ${rowCount}. Each is made with its name and the channel of its costs.`,
    );
}
