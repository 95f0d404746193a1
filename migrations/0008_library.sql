-- What sales asks of marketing (proposals) and what marketing gives sales to work with (the content library).
-- Append-only where a row is itself a fact: steps of a proposal, versions, uses.

-- ── proposals ───────────────────────────────────────────────────────────────
-- Working days within which marketing answers; the latest counts. A proposal keeps the due moment it was made with.
CREATE TABLE accord.proposal_settings (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  answer_days int NOT NULL CHECK (answer_days BETWEEN 1 AND 60),
  set_by uuid,
  set_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
-- The row is the projection of its steps; `round` counts how often it was opened.
CREATE TABLE accord.proposals (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('campaign', 'content', 'objection')),
  title text COLLATE "C" NOT NULL,
  text text COLLATE "C" NOT NULL DEFAULT '',
  state text COLLATE "C" NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'planned', 'done', 'declined', 'withdrawn')),
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  round int NOT NULL DEFAULT 1,
  -- Of the present round: the last moment of an answer in time, and the day it falls on. Null: no working day in sight.
  due_at timestamptz,
  due_on date,
  -- The first answer of the present round.
  first_answer_at timestamptz,
  -- What the latest answer says.
  planned_on date,
  campaign_id uuid,
  asset_id uuid,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, proposed_by) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX proposals_by_state ON accord.proposals (workspace_id, state, proposed_at DESC, id DESC);
CREATE INDEX proposals_of_asset ON accord.proposals (workspace_id, asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX proposals_of_campaign ON accord.proposals (workspace_id, campaign_id) WHERE campaign_id IS NOT NULL;
CREATE TABLE accord.proposal_steps (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  proposal_id uuid NOT NULL,
  round int NOT NULL DEFAULT 1,
  what text COLLATE "C" NOT NULL CHECK (what IN ('proposed', 'edited', 'planned', 'done', 'declined', 'withdrawn', 'reopened')),
  member_id uuid,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  comment text COLLATE "C" NOT NULL DEFAULT '',
  planned_on date,
  campaign_id uuid,
  asset_id uuid,
  -- Of the first answer of a round: whether it came in time.
  in_time boolean,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, proposal_id) REFERENCES accord.proposals(workspace_id, id)
);
CREATE INDEX steps_of_proposal ON accord.proposal_steps (workspace_id, proposal_id, at, id);
CREATE INDEX proposal_answers ON accord.proposal_steps (workspace_id, in_time) WHERE in_time IS NOT NULL;
CREATE TABLE accord.proposal_votes (
  workspace_id uuid NOT NULL,
  proposal_id uuid NOT NULL,
  member_id uuid NOT NULL,
  voted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, proposal_id, member_id),
  FOREIGN KEY (workspace_id, proposal_id) REFERENCES accord.proposals(workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
-- Real leads and deals behind a proposal.
CREATE TABLE accord.proposal_cases (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  proposal_id uuid NOT NULL,
  record_kind text COLLATE "C" NOT NULL CHECK (record_kind IN ('lead', 'deal')),
  record_id uuid NOT NULL,
  note text COLLATE "C" NOT NULL DEFAULT '',
  added_by uuid NOT NULL,
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  removed_at timestamptz,
  removed_by uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, proposal_id) REFERENCES accord.proposals(workspace_id, id),
  FOREIGN KEY (workspace_id, added_by) REFERENCES accord.members(workspace_id, id)
);
CREATE UNIQUE INDEX case_once ON accord.proposal_cases (workspace_id, proposal_id, record_id) WHERE removed_at IS NULL;
CREATE INDEX cases_of_record ON accord.proposal_cases (workspace_id, record_id) WHERE removed_at IS NULL;

-- ── the library ─────────────────────────────────────────────────────────────
CREATE TABLE accord.assets (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  title text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN
    ('onePager', 'deck', 'caseStudy', 'battlecard', 'whitepaper', 'video', 'demo', 'template', 'pricing', 'webPage', 'other')),
  about text COLLATE "C" NOT NULL DEFAULT '',
  -- Who answers for it.
  owner_id uuid,
  -- What it is made for; empty: any.
  stages text[] NOT NULL DEFAULT '{}',
  segments text[] NOT NULL DEFAULT '{}',
  objections text[] NOT NULL DEFAULT '{}',
  campaign_id uuid,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX assets_of_campaign ON accord.assets (workspace_id, campaign_id) WHERE campaign_id IS NOT NULL;
CREATE INDEX assets_of_owner ON accord.assets (workspace_id, owner_id) WHERE owner_id IS NOT NULL;
-- A link or a file. Only its last day can be changed: what was sent stays what it was.
CREATE TABLE accord.asset_versions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  asset_id uuid NOT NULL,
  number int NOT NULL,
  url text COLLATE "C",
  file_name text COLLATE "C",
  file_type text COLLATE "C",
  file_bytes bigint CHECK (file_bytes > 0),
  file_hash bytea,
  note text COLLATE "C" NOT NULL DEFAULT '',
  valid_from date NOT NULL,
  expires_on date,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, asset_id, number),
  FOREIGN KEY (workspace_id, asset_id) REFERENCES accord.assets(workspace_id, id),
  CHECK (url IS NOT NULL OR (file_name IS NOT NULL AND file_type IS NOT NULL AND file_bytes IS NOT NULL))
);
CREATE INDEX versions_by_maker ON accord.asset_versions (workspace_id, made_by, made_at) WHERE made_by IS NOT NULL;
-- Files rest in the database in parts, so that every server has them and a backup holds them.
CREATE TABLE accord.asset_file_parts (
  workspace_id uuid NOT NULL,
  version_id uuid NOT NULL,
  part_no int NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (workspace_id, version_id, part_no),
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.asset_versions(workspace_id, id)
);
-- Content used for a lead or a deal: by a tracked link, of which only the hash is kept, or shown.
CREATE TABLE accord.content_uses (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  asset_id uuid NOT NULL,
  version_id uuid NOT NULL,
  member_id uuid NOT NULL,
  way text COLLATE "C" NOT NULL CHECK (way IN ('link', 'call', 'meeting')),
  -- A deal's use counts for its lead as well.
  lead_id uuid,
  deal_id uuid,
  note text COLLATE "C" NOT NULL DEFAULT '',
  token_hash bytea,
  used_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, asset_id) REFERENCES accord.assets(workspace_id, id),
  FOREIGN KEY (workspace_id, version_id) REFERENCES accord.asset_versions(workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE UNIQUE INDEX use_of_token ON accord.content_uses (workspace_id, token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX uses_of_asset ON accord.content_uses (workspace_id, asset_id, used_at DESC, id DESC);
CREATE INDEX uses_of_lead ON accord.content_uses (workspace_id, lead_id, used_at DESC, id DESC) WHERE lead_id IS NOT NULL;
CREATE INDEX uses_of_deal ON accord.content_uses (workspace_id, deal_id, used_at DESC, id DESC) WHERE deal_id IS NOT NULL;
CREATE INDEX uses_of_member ON accord.content_uses (workspace_id, member_id, used_at DESC, id DESC);
-- One sitting a row: openings less than 30 minutes apart are one, and make one touch. No address, no agent is kept.
CREATE TABLE accord.content_opens (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  use_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('person', 'scanner', 'inVain')),
  -- The version it led to; null: nothing valid was left.
  version_id uuid,
  first_at timestamptz NOT NULL DEFAULT now(),
  last_at timestamptz NOT NULL DEFAULT now(),
  opens int NOT NULL DEFAULT 1 CHECK (opens > 0),
  touch_id uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, use_id) REFERENCES accord.content_uses(workspace_id, id)
);
CREATE INDEX opens_of_use ON accord.content_opens (workspace_id, use_id, kind, last_at);
CREATE INDEX opens_by_time ON accord.content_opens (workspace_id, last_at DESC, use_id) WHERE kind = 'person';
-- Each member's latest rating counts; earlier ones stay.
CREATE TABLE accord.asset_ratings (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  asset_id uuid NOT NULL,
  version_id uuid,
  member_id uuid NOT NULL,
  stars int NOT NULL CHECK (stars BETWEEN 1 AND 5),
  reason text COLLATE "C" NOT NULL,
  rated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  answer text COLLATE "C",
  answered_by uuid,
  answered_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, asset_id) REFERENCES accord.assets(workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, answered_by) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX ratings_of_asset ON accord.asset_ratings (workspace_id, asset_id, member_id, rated_at DESC, id DESC);
CREATE INDEX ratings_open ON accord.asset_ratings (workspace_id, rated_at) WHERE answered_at IS NULL;

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['proposal_settings','proposals','proposal_steps','proposal_votes','proposal_cases','assets','asset_versions','asset_file_parts',
    'content_uses','content_opens','asset_ratings'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (kind, title, text, state, round, due_at, due_on, first_answer_at, planned_on, campaign_id, asset_id, changed_at) ON accord.proposals TO accord_app;
GRANT DELETE ON accord.proposal_votes TO accord_app;
GRANT UPDATE (removed_at, removed_by) ON accord.proposal_cases TO accord_app;
GRANT UPDATE (title, kind, about, owner_id, stages, segments, objections, campaign_id, archived_at, changed_at) ON accord.assets TO accord_app;
GRANT UPDATE (expires_on) ON accord.asset_versions TO accord_app;
GRANT UPDATE (revoked_at) ON accord.content_uses TO accord_app;
GRANT UPDATE (last_at, opens, version_id) ON accord.content_opens TO accord_app;
GRANT UPDATE (answer, answered_by, answered_at) ON accord.asset_ratings TO accord_app;
