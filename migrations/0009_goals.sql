-- Goals: plans that both sides sign, and the weeks in which a goal was off its pace.

-- A version is edited while it is a draft; once proposed its content and its back-calculation stay as they are
-- (content_hash covers both). `plan_id` holds the versions of one plan together.
CREATE TABLE accord.goal_plans (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  plan_id uuid NOT NULL,
  number int NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('draft', 'proposed', 'signed', 'withdrawn')),
  content jsonb NOT NULL,
  working jsonb,
  starts_on date NOT NULL,
  ends_on date NOT NULL CHECK (ends_on >= starts_on),
  effective_from date,
  content_hash text COLLATE "C",
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  proposed_at timestamptz,
  signed_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, plan_id, number)
);
CREATE INDEX goal_plans_signed ON accord.goal_plans (workspace_id, starts_on, ends_on) WHERE status = 'signed';
CREATE INDEX goal_plans_open ON accord.goal_plans (workspace_id, status) WHERE status IN ('draft', 'proposed');

-- Both sides sign plans as they sign the contract, and talk about them in the same way.
ALTER TABLE accord.signatures DROP CONSTRAINT signatures_subject_kind_check,
  ADD CONSTRAINT signatures_subject_kind_check CHECK (subject_kind IN ('definition', 'agreement', 'goalPlan'));
ALTER TABLE accord.proposal_comments DROP CONSTRAINT proposal_comments_subject_kind_check,
  ADD CONSTRAINT proposal_comments_subject_kind_check CHECK (subject_kind IN ('definition', 'agreement', 'goalPlan'));

-- One row a goal and week in which it was off pace: append-only. Numbers are decimal strings in the goal's unit, null
-- where they would tell what people are paid.
CREATE TABLE accord.goal_misses (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  goal_id uuid NOT NULL,
  -- Its Monday.
  week date NOT NULL,
  version_id uuid NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('behind', 'missed')),
  value text COLLATE "C",
  ideal text COLLATE "C",
  gap_percent text COLLATE "C",
  noted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, goal_id, week),
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.goal_plans(workspace_id, id)
);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['goal_plans', 'goal_misses'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE ON accord.goal_plans TO accord_app;
