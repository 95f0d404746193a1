-- Campaigns planned together: the plan and its brief in versions, who acknowledged it, and the parts that reps are
-- asked for. The campaign itself, its members and touches are the shared record (0001).

-- How far a campaign's plan has come; that there is none is no row.
CREATE TABLE accord.campaign_plans (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  campaign_id uuid NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'briefed', 'launched', 'ended', 'cancelled')),
  began_at timestamptz NOT NULL DEFAULT now(),
  launched_at timestamptz, launched_by uuid, launch_reason text COLLATE "C",
  -- Who had an accepted part and had not acknowledged the brief.
  launched_without uuid[] NOT NULL DEFAULT '{}',
  ended_at timestamptz, ended_by uuid, end_reason text COLLATE "C",
  cancelled_at timestamptz, cancelled_by uuid, cancel_reason text COLLATE "C",
  PRIMARY KEY (workspace_id, campaign_id)
);

-- A version is edited while it is a draft; once published it stays as it was read (content_hash covers it).
CREATE TABLE accord.plan_versions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  number int NOT NULL CHECK (number > 0),
  content jsonb NOT NULL,
  content_hash text COLLATE "C" NOT NULL,
  -- How many the audience held when it was published.
  audience_count bigint,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  published_by uuid,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, campaign_id, number),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES accord.campaign_plans(workspace_id, campaign_id)
);
CREATE UNIQUE INDEX one_plan_draft ON accord.plan_versions (workspace_id, campaign_id) WHERE published_at IS NULL;
-- The database itself keeps what was published as it was.
CREATE FUNCTION accord.refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'version % of a plan is published and stays as it is', OLD.number; END $$;
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON accord.plan_versions FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
  EXECUTE FUNCTION accord.refuse_published();

-- Who read which version: append-only.
CREATE TABLE accord.brief_acknowledgements (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  version_id uuid NOT NULL,
  number int NOT NULL,
  member_id uuid NOT NULL,
  content_hash text COLLATE "C" NOT NULL,
  acknowledged_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, version_id, member_id),
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.plan_versions(workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX acknowledgements_of_campaign ON accord.brief_acknowledgements (workspace_id, campaign_id, member_id, number DESC);

-- A part that somebody is asked for. Whether it is done is not kept here: touches say so.
CREATE TABLE accord.campaign_roles (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('inviteList', 'calls', 'event', 'content', 'followUp')),
  member_id uuid NOT NULL,
  -- Through which team it was asked.
  team_id uuid,
  wanted int NOT NULL CHECK (wanted > 0),
  due_on date,
  note text COLLATE "C" NOT NULL DEFAULT '',
  state text COLLATE "C" NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'counterproposed', 'accepted', 'declined', 'withdrawn')),
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  answered_at timestamptz,
  reason text COLLATE "C",
  counter_kind text COLLATE "C" CHECK (counter_kind IN ('inviteList', 'calls', 'event', 'content', 'followUp')),
  counter_wanted int CHECK (counter_wanted > 0),
  counter_note text COLLATE "C",
  decided_by uuid, decided_at timestamptz, taken boolean, decision_note text COLLATE "C",
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES accord.campaign_plans(workspace_id, campaign_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, asked_by) REFERENCES accord.members(workspace_id, id),
  CHECK (state <> 'declined' OR reason IS NOT NULL),
  CHECK (state <> 'counterproposed' OR (counter_kind IS NOT NULL AND counter_wanted IS NOT NULL))
);
CREATE UNIQUE INDEX one_role_of_a_kind ON accord.campaign_roles (workspace_id, campaign_id, member_id, kind)
  WHERE state IN ('asked', 'counterproposed', 'accepted');
CREATE INDEX roles_of_campaign ON accord.campaign_roles (workspace_id, campaign_id, state);
CREATE INDEX roles_of_member ON accord.campaign_roles (workspace_id, member_id, state, due_on);
CREATE INDEX roles_of_asker ON accord.campaign_roles (workspace_id, asked_by, state, answered_at);

-- ── what counts as evidence is looked for by campaign and by member ─────────
CREATE INDEX touches_of_campaign ON accord.touches (workspace_id, campaign_id, member_id, occurred_at)
  WHERE campaign_id IS NOT NULL AND member_id IS NOT NULL AND side = 'sales' AND automated IS NOT TRUE;
CREATE INDEX touches_of_member ON accord.touches (workspace_id, member_id, occurred_at)
  WHERE member_id IS NOT NULL AND side = 'sales' AND automated IS NOT TRUE;
-- Whom a member added to a campaign by hand; what imports bring names no one.
CREATE INDEX facts_added_by_hand ON accord.facts (workspace_id, member_id, recorded_at)
  WHERE kind = 'campaignMember.recorded' AND member_id IS NOT NULL AND run_id IS NULL;
CREATE INDEX campaign_members_responded ON accord.campaign_members (workspace_id, campaign_id, responded_at, id) WHERE responded_at IS NOT NULL AND archived_at IS NULL;
CREATE INDEX campaign_members_by_response ON accord.campaign_members (workspace_id, responded_at, id) WHERE responded_at IS NOT NULL AND archived_at IS NULL;
CREATE INDEX campaigns_by_start ON accord.campaigns (workspace_id, starts_on, id) WHERE archived_at IS NULL AND merged_into IS NULL;

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['campaign_plans', 'plan_versions', 'brief_acknowledgements', 'campaign_roles'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (state, launched_at, launched_by, launch_reason, launched_without, ended_at, ended_by, end_reason, cancelled_at, cancelled_by, cancel_reason)
  ON accord.campaign_plans TO accord_app;
GRANT UPDATE (content, content_hash, audience_count, made_by, made_at, published_at, published_by) ON accord.plan_versions TO accord_app;
GRANT DELETE ON accord.plan_versions TO accord_app;
GRANT UPDATE (kind, wanted, state, answered_at, reason, counter_kind, counter_wanted, counter_note, decided_by, decided_at, taken, decision_note, changed_at)
  ON accord.campaign_roles TO accord_app;
