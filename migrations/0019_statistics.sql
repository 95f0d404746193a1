-- What the planner knows of the tables. The application role owns none, so it may not ANALYZE them (the right to do that
-- alone, MAINTAIN, came with PostgreSQL 17), and of the two tables kept by month autovacuum never looks at the whole.
-- One table a transaction: its lock (SHARE UPDATE EXCLUSIVE) is in the way of no reader and no writer, only of VACUUM,
-- of another ANALYZE, and of a new month, none of which it waits for beyond two seconds.
CREATE FUNCTION accord.renew_statistics(table_name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE part regclass;
BEGIN
  IF table_name NOT IN ('accounts', 'contacts', 'campaigns', 'leads', 'deals', 'campaign_members', 'touches', 'revenue_entries',
    'deal_stages', 'cost_entries', 'facts', 'external_ids', 'handoffs', 'clocks', 'journeys', 'attribution_credits') THEN
    RAISE EXCEPTION 'statistics of % are not renewed by hand', table_name USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- Before PostgreSQL 18 the whole can't be looked at without all of its months: 30,000 rows of each.
  IF table_name NOT IN ('touches', 'facts') OR current_setting('server_version_num')::int < 180000 THEN
    EXECUTE format('ANALYZE accord.%I', table_name);
    RETURN;
  END IF;
  EXECUTE format('ANALYZE ONLY accord.%I', table_name);
  FOR part IN SELECT i.inhrelid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = format('accord.%I', table_name)::regclass
      AND (pg_stat_get_mod_since_analyze(c.oid) >= 500 OR c.reltuples < 0 AND pg_relation_size(c.oid) > 0) ORDER BY 1
  LOOP
    EXECUTE format('ANALYZE %s', part);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION accord.renew_statistics(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accord.renew_statistics(text) TO accord_app;
