-- Cadence: meetings whose agenda the data writes, and what came of them: decisions and actions.

ALTER TABLE accord.gate_tokens DROP CONSTRAINT gate_tokens_purpose_check;
ALTER TABLE accord.gate_tokens ADD CONSTRAINT gate_tokens_purpose_check
  CHECK (purpose IN ('invitation', 'api', 'site', 'form', 'hook', 'link', 'calendar'));

-- ── meetings ────────────────────────────────────────────────────────────────
-- A series makes its meetings ahead of time; a changed series makes anew those that are still planned.
CREATE TABLE accord.meeting_series (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('daily', 'weekly', 'monthly', 'quarterly', 'own')),
  name text COLLATE "C" NOT NULL,
  -- When it meets (engine/cadence/recurrence.ts), how long, where, who comes, which kinds of items its agenda takes.
  content jsonb NOT NULL,
  number int NOT NULL DEFAULT 1,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz, ended_by uuid,
  PRIMARY KEY (workspace_id, id)
);
CREATE TABLE accord.meetings (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  series_id uuid,
  -- The day the series' rule names: one meeting a series and day, wherever it was moved to.
  rule_day date,
  title text COLLATE "C" NOT NULL,
  starts_at timestamptz NOT NULL,
  minutes int NOT NULL CHECK (minutes BETWEEN 5 AND 480),
  location text COLLATE "C",
  purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('daily', 'weekly', 'monthly', 'quarterly', 'own')),
  status text COLLATE "C" NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'live', 'held', 'cancelled', 'notHeld')),
  -- Rises with every change that programs subscribed to the calendar should see.
  sequence int NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL DEFAULT now(),
  gathered_at timestamptz,
  opened_at timestamptz, opened_by uuid,
  -- What everybody sees at this moment, and since when.
  current_item uuid,
  item_since timestamptz,
  closed_at timestamptz, closed_by uuid,
  cancelled_because text COLLATE "C",
  cancelled_at timestamptz,
  minutes_sent_at timestamptz,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, series_id) REFERENCES accord.meeting_series(workspace_id, id)
);
CREATE UNIQUE INDEX one_meeting_a_day ON accord.meetings (workspace_id, series_id, rule_day) WHERE series_id IS NOT NULL;
CREATE INDEX meetings_by_time ON accord.meetings (workspace_id, starts_at DESC, id DESC);
CREATE TABLE accord.meeting_attendees (
  workspace_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  member_id uuid NOT NULL,
  expected boolean NOT NULL DEFAULT true,
  -- When they first were in the meeting (the live screen is the evidence), or were noted as present, and by whom; and
  -- when they were last seen there.
  came_at timestamptz,
  noted_by uuid,
  seen_at timestamptz,
  PRIMARY KEY (workspace_id, meeting_id, member_id),
  FOREIGN KEY (workspace_id, meeting_id) REFERENCES accord.meetings(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX meetings_of_member ON accord.meeting_attendees (workspace_id, member_id, meeting_id);
-- An item keeps the figures it was written with; a refresh before the meeting rewrites what the data says and leaves
-- what people said of it (place, minutes, dropped, owner).
CREATE TABLE accord.agenda_items (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  item_key text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('action', 'breach', 'pace', 'speed', 'rejections', 'contested', 'cost', 'goal', 'feedback',
    'theme', 'campaign', 'proposal', 'change', 'win', 'own')),
  -- {sentence, why, figures, opens, records, stake, currency, weight, daysLate, minutes, ownerId}
  content jsonb NOT NULL,
  owner_id uuid,
  place int,
  minutes int CHECK (minutes BETWEEN 1 AND 240),
  dropped boolean NOT NULL DEFAULT false,
  status text COLLATE "C" NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'discussed', 'carried', 'dropped')),
  -- The data no longer offers it; it stays on the agenda of a meeting that has begun.
  gone boolean NOT NULL DEFAULT false,
  seconds_spent int NOT NULL DEFAULT 0,
  added_by uuid,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, meeting_id, item_key),
  FOREIGN KEY (workspace_id, meeting_id) REFERENCES accord.meetings(workspace_id, id) ON DELETE CASCADE
);
-- Notes of an item, version by version: who writes names the version they saw, so that nobody overwrites unseen words.
CREATE TABLE accord.item_notes (
  workspace_id uuid NOT NULL,
  item_id uuid NOT NULL,
  version int NOT NULL,
  text text COLLATE "C" NOT NULL,
  written_by uuid NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, item_id, version),
  FOREIGN KEY (workspace_id, written_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, item_id) REFERENCES accord.agenda_items(workspace_id, id) ON DELETE CASCADE
);
-- A decision: logged, and linked to what it led to.
CREATE TABLE accord.decisions (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  meeting_id uuid,
  item_id uuid,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('logged', 'definition', 'contract', 'ruling')),
  text text COLLATE "C" NOT NULL,
  -- The version of a definition or of the contract, or the rejection ruled on.
  led_to uuid,
  decided_by uuid NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz, withdrawn_by uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, decided_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, meeting_id) REFERENCES accord.meetings(workspace_id, id)
);
CREATE INDEX decisions_by_time ON accord.decisions (workspace_id, decided_at DESC, id DESC);
CREATE INDEX decisions_of_meeting ON accord.decisions (workspace_id, meeting_id) WHERE meeting_id IS NOT NULL;
-- An action is open until somebody closes it; every change is a fact.
CREATE TABLE accord.actions (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  title text COLLATE "C" NOT NULL,
  owner_id uuid NOT NULL,
  due_on date NOT NULL,
  -- The day that was agreed first, and how often it was put off since.
  first_due_on date NOT NULL,
  moves int NOT NULL DEFAULT 0,
  status text COLLATE "C" NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'dropped')),
  meeting_id uuid,
  item_id uuid,
  -- Address in the app of what it is about.
  opens text COLLATE "C",
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  closed_by uuid,
  closed_at timestamptz,
  closing text COLLATE "C",
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, made_by) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, meeting_id) REFERENCES accord.meetings(workspace_id, id)
);
CREATE INDEX actions_open ON accord.actions (workspace_id, due_on, id) WHERE status = 'open';
CREATE INDEX actions_of_owner ON accord.actions (workspace_id, owner_id, status, due_on);
CREATE INDEX actions_by_time ON accord.actions (workspace_id, made_at DESC, id DESC);
CREATE INDEX actions_of_meeting ON accord.actions (workspace_id, meeting_id) WHERE meeting_id IS NOT NULL;

-- ── the calendar that other programs read ──────────────────────────────────
-- One address a member. Of its secret only the hash is kept, here and at the gate; a renewed one revokes the one before.
CREATE TABLE accord.calendar_feeds (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  read_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE UNIQUE INDEX one_feed_a_member ON accord.calendar_feeds (workspace_id, member_id) WHERE revoked_at IS NULL;

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['meeting_series','meetings','meeting_attendees','agenda_items','item_notes','decisions','actions','calendar_feeds'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (name, purpose, content, number, ended_at, ended_by) ON accord.meeting_series TO accord_app;
GRANT UPDATE, DELETE ON accord.meetings, accord.agenda_items, accord.meeting_attendees TO accord_app;
GRANT UPDATE (title, owner_id, due_on, moves, status, closed_by, closed_at, closing) ON accord.actions TO accord_app;
GRANT UPDATE (withdrawn_at, withdrawn_by) ON accord.decisions TO accord_app;
GRANT UPDATE (read_at, revoked_at) ON accord.calendar_feeds TO accord_app;
