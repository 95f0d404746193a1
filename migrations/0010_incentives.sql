-- Incentives: plans that both sides sign, runs that compute pay from facts, statements, disputes. What somebody signed,
-- what was paid and who looked at it is append-only.

-- ── plans ───────────────────────────────────────────────────────────────────
-- The life of a plan is its versions. A plan that ends is ended from a first of a month, not changed.
CREATE TABLE accord.incentive_plans (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  ended_from date CHECK (extract(day FROM ended_from) = 1),
  ended_by uuid,
  ended_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
-- A version is edited while it is a draft; once proposed its content stays as it is (content_hash covers it).
-- `in_force_from` is set with the last signature of the heads and the sponsor: the day that was agreed, or, of a later
-- version signed after that day, the first period that begins after it was signed.
CREATE TABLE accord.incentive_plan_versions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  plan_id uuid NOT NULL,
  number int NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('draft', 'proposed', 'signed', 'withdrawn')),
  content jsonb NOT NULL,
  period_kind text COLLATE "C" NOT NULL CHECK (period_kind IN ('month', 'quarter', 'half', 'year')),
  effective_from date CHECK (extract(day FROM effective_from) = 1),
  in_force_from date CHECK (extract(day FROM in_force_from) = 1),
  content_hash text COLLATE "C",
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  proposed_at timestamptz,
  signed_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, plan_id, number),
  FOREIGN KEY (workspace_id, plan_id) REFERENCES accord.incentive_plans(workspace_id, id) ON DELETE CASCADE,
  CHECK (status <> 'signed' OR in_force_from >= effective_from)
);
CREATE INDEX plan_versions_by_time ON accord.incentive_plan_versions (workspace_id, made_at DESC, id DESC);
CREATE INDEX plan_versions_signed ON accord.incentive_plan_versions (workspace_id, period_kind, in_force_from) WHERE status = 'signed';
-- Whom a proposed version pays, and the hash of what concerns each: what a payee signs.
CREATE TABLE accord.incentive_plan_payees (
  workspace_id uuid NOT NULL,
  version_id uuid NOT NULL,
  member_id uuid NOT NULL,
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales')),
  content_hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, version_id, member_id),
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.incentive_plan_versions(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX plans_of_payee ON accord.incentive_plan_payees (workspace_id, member_id, version_id);
-- A payee signs for oneself; a head for the own side, the sponsor the whole, each on the hash of what they see of it.
CREATE TABLE accord.incentive_signatures (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  version_id uuid NOT NULL,
  signs_as text COLLATE "C" NOT NULL CHECK (signs_as IN ('payee', 'marketing', 'sales', 'sponsor')),
  member_id uuid NOT NULL,
  on_behalf boolean NOT NULL DEFAULT false,
  content_hash text COLLATE "C" NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.incentive_plan_versions(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE UNIQUE INDEX plan_signed_once_a_payee ON accord.incentive_signatures (workspace_id, version_id, member_id) WHERE signs_as = 'payee';
CREATE UNIQUE INDEX plan_signed_once_a_head ON accord.incentive_signatures (workspace_id, version_id, signs_as) WHERE signs_as <> 'payee';
-- What is said about a version: to all who see it, or about one payee's part, which only those read who see that pay.
CREATE TABLE accord.incentive_comments (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  version_id uuid NOT NULL,
  member_id uuid NOT NULL,
  about_member_id uuid,
  text text COLLATE "C" NOT NULL,
  said_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.incentive_plan_versions(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, about_member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX comments_of_plan ON accord.incentive_comments (workspace_id, version_id, said_at);

-- ── who may look, and who looked ────────────────────────────────────────────
-- Auditors read everything of incentives and change nothing. A revocation is a second date on the grant.
CREATE TABLE accord.incentive_auditors (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  reason text COLLATE "C" NOT NULL,
  granted_by uuid NOT NULL,
  granted_at timestamptz NOT NULL DEFAULT now(),
  revoked_by uuid,
  revoked_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, granted_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, revoked_by) REFERENCES accord.members(workspace_id, id)
);
CREATE UNIQUE INDEX auditor_once ON accord.incentive_auditors (workspace_id, member_id) WHERE revoked_at IS NULL;
-- Who saw somebody else's pay: once a viewer, payee and hour, with the fact `statement.viewed` beside it.
CREATE TABLE accord.statement_looks (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  payee_id uuid NOT NULL,
  hour timestamptz NOT NULL,
  viewer_id uuid NOT NULL,
  what text COLLATE "C" NOT NULL CHECK (what IN ('statement', 'plan', 'run', 'export', 'dispute', 'result', 'estimate')),
  record_id uuid,
  looked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, payee_id, hour, viewer_id),
  FOREIGN KEY (workspace_id, payee_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, viewer_id) REFERENCES accord.members(workspace_id, id)
);

-- ── results of objectives ───────────────────────────────────────────────────
-- How far a payee reached an objective (MBO) in a period, with the evidence; the last one recorded counts.
CREATE TABLE accord.mbo_results (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  plan_id uuid NOT NULL,
  component text COLLATE "C" NOT NULL,
  objective text COLLATE "C" NOT NULL,
  member_id uuid NOT NULL,
  period_start date NOT NULL CHECK (extract(day FROM period_start) = 1),
  result_percent numeric(5, 2) NOT NULL CHECK (result_percent BETWEEN 0 AND 100),
  evidence text COLLATE "C" NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, plan_id) REFERENCES accord.incentive_plans(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, recorded_by) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX results_of_plan ON accord.mbo_results (workspace_id, plan_id, period_start, recorded_at DESC, id DESC);
CREATE INDEX results_by_time ON accord.mbo_results (workspace_id, recorded_at DESC, id DESC);

-- ── runs ────────────────────────────────────────────────────────────────────
-- A run computes one period of all plans of one kind of period (regular), or of one version to see what it would pay
-- (shadow, never payable). A draft computed again writes its next `attempt`; locked, nothing of it changes any more.
CREATE TABLE accord.payout_runs (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('shadow', 'regular')),
  status text COLLATE "C" NOT NULL CHECK (status IN ('draft', 'locked', 'discarded')),
  period_kind text COLLATE "C" NOT NULL CHECK (period_kind IN ('month', 'quarter', 'half', 'year')),
  period_start date NOT NULL,
  period_end date NOT NULL,
  -- Of a shadow run, the version it computes, and the runs over several periods asked for at once.
  version_id uuid,
  series_id uuid,
  attempt int NOT NULL DEFAULT 0,
  -- What was recorded up to here counts.
  cutoff timestamptz NOT NULL DEFAULT now(),
  inputs_hash text COLLATE "C",
  lines_hash text COLLATE "C",
  computed_at timestamptz,
  started_by uuid NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  locked_by uuid,
  locked_at timestamptz,
  discarded_by uuid,
  discarded_at timestamptz,
  discarded_because text COLLATE "C",
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, started_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, locked_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, discarded_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.incentive_plan_versions(workspace_id, id),
  CHECK (kind = 'regular' OR status <> 'locked'),
  CHECK ((kind = 'shadow') = (version_id IS NOT NULL))
);
CREATE UNIQUE INDEX one_regular_run ON accord.payout_runs (workspace_id, period_kind, period_start) WHERE kind = 'regular' AND status <> 'discarded';
CREATE INDEX runs_by_period ON accord.payout_runs (workspace_id, period_start DESC, id DESC);
CREATE INDEX runs_of_series ON accord.payout_runs (workspace_id, series_id) WHERE series_id IS NOT NULL;
-- The versions an attempt computed, each with the hash of its inputs and of its lines.
CREATE TABLE accord.payout_run_versions (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  attempt int NOT NULL,
  version_id uuid NOT NULL,
  inputs_hash text COLLATE "C" NOT NULL,
  lines_hash text COLLATE "C" NOT NULL,
  -- What the engine said of the whole: the pool's fund, its gates and why it is open or not.
  outcome jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, run_id, attempt, version_id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES accord.payout_runs(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.incentive_plan_versions(workspace_id, id)
);
-- The inputs themselves (canonical JSON, compressed, in parts), from which a locked run is computed again to the byte.
CREATE TABLE accord.payout_run_inputs (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  attempt int NOT NULL,
  version_id uuid NOT NULL,
  part_no int NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (workspace_id, run_id, attempt, version_id, part_no),
  FOREIGN KEY (workspace_id, run_id) REFERENCES accord.payout_runs(workspace_id, id) ON DELETE CASCADE
);
-- An approval counts for the lines it was given on: an attempt computed anew wants new ones.
CREATE TABLE accord.payout_approvals (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  attempt int NOT NULL,
  lines_hash text COLLATE "C" NOT NULL,
  member_id uuid NOT NULL,
  scope text COLLATE "C" NOT NULL CHECK (scope IN ('all', 'marketing', 'sales')),
  note text COLLATE "C" NOT NULL DEFAULT '',
  approved_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, run_id, attempt, member_id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES accord.payout_runs(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
-- A line of a person's statement, in the order of the run. `line_key` is the same for the same line of every attempt.
-- `content` is the engine's line in full; `period_start` the period it is for: of a correction an earlier one.
CREATE TABLE accord.statement_lines (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  attempt int NOT NULL,
  line_no int NOT NULL,
  line_key text COLLATE "C" NOT NULL,
  version_id uuid NOT NULL,
  member_id uuid NOT NULL,
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales')),
  component text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  currency text COLLATE "C" NOT NULL,
  period_start date NOT NULL,
  reason text COLLATE "C",
  fact_ids text[] NOT NULL DEFAULT '{}',
  content jsonb NOT NULL,
  dispute_id uuid,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, run_id, attempt, line_no),
  FOREIGN KEY (workspace_id, run_id) REFERENCES accord.payout_runs(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.incentive_plan_versions(workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX lines_of_member ON accord.statement_lines (workspace_id, member_id, run_id, attempt, line_no);
CREATE INDEX lines_by_key ON accord.statement_lines (workspace_id, run_id, attempt, line_key);
CREATE INDEX lines_of_dispute ON accord.statement_lines (workspace_id, dispute_id) WHERE dispute_id IS NOT NULL;
-- The entry of the ledger into which a person's sum of a locked run went.
CREATE TABLE accord.payout_postings (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  member_id uuid NOT NULL,
  currency text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  cost_id uuid NOT NULL,
  posted_on date NOT NULL,
  PRIMARY KEY (workspace_id, run_id, member_id, currency),
  FOREIGN KEY (workspace_id, run_id) REFERENCES accord.payout_runs(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, cost_id) REFERENCES accord.cost_entries(workspace_id, id)
);

-- ── disputes ────────────────────────────────────────────────────────────────
-- A payee doubts a line. Every step is a fact; the row is their projection. A correction is a line of the next run,
-- which names the dispute.
CREATE TABLE accord.disputes (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  line_id uuid NOT NULL,
  line_key text COLLATE "C" NOT NULL,
  member_id uuid NOT NULL,
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales')),
  status text COLLATE "C" NOT NULL CHECK (status IN ('open', 'escalated', 'corrected', 'explained', 'withdrawn')),
  reason text COLLATE "C" NOT NULL,
  raised_by uuid NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT now(),
  due_at timestamptz NOT NULL,
  answer text COLLATE "C",
  answered_by uuid,
  answered_at timestamptz,
  escalated_by uuid,
  escalated_at timestamptz,
  escalated_because text COLLATE "C",
  correction_amount bigint,
  correction_currency text COLLATE "C",
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES accord.payout_runs(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, line_id) REFERENCES accord.statement_lines(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, raised_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, answered_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, escalated_by) REFERENCES accord.members(workspace_id, id),
  CHECK ((correction_amount IS NULL) = (correction_currency IS NULL) AND (status <> 'corrected' OR correction_amount IS NOT NULL))
);
CREATE UNIQUE INDEX one_open_dispute ON accord.disputes (workspace_id, line_id) WHERE status IN ('open', 'escalated');
CREATE INDEX disputes_due ON accord.disputes (workspace_id, due_at, id) WHERE status IN ('open', 'escalated');
CREATE INDEX disputes_by_time ON accord.disputes (workspace_id, raised_at DESC, id DESC);
CREATE INDEX disputes_of_run ON accord.disputes (workspace_id, run_id);
CREATE INDEX disputes_of_member ON accord.disputes (workspace_id, member_id, raised_at DESC);

-- ── what is locked stays ────────────────────────────────────────────────────
-- Whoever writes: what belongs to a locked run takes no insert, no change, no deletion. Writing shares the run's row,
-- locking it takes it alone, so that no line slips in beside a lock.
CREATE FUNCTION accord.refuse_locked_run() RETURNS trigger LANGUAGE plpgsql SET search_path = accord, pg_catalog, pg_temp AS $$
DECLARE locked uuid;
BEGIN
  PERFORM 1 FROM accord.payout_runs r WHERE (r.workspace_id, r.id) IN (SELECT workspace_id, run_id FROM changed) ORDER BY r.id FOR SHARE;
  SELECT r.id INTO locked FROM accord.payout_runs r
    WHERE (r.workspace_id, r.id) IN (SELECT workspace_id, run_id FROM changed) AND r.status = 'locked' LIMIT 1;
  IF locked IS NOT NULL THEN
    RAISE EXCEPTION 'the run % is locked', locked USING ERRCODE = 'AC002';
  END IF;
  RETURN NULL;
END $$;
-- Of a locked run nothing changes; whole workspaces may go.
CREATE FUNCTION accord.keep_locked_run() RETURNS trigger LANGUAGE plpgsql SET search_path = accord, pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.status = 'locked' AND (TG_OP = 'UPDATE' OR EXISTS (SELECT FROM accord.workspaces w WHERE w.id = OLD.workspace_id)) THEN
    RAISE EXCEPTION 'the run % is locked', OLD.id USING ERRCODE = 'AC002';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_locked BEFORE UPDATE OR DELETE ON accord.payout_runs FOR EACH ROW EXECUTE FUNCTION accord.keep_locked_run();
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['statement_lines', 'payout_run_versions', 'payout_run_inputs', 'payout_approvals'] LOOP
    EXECUTE format('CREATE TRIGGER locked_insert AFTER INSERT ON accord.%I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_locked_run()', t);
    EXECUTE format('CREATE TRIGGER locked_delete AFTER DELETE ON accord.%I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_locked_run()', t);
    EXECUTE format('CREATE TRIGGER locked_update AFTER UPDATE ON accord.%I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_locked_run()', t);
    EXECUTE format('CREATE TRIGGER locked_move AFTER UPDATE ON accord.%I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_locked_run()', t);
  END LOOP;
END $$;
-- What was proposed is what is signed: only a draft's content changes.
CREATE FUNCTION accord.keep_proposed_plan() RETURNS trigger LANGUAGE plpgsql SET search_path = accord, pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.status <> 'draft' AND (NEW.content, NEW.effective_from, NEW.content_hash, NEW.number) IS DISTINCT FROM
      (OLD.content, OLD.effective_from, OLD.content_hash, OLD.number) OR OLD.status IN ('signed', 'withdrawn') THEN
    RAISE EXCEPTION 'the plan version % is %', OLD.id, OLD.status USING ERRCODE = 'AC003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_proposed BEFORE UPDATE ON accord.incentive_plan_versions FOR EACH ROW EXECUTE FUNCTION accord.keep_proposed_plan();

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['incentive_plans','incentive_plan_versions','incentive_plan_payees','incentive_signatures','incentive_comments',
    'incentive_auditors','statement_looks','mbo_results','payout_runs','payout_run_versions','payout_run_inputs','payout_approvals',
    'statement_lines','payout_postings','disputes'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (ended_from, ended_by, ended_at) ON accord.incentive_plans TO accord_app;
GRANT UPDATE (status, content, period_kind, effective_from, in_force_from, content_hash, proposed_at, signed_at, withdrawn_at)
  ON accord.incentive_plan_versions TO accord_app;
GRANT UPDATE (revoked_by, revoked_at) ON accord.incentive_auditors TO accord_app;
GRANT UPDATE (status, attempt, cutoff, inputs_hash, lines_hash, computed_at, locked_by, locked_at, discarded_by, discarded_at, discarded_because)
  ON accord.payout_runs TO accord_app;
-- The inputs of an attempt that was computed anew are no longer wanted; those of a locked run the trigger keeps.
GRANT DELETE ON accord.payout_run_inputs TO accord_app;
GRANT UPDATE (status, due_at, answer, answered_by, answered_at, escalated_by, escalated_at, escalated_because, correction_amount, correction_currency)
  ON accord.disputes TO accord_app;
