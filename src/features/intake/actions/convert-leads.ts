import { execute, type ApplyContext } from './apply-context.ts';

/**
 * A deal that names its lead tells when the lead became a deal and how that ended. Fills only what the lead
 * doesn't say itself, and records a fact `lead.converted` for it. The first deal of a lead decides.
 */
export async function convertLeads(context: ApplyContext): Promise<number> {
  await execute(
    context,
    `CREATE TEMP TABLE converted_now AS SELECT * FROM (
       SELECT l.id,
         CASE WHEN l.deal_at IS NULL AND d.opened_at IS NOT NULL THEN jsonb_build_object('dealAt', d.opened_at) ELSE '{}' END
         || CASE WHEN l.won_at IS NULL AND d.status = 'won' AND d.closed_at IS NOT NULL THEN jsonb_build_object('wonAt', d.closed_at) ELSE '{}' END
         || CASE WHEN l.lost_at IS NULL AND l.won_at IS NULL AND d.status = 'lost' AND d.closed_at IS NOT NULL THEN jsonb_build_object('lostAt', d.closed_at) ELSE '{}' END
         || CASE WHEN l.lost_reason IS NULL AND d.lost_reason IS NOT NULL THEN jsonb_build_object('lostReason', d.lost_reason) ELSE '{}' END
         || CASE WHEN l.value IS NULL AND d.amount IS NOT NULL THEN jsonb_strip_nulls(jsonb_build_object('value', d.amount::text, 'currency', d.currency)) ELSE '{}' END AS sets
       FROM (SELECT DISTINCT ON (d.lead_id) d.* FROM deals d JOIN ids_deal i ON i.id = d.id
             WHERE d.workspace_id = :ws AND d.lead_id IS NOT NULL ORDER BY d.lead_id, (d.status = 'won') DESC, d.opened_at, d.id) d
       JOIN leads l ON l.workspace_id = :ws AND l.id = d.lead_id
     ) c WHERE c.sets <> '{}'::jsonb`,
  );
  const { rowCount } = await execute(
    context,
    `UPDATE leads l SET changed_xid = pg_current_xact_id(),
       deal_at = coalesce((c.sets->>'dealAt')::timestamptz, l.deal_at), won_at = coalesce((c.sets->>'wonAt')::timestamptz, l.won_at),
       lost_at = coalesce((c.sets->>'lostAt')::timestamptz, l.lost_at), lost_reason = coalesce(c.sets->>'lostReason', l.lost_reason),
       value = coalesce((c.sets->>'value')::bigint, l.value), currency = coalesce(c.sets->>'currency', l.currency)
     FROM converted_now c WHERE l.workspace_id = :ws AND l.id = c.id`,
  );
  await execute(
    context,
    `INSERT INTO facts (workspace_id, recorded_at, id, kind, subject_kind, subject_id, occurred_at, member_id, run_id, sets)
     SELECT :ws, (SELECT clock_timestamp()), accord.new_id(), 'lead.converted', 'lead', id, coalesce((sets->>'dealAt')::timestamptz, (sets->>'wonAt')::timestamptz, now()), :member, :run, sets FROM converted_now`,
  );
  return rowCount ?? 0;
}
