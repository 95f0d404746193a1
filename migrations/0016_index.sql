-- The alignment index: what it was, day by day, by the formula of that day.

-- `observed`: taken on the day itself from what was on record then. `computed`: a day that was past when it was
-- computed, from what was on record at `taken_at`, by the formula of that moment. Append-only: a new formula or a later
-- import writes new rows beside the old ones.
CREATE TABLE accord.alignment_snapshots (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  on_day date NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('observed', 'computed')),
  version text COLLATE "C" NOT NULL,
  -- Of the ninety days up to the day.
  days int NOT NULL CHECK (days > 0),
  -- Hundredths of a point; null: nothing was measured.
  index_hundredths int CHECK (index_hundredths BETWEEN 0 AND 10000),
  -- {measuredPercent, activities: {name: {score, measuredPercent}}, components: {name: {count, of, score}}}
  content jsonb NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX one_observed_a_day ON accord.alignment_snapshots (workspace_id, on_day, version) WHERE kind = 'observed';
CREATE INDEX snapshots_by_day ON accord.alignment_snapshots (workspace_id, on_day, taken_at);

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['alignment_snapshots'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
