-- What the planner knows of the tables. The application role owns none, so it may not ANALYZE them (the right to do that
-- alone, MAINTAIN, came with PostgreSQL 17), and of the two tables kept by month autovacuum never looks at the whole.
-- One table a transaction: its lock (SHARE UPDATE EXCLUSIVE) is in the way of no reader and no writer, only of VACUUM,
-- of another ANALYZE, and of a new month, none of which it waits for beyond two seconds.
CREATE FUNCTION accord.renew_statistics(table_name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
BEGIN
  IF table_name NOT IN ('accounts', 'contacts', 'campaigns', 'leads', 'deals', 'campaign_members', 'touches', 'revenue_entries',
    'deal_stages', 'cost_entries', 'facts', 'external_ids', 'handoffs', 'clocks', 'journeys', 'attribution_credits') THEN
    RAISE EXCEPTION 'statistics of % are not renewed by hand', table_name USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format('ANALYZE accord.%I', table_name);
END $$;
REVOKE ALL ON FUNCTION accord.renew_statistics(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accord.renew_statistics(text) TO accord_app;
