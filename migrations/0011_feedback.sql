-- Criticism and praise about real things, pulses, perception; and the pool in which what is anonymous waits.
-- docs/decisions/candour.md says what each table may hold and what it may not.

-- ── what the workspace agreed ───────────────────────────────────────────────
-- The latest counts; feedback keeps the due moment it was given with.
CREATE TABLE accord.feedback_settings (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  answer_days int NOT NULL CHECK (answer_days BETWEEN 1 AND 30),
  anonymous boolean NOT NULL,
  -- {"every": "month" | "quarter", "openDays": n}; null: pulses are opened by hand.
  pulse jsonb,
  set_by uuid,
  set_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);

-- ── feedback ────────────────────────────────────────────────────────────────
-- What was written never changes; where it stands is the projection of its entries.
-- Anonymous: `from_member`, `from_side` and every moment of the giver stay null, the id is random, and the row is
-- written when it is shown, with others, in random order.
CREATE TABLE accord.feedback (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  tone text COLLATE "C" NOT NULL CHECK (tone IN ('praise', 'criticism')),
  subject_kind text COLLATE "C" NOT NULL CHECK (subject_kind IN ('lead', 'rejection', 'campaign', 'asset', 'followUp', 'touch')),
  subject_id uuid NOT NULL,
  -- The record whose page it stands on, and of a touch what it was: `Call, 3 Mar 2026`. Names are looked up.
  record_kind text COLLATE "C" NOT NULL CHECK (record_kind IN ('lead', 'contact', 'account', 'deal', 'campaign', 'asset')),
  record_id uuid NOT NULL,
  subject_note text COLLATE "C" NOT NULL DEFAULT '',
  to_side text COLLATE "C" NOT NULL CHECK (to_side IN ('marketing', 'sales')),
  to_member uuid,
  to_team uuid,
  from_member uuid,
  from_side text COLLATE "C" CHECK (from_side IN ('marketing', 'sales', 'leadership')),
  situation text COLLATE "C" NOT NULL DEFAULT '',
  behaviour text COLLATE "C" NOT NULL,
  impact text COLLATE "C" NOT NULL DEFAULT '',
  next_time text COLLATE "C" NOT NULL DEFAULT '',
  tags text[] NOT NULL DEFAULT '{}',
  clauses text[] NOT NULL DEFAULT '{}',
  given_on date NOT NULL,
  given_at timestamptz,
  -- SHA-256 of what the anonymous giver holds.
  receipt_hash bytea,
  state text COLLATE "C" NOT NULL DEFAULT 'given'
    CHECK (state IN ('given', 'accepted', 'explained', 'disagreed', 'reopened', 'thanked', 'confirmed', 'withdrawn')),
  -- Of the present round; null: praise.
  due_at timestamptz,
  -- The latest answer.
  answered_by uuid,
  answered_at timestamptz,
  answered_in_time boolean,
  action text COLLATE "C",
  action_due_on date,
  changed_on date NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, receipt_hash),
  FOREIGN KEY (workspace_id, to_member) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, to_team) REFERENCES accord.teams(workspace_id, id) ON DELETE SET NULL (to_team),
  FOREIGN KEY (workspace_id, from_member) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, answered_by) REFERENCES accord.members(workspace_id, id),
  CHECK ((receipt_hash IS NULL) = (from_member IS NOT NULL) AND (from_side IS NULL) = (from_member IS NULL) AND (given_at IS NULL) = (from_member IS NULL))
);
CREATE INDEX feedback_by_day ON accord.feedback (workspace_id, given_on DESC, id DESC);
CREATE INDEX feedback_open ON accord.feedback (workspace_id, to_side, due_at, id) WHERE state IN ('given', 'reopened');
CREATE INDEX feedback_to ON accord.feedback (workspace_id, to_member, given_on DESC, id DESC);
CREATE INDEX feedback_from ON accord.feedback (workspace_id, from_member, given_on DESC, id DESC) WHERE from_member IS NOT NULL;
CREATE INDEX feedback_of_subject ON accord.feedback (workspace_id, subject_id);
CREATE INDEX feedback_of_record ON accord.feedback (workspace_id, record_id, given_on DESC, id DESC);
-- Its thread, every step among it: append-only. `place` orders it; an anonymous giver's entry has a day and no moment.
CREATE TABLE accord.feedback_entries (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  feedback_id uuid NOT NULL,
  place int NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('said', 'accepted', 'explained', 'disagreed', 'thanked', 'confirmed', 'reopened', 'withdrawn')),
  member_id uuid,
  text text COLLATE "C" NOT NULL DEFAULT '',
  said_on date NOT NULL,
  said_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, feedback_id, place),
  FOREIGN KEY (workspace_id, feedback_id) REFERENCES accord.feedback(workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  CHECK ((said_at IS NULL) = (member_id IS NULL))
);
-- What people said of two: that they belong together, or that they don't.
CREATE TABLE accord.feedback_links (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  one_id uuid NOT NULL,
  other_id uuid NOT NULL,
  together boolean NOT NULL,
  member_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, one_id, other_id),
  FOREIGN KEY (workspace_id, one_id) REFERENCES accord.feedback(workspace_id, id),
  FOREIGN KEY (workspace_id, other_id) REFERENCES accord.feedback(workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);

-- ── what is anonymous and waits ─────────────────────────────────────────────
-- One row a note, a reply, a pulse's answers or a guess: sealed with a key that is not in the database, so that not
-- even its kind can be told. No moment, no member, a random id. Every minute all rows of a workspace that got a new
-- one are deleted and written again in random order (`settled`), so that the transaction a row came in is forgotten.
-- Dead rows are cleared away within the minute (autovacuum's thresholds): they would tell the order.
CREATE TABLE accord.candour_pool (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  sealed bytea NOT NULL,
  settled boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, id)
) WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_insert_threshold = 0, autovacuum_vacuum_cost_delay = 0);
-- Who has answered what, so that nobody does twice: a keyed hash of the member, forgotten when `about` is over.
CREATE TABLE accord.candour_marks (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  about text COLLATE "C" NOT NULL,
  mark bytea NOT NULL,
  settled boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, about, mark)
) WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_insert_threshold = 0, autovacuum_vacuum_cost_delay = 0);

-- ── pulses ──────────────────────────────────────────────────────────────────
CREATE TABLE accord.pulses (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  number int NOT NULL,
  title text COLLATE "C" NOT NULL,
  questions jsonb NOT NULL,
  asks_text boolean NOT NULL DEFAULT true,
  opens_on date NOT NULL,
  closes_on date NOT NULL CHECK (closes_on >= opens_on),
  -- Null: by the workspace's rhythm.
  opened_by uuid,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, number)
);
-- What a closed pulse tells, ever: groups that are large enough, and texts in random order. Answers themselves are kept nowhere.
CREATE TABLE accord.pulse_results (
  workspace_id uuid NOT NULL,
  pulse_id uuid NOT NULL,
  cells jsonb NOT NULL,
  texts jsonb NOT NULL,
  frozen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, pulse_id),
  FOREIGN KEY (workspace_id, pulse_id) REFERENCES accord.pulses(workspace_id, id)
);

-- ── perception ──────────────────────────────────────────────────────────────
-- Of a month that is over: the truth as it was known then, and what groups that are large enough had guessed.
CREATE TABLE accord.perception_results (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  period text COLLATE "C" NOT NULL,
  metric text COLLATE "C" NOT NULL,
  truth jsonb NOT NULL,
  cells jsonb NOT NULL,
  frozen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, period, metric)
);

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['feedback_settings','feedback','feedback_entries','feedback_links','candour_pool','candour_marks',
    'pulses','pulse_results','perception_results'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (state, due_at, answered_by, answered_at, answered_in_time, action, action_due_on, changed_on) ON accord.feedback TO accord_app;
GRANT UPDATE (together, member_id, at) ON accord.feedback_links TO accord_app;
GRANT DELETE ON accord.candour_pool, accord.candour_marks TO accord_app;
