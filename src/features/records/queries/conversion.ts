/**
 * What leads learn from their deals: when they became one, how that ended and what it was worth. A won deal
 * decides, else the first. What the lead's own facts state stands; what it learned from a deal follows the
 * deal when that is corrected.
 * @param which SQL condition on `l.id`; @param workspace SQL of the workspace's id
 * @returns SQL giving `id` and `sets`, for leads that learn anything
 */
export function conversionQuery(which: string, workspace: string): string {
  const unstated = (field: string) => `o.own->>'${field}' IS NULL`;
  const learn = (field: string, value: string, when: string) =>
    `CASE WHEN ${unstated(field)} AND ${when} THEN jsonb_build_object('${field}', ${value}) ELSE '{}' END`;
  const wonAt = `CASE WHEN d.status = 'won' THEN coalesce(d.closed_at, l.won_at) END`;
  const lostAt = `CASE WHEN d.status = 'lost' AND ${unstated('wonAt')} THEN coalesce(d.closed_at, l.lost_at) END`;
  return `SELECT * FROM (
    SELECT l.id,
      ${learn('dealAt', 'd.opened_at', 'd.opened_at IS NOT NULL AND l.deal_at IS DISTINCT FROM d.opened_at')}
      || ${learn('wonAt', wonAt, `l.won_at IS DISTINCT FROM (${wonAt})`)}
      || ${learn('lostAt', lostAt, `l.lost_at IS DISTINCT FROM (${lostAt})`)}
      || ${learn('lostReason', 'd.lost_reason', 'd.lost_reason IS NOT NULL AND l.lost_reason IS DISTINCT FROM d.lost_reason')}
      || CASE WHEN ${unstated('value')} AND d.amount IS NOT NULL AND (l.value IS DISTINCT FROM d.amount OR (d.currency IS NOT NULL AND l.currency IS DISTINCT FROM d.currency))
           THEN jsonb_strip_nulls(jsonb_build_object('value', d.amount::text, 'currency', d.currency)) ELSE '{}' END AS sets
    FROM leads l
    JOIN LATERAL (SELECT * FROM deals d WHERE d.workspace_id = ${workspace} AND d.lead_id = l.id AND d.archived_at IS NULL
      ORDER BY (d.status = 'won') DESC, d.opened_at, d.id LIMIT 1) d ON true
    CROSS JOIN LATERAL (SELECT coalesce(accord.fold_sets(f.sets ORDER BY f.recorded_at, f.id), '{}') AS own FROM facts f
      WHERE f.workspace_id = ${workspace} AND f.subject_id = l.id AND f.sets IS NOT NULL AND f.kind <> 'lead.converted'
        AND (f.run_id IS NULL OR f.run_id NOT IN (SELECT r.id FROM import_runs r WHERE r.workspace_id = ${workspace} AND r.status = 'undone'))) o
    WHERE l.workspace_id = ${workspace} AND ${which}
  ) learned WHERE sets <> '{}'::jsonb`;
}
