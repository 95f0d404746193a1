-- Alignment: what the cost of misalignment rests on beside the records.

-- Assumptions a company states (what prompt means, minutes of a rep, the cost of an hour, reasons that marketing owns):
-- each version whole, the last one recorded counts, none is ever changed.
CREATE TABLE accord.misalignment_assumptions (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  number int NOT NULL CHECK (number > 0),
  content jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  PRIMARY KEY (workspace_id, number)
);

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['misalignment_assumptions'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
