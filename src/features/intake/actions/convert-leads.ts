import { conversionQuery } from '#features/records/queries/conversion.ts';
import { execute, type ApplyContext } from './apply-context.ts';

/** Leads of the deals in these files learn what became of them; a fact `lead.converted` says so. Returns how many did. */
export async function convertLeads(context: ApplyContext): Promise<number> {
  const concerned =
    'l.id IN (SELECT d.lead_id FROM deals d JOIN ids_deal i ON i.id = d.id WHERE d.workspace_id = :ws AND d.lead_id IS NOT NULL)';
  await execute(context, `CREATE TEMP TABLE converted_now AS ${conversionQuery(concerned, ':ws')}`);
  const learned = (column: string, field: string, type: string) =>
    `${column} = CASE WHEN c.sets ? '${field}' THEN (c.sets->>'${field}')::${type} ELSE l.${column} END`;
  const { rowCount } = await execute(
    context,
    `UPDATE leads l SET changed_xid = pg_current_xact_id(), ${[
      learned('deal_at', 'dealAt', 'timestamptz'),
      learned('won_at', 'wonAt', 'timestamptz'),
      learned('lost_at', 'lostAt', 'timestamptz'),
      learned('lost_reason', 'lostReason', 'text'),
      learned('value', 'value', 'bigint'),
      learned('currency', 'currency', 'text'),
    ].join(', ')}
     FROM converted_now c WHERE l.workspace_id = :ws AND l.id = c.id`,
  );
  await execute(
    context,
    `INSERT INTO facts (workspace_id, recorded_at, id, kind, subject_kind, subject_id, occurred_at, member_id, run_id, sets)
     SELECT :ws, (SELECT clock_timestamp()), accord.new_id(), 'lead.converted', 'lead', id, coalesce((sets->>'dealAt')::timestamptz, (sets->>'wonAt')::timestamptz, now()), :member, :run, sets FROM converted_now`,
  );
  return rowCount ?? 0;
}
