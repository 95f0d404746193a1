-- The agreement (calendars, definitions, clauses, signatures, excuses) and the hand-off (judgements, routing,
-- clocks, rejections and their rulings). Append-only where a row is itself a fact; projections say so.

-- ── which leads changed: read by whoever follows them (handoff) ─────────────
-- One row a change, never updated, so that noting one never waits. `everything` asks for all leads of the
-- workspace; `after` is how far that walk has come.
CREATE TABLE accord.lead_backlog (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid,
  everything boolean NOT NULL DEFAULT false,
  after uuid,
  noted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CHECK (everything OR lead_id IS NOT NULL)
);

-- Who entered a touch by hand; null when a source brought it.
ALTER TABLE accord.touches ADD COLUMN recorded_by uuid;
-- Evidence and rules ask for touches of a contact that name no lead: few, and not to be looked for among all of its.
CREATE INDEX touches_of_contact_alone ON accord.touches (workspace_id, contact_id, occurred_at) WHERE lead_id IS NULL AND contact_id IS NOT NULL;

-- ── calendars ───────────────────────────────────────────────────────────────
CREATE TABLE accord.calendars (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  time_zone text COLLATE "C" NOT NULL,
  weekly jsonb NOT NULL,
  country text COLLATE "C",
  region text COLLATE "C",
  holidays jsonb NOT NULL DEFAULT '[]',
  is_default boolean NOT NULL DEFAULT false,
  archived_at timestamptz,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX calendars_by_name ON accord.calendars (workspace_id, name) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX calendars_default ON accord.calendars (workspace_id) WHERE is_default;
CREATE TABLE accord.member_calendars (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  calendar_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, member_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, calendar_id) REFERENCES accord.calendars(workspace_id, id)
);
CREATE TABLE accord.absences (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
  reason text COLLATE "C" NOT NULL,
  recorded_by uuid,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX absences_of_member ON accord.absences (workspace_id, member_id, starts_at);

-- ── definitions and the contract ────────────────────────────────────────────
-- The company's own terms; the built-in ones stand in features/agreement/contract.ts.
CREATE TABLE accord.terms (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  about text COLLATE "C" NOT NULL DEFAULT '',
  subject text COLLATE "C" NOT NULL CHECK (subject IN ('lead', 'touch')),
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid,
  PRIMARY KEY (workspace_id, key)
);
-- A version is edited while it is a draft; once proposed its content stays as it is (content_hash covers it).
CREATE TABLE accord.definition_versions (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  term text COLLATE "C" NOT NULL,
  number int NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('draft', 'proposed', 'signed', 'withdrawn')),
  text text COLLATE "C" NOT NULL,
  rule jsonb NOT NULL,
  examples jsonb NOT NULL DEFAULT '[]',
  effective_from date,
  content_hash text COLLATE "C",
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  proposed_at timestamptz,
  signed_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, term, number)
);
CREATE TABLE accord.agreement_versions (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  number int NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('draft', 'proposed', 'signed', 'withdrawn')),
  content jsonb NOT NULL,
  -- The calendars it counts in, as they stood when it was proposed: signed with it.
  calendars jsonb NOT NULL DEFAULT '{}',
  effective_from date,
  content_hash text COLLATE "C",
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  proposed_at timestamptz,
  signed_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, number)
);
CREATE TABLE accord.signatures (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_kind text COLLATE "C" NOT NULL CHECK (subject_kind IN ('definition', 'agreement')),
  subject_id uuid NOT NULL,
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales')),
  member_id uuid NOT NULL,
  -- A leader signs for a side that has nobody who could: said on the page for as long as the version stands.
  on_behalf boolean NOT NULL DEFAULT false,
  content_hash text COLLATE "C" NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, subject_id, side),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE TABLE accord.proposal_comments (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_kind text COLLATE "C" NOT NULL CHECK (subject_kind IN ('definition', 'agreement')),
  subject_id uuid NOT NULL,
  member_id uuid NOT NULL,
  text text COLLATE "C" NOT NULL,
  said_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX comments_of_proposal ON accord.proposal_comments (workspace_id, subject_id, said_at);
-- Results of back-tests, kept beside the version they were run for.
CREATE TABLE accord.back_tests (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  version_id uuid NOT NULL,
  asked jsonb NOT NULL,
  result jsonb NOT NULL,
  member_id uuid,
  run_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.definition_versions(workspace_id, id)
);
CREATE INDEX back_tests_of_version ON accord.back_tests (workspace_id, version_id, run_at);
-- Why a clock does not count: asked for by the side that owes, decided by the other.
CREATE TABLE accord.excuses (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('outage', 'wrongRouting', 'leave', 'other')),
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales')),
  clause_key text COLLATE "C",
  lead_id uuid,
  member_id uuid,
  starts_at timestamptz,
  ends_at timestamptz,
  reason text COLLATE "C" NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  decision text COLLATE "C" CHECK (decision IN ('granted', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text COLLATE "C",
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, asked_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, decided_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  CHECK (lead_id IS NOT NULL OR (starts_at IS NOT NULL AND ends_at > starts_at))
);
CREATE INDEX excuses_of_lead ON accord.excuses (workspace_id, lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX excuses_by_time ON accord.excuses (workspace_id, starts_at) WHERE lead_id IS NULL;

-- The next cycle of a recycled lead.
CREATE INDEX leads_by_previous ON accord.leads (workspace_id, previous_lead_id) WHERE previous_lead_id IS NOT NULL;

-- ── the hand-off ────────────────────────────────────────────────────────────
-- Which version of a definition judged a lead, when, and what of it failed. Inserted once, never changed.
CREATE TABLE accord.judgements (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  term text COLLATE "C" NOT NULL,
  version_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  passed boolean NOT NULL,
  failed text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, lead_id, term, version_id)
);
CREATE INDEX judgements_by_version ON accord.judgements (workspace_id, version_id, passed);

CREATE TABLE accord.routing_versions (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  number int NOT NULL,
  content jsonb NOT NULL,
  effective_at timestamptz NOT NULL DEFAULT now(),
  made_by uuid,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, number)
);
-- How far each member has come in the rotation of a team (`pool` its id), in virtual time: leads given ÷ weight, see
-- engine/handoff/rotation.ts. Out of rotation is said of a member in the row of the pool `all`.
CREATE TABLE accord.rotation (
  workspace_id uuid NOT NULL,
  pool text COLLATE "C" NOT NULL,
  member_id uuid NOT NULL,
  turn double precision NOT NULL DEFAULT 0,
  given int NOT NULL DEFAULT 0,
  last_given_at timestamptz,
  out_since timestamptz,
  out_reason text COLLATE "C",
  PRIMARY KEY (workspace_id, pool, member_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE
);
-- To whom a lead went, and why: append-only.
CREATE TABLE accord.routings (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('routed', 'claimed', 'reassigned', 'corrected', 'returned', 'restarted')),
  member_id uuid,
  team_id uuid,
  why jsonb NOT NULL DEFAULT '[]',
  by_member uuid,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX routings_of_lead ON accord.routings (workspace_id, lead_id, occurred_at, id);

-- A rejection by clause, and what became of it. Every step is a fact; the row is their projection.
CREATE TABLE accord.rejections (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  version_id uuid NOT NULL,
  clauses text[] NOT NULL,
  comment text COLLATE "C" NOT NULL,
  rejected_by uuid NOT NULL,
  rejected_at timestamptz NOT NULL,
  was_accepted boolean NOT NULL DEFAULT false,
  campaign_id uuid,
  marketer_id uuid,
  answer text COLLATE "C" CHECK (answer IN ('agreed', 'mended', 'contested')),
  answered_by uuid,
  answered_at timestamptz,
  answer_comment text COLLATE "C",
  in_sample boolean NOT NULL DEFAULT false,
  ruling text COLLATE "C" CHECK (ruling IN ('upheld', 'overturned')),
  ruled_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX rejections_of_lead ON accord.rejections (workspace_id, lead_id, rejected_at);
CREATE INDEX rejections_open ON accord.rejections (workspace_id, marketer_id, rejected_at) WHERE answer IS NULL;
CREATE INDEX rejections_to_rule ON accord.rejections (workspace_id, rejected_at) WHERE ruling IS NULL AND (answer = 'contested' OR in_sample);
CREATE INDEX rejections_by_time ON accord.rejections (workspace_id, rejected_at);
CREATE TABLE accord.rulings (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  rejection_id uuid NOT NULL,
  -- `leadership` decides where the two sides differ.
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales', 'leadership')),
  member_id uuid NOT NULL,
  verdict text COLLATE "C" NOT NULL CHECK (verdict IN ('upheld', 'overturned')),
  reason text COLLATE "C" NOT NULL,
  ruled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, rejection_id, side)
);

-- Projection: where each MQL stands between the sides. Rebuilt from lead, routings, rejections and touches.
CREATE TABLE accord.handoffs (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  state text COLLATE "C" NOT NULL,
  owner_id uuid,
  team_id uuid,
  mql_at timestamptz,
  routed_at timestamptz,
  decided_at timestamptz,
  started_at timestamptz,
  first_attempt_at timestamptz,
  attempts int NOT NULL DEFAULT 0,
  last_attempt_at timestamptz,
  -- From the start of the clock to the first evidenced attempt.
  working_ms bigint,
  wall_ms bigint,
  -- The next open clock that is due, for the inbox.
  next_due_at timestamptz,
  next_clause text COLLATE "C",
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, lead_id)
);
CREATE INDEX handoffs_inbox ON accord.handoffs (workspace_id, owner_id, next_due_at, lead_id) WHERE state IN ('waiting', 'accepted');
-- Everybody's inbox, and how many leads stand in it.
CREATE INDEX handoffs_open ON accord.handoffs (workspace_id, state, next_due_at, lead_id) WHERE state IN ('waiting', 'accepted');
CREATE INDEX handoffs_unrouted ON accord.handoffs (workspace_id, mql_at, lead_id) WHERE state = 'unrouted';
CREATE INDEX handoffs_by_start ON accord.handoffs (workspace_id, started_at);
-- Projection: one clock a lead and clause. `met_at` null: no evidence yet; past due_at that is a miss.
CREATE TABLE accord.clocks (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  clause_key text COLLATE "C" NOT NULL,
  version_id uuid NOT NULL,
  member_id uuid,
  started_at timestamptz NOT NULL,
  due_at timestamptz,
  met_at timestamptz,
  evidence_kind text COLLATE "C",
  evidence_id uuid,
  working_ms bigint,
  wall_ms bigint,
  excuse text COLLATE "C",
  excuse_id uuid,
  -- The ladder: the next step that falls due while there is no evidence.
  next_step smallint,
  next_step_at timestamptz,
  PRIMARY KEY (workspace_id, lead_id, clause_key)
);
CREATE INDEX clocks_to_tick ON accord.clocks (workspace_id, next_step_at, lead_id) WHERE next_step_at IS NOT NULL;
CREATE INDEX clocks_by_due ON accord.clocks (workspace_id, clause_key, due_at) INCLUDE (met_at, excuse, member_id);
-- Steps of the ladder that were taken: append-only, each once a clock.
CREATE TABLE accord.escalations (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  clause_key text COLLATE "C" NOT NULL,
  started_at timestamptz NOT NULL,
  step smallint NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('remind', 'manager', 'reassign', 'outOfRotation')),
  at timestamptz NOT NULL,
  member_id uuid,
  told uuid[] NOT NULL DEFAULT '{}',
  outcome text COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, lead_id, clause_key, started_at, step)
);
CREATE INDEX escalations_by_time ON accord.escalations (workspace_id, at);
CREATE INDEX escalations_of_lead ON accord.escalations (workspace_id, lead_id, at);

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['lead_backlog','calendars','member_calendars','absences','terms','definition_versions','agreement_versions','signatures',
    'proposal_comments','back_tests','excuses','judgements','routing_versions','rotation','routings','rejections','rulings','handoffs','clocks','escalations'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
    IF t IN ('lead_backlog','calendars','member_calendars','definition_versions','agreement_versions','rotation','handoffs','clocks') THEN
      EXECUTE format('GRANT UPDATE, DELETE ON accord.%I TO accord_app', t);
    END IF;
  END LOOP;
END $$;
GRANT UPDATE (removed_at) ON accord.absences TO accord_app;
GRANT UPDATE (name, about) ON accord.terms TO accord_app;
GRANT UPDATE (decision, decided_by, decided_at, decision_reason) ON accord.excuses TO accord_app;
GRANT UPDATE (answer, answered_by, answered_at, answer_comment, in_sample, ruling, ruled_at) ON accord.rejections TO accord_app;
