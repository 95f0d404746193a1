-- The way in: fourteen steps, who does each and by when, the sponsor's one number, the diagnosis, and the pilot with
-- its comparison group. Whether a step is through is computed from the records of all features and kept nowhere as a
-- state; `rollout_passages` only remembers when it changed.

-- ── steps ───────────────────────────────────────────────────────────────────
-- The latest plan of a step; every change is a fact.
CREATE TABLE accord.rollout_steps (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  step text COLLATE "C" NOT NULL CHECK (step IN ('sponsor', 'diagnosis', 'data', 'language', 'goals', 'agreement', 'handoff', 'pilot',
    'rhythm', 'criticism', 'campaigns', 'pay', 'return', 'renewal')),
  owner_id uuid,
  due_on date,
  planned_by uuid,
  planned_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, step),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, planned_by) REFERENCES accord.members(workspace_id, id)
);
-- How a gate stood each time it was seen to have changed: append-only.
CREATE TABLE accord.rollout_passages (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  step text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('open', 'begun', 'through')),
  sentence text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX passages_of_step ON accord.rollout_passages (workspace_id, step, at DESC, id DESC);

-- ── sponsor and one number ──────────────────────────────────────────────────
-- A version is what the sponsor reads and signs; it never changes, and a new one takes its place.
CREATE TABLE accord.rollout_charters (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  number int NOT NULL,
  sponsor_id uuid NOT NULL,
  -- A figure of returns, its aim in the figure's unit as a decimal string, and by when.
  figure text COLLATE "C" NOT NULL,
  aim text COLLATE "C" NOT NULL,
  aim_on date NOT NULL,
  why text COLLATE "C" NOT NULL DEFAULT '',
  content_hash text COLLATE "C" NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  signed_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, number),
  FOREIGN KEY (workspace_id, sponsor_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, made_by) REFERENCES accord.members(workspace_id, id)
);
-- What the figure was before: measured, not promised, and so taken once there are records. Append-only; the first
-- of a figure counts.
CREATE TABLE accord.rollout_baselines (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  figure text COLLATE "C" NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL CHECK (ends_on >= starts_on),
  value text COLLATE "C" NOT NULL,
  low text COLLATE "C",
  high text COLLATE "C",
  currency text COLLATE "C" NOT NULL,
  taken_by uuid NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, figure),
  FOREIGN KEY (workspace_id, taken_by) REFERENCES accord.members(workspace_id, id)
);

-- ── diagnosis ───────────────────────────────────────────────────────────────
-- The questions are asked as a pulse (candour.md), which keeps no single answer.
CREATE TABLE accord.rollout_diagnoses (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  pulse_id uuid NOT NULL,
  opened_by uuid NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, pulse_id),
  FOREIGN KEY (workspace_id, pulse_id) REFERENCES accord.pulses(workspace_id, id),
  FOREIGN KEY (workspace_id, opened_by) REFERENCES accord.members(workspace_id, id)
);
-- What a side says as one, openly and by name: a workshop's sheet, and the only way for a side too small to hide in.
-- Append-only; the latest of a side counts.
CREATE TABLE accord.rollout_sheets (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales', 'leadership')),
  scores jsonb NOT NULL,
  note text COLLATE "C" NOT NULL DEFAULT '',
  written_by uuid NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, written_by) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX sheets_of_side ON accord.rollout_sheets (workspace_id, side, written_at DESC, id DESC);

-- ── pilot ───────────────────────────────────────────────────────────────────
-- Who is in which group, and by which measure it is judged, is settled when it is planned and never changed:
-- {pilot, comparison}, ids of teams or reps, regions, or segments.
CREATE TABLE accord.rollout_pilots (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  split text COLLATE "C" NOT NULL CHECK (split IN ('teams', 'regions', 'segments', 'halves')),
  groups jsonb NOT NULL,
  measure text COLLATE "C" NOT NULL CHECK (measure IN ('touched', 'accepted', 'rejected', 'sql')),
  -- Of random halves: drawn with this, so that it can be drawn again.
  seed bigint,
  changes text COLLATE "C" NOT NULL DEFAULT '',
  starts_on date NOT NULL,
  planned_by uuid NOT NULL,
  planned_at timestamptz NOT NULL DEFAULT now(),
  -- Planned after it had begun: whoever chose the groups may have known how they did.
  planned_late boolean NOT NULL DEFAULT false,
  -- The first day on which it no longer counts, and why; a withdrawn pilot ends on the day it would have begun.
  ended_on date,
  ended_because text COLLATE "C",
  ended_by uuid,
  ended_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, planned_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, ended_by) REFERENCES accord.members(workspace_id, id)
);
CREATE UNIQUE INDEX one_pilot_at_a_time ON accord.rollout_pilots (workspace_id) WHERE ended_at IS NULL;

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['rollout_steps','rollout_passages','rollout_charters','rollout_baselines','rollout_diagnoses',
    'rollout_sheets','rollout_pilots'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (owner_id, due_on, planned_by, planned_at) ON accord.rollout_steps TO accord_app;
GRANT UPDATE (signed_at) ON accord.rollout_charters TO accord_app;
GRANT UPDATE (ended_on, ended_because, ended_by, ended_at) ON accord.rollout_pilots TO accord_app;
