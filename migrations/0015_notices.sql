-- Notices: announcements, comments, notifications and the messages that leave the house.
-- What was said and sent is append-only.

CREATE TABLE accord.announcements (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  title text COLLATE "C" NOT NULL,
  text text COLLATE "C" NOT NULL,
  -- {sides, teams, members}; empty lists: everybody.
  audience jsonb NOT NULL,
  needs_acknowledgement boolean NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX announcements_by_time ON accord.announcements (workspace_id, made_at DESC, id DESC);
CREATE TABLE accord.announcement_readers (
  workspace_id uuid NOT NULL,
  announcement_id uuid NOT NULL,
  member_id uuid NOT NULL,
  acknowledged_at timestamptz,
  PRIMARY KEY (workspace_id, announcement_id, member_id),
  FOREIGN KEY (workspace_id, announcement_id) REFERENCES accord.announcements(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX announcements_of_member ON accord.announcement_readers (workspace_id, member_id) WHERE acknowledged_at IS NULL;
-- Comments on any record; one that is taken back stays as a stone.
CREATE TABLE accord.comments (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  subject_kind text COLLATE "C" NOT NULL,
  subject_id uuid NOT NULL,
  member_id uuid NOT NULL,
  text text COLLATE "C" NOT NULL,
  mentions uuid[] NOT NULL DEFAULT '{}',
  said_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX comments_of_subject ON accord.comments (workspace_id, subject_kind, subject_id, said_at, id);

-- ── what reaches people ─────────────────────────────────────────────────────
CREATE TABLE accord.notifications (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  -- The same matter reaches somebody once.
  once_key text COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  opens text COLLATE "C" NOT NULL,
  caused_by uuid,
  at timestamptz NOT NULL DEFAULT now(),
  -- Not before the person's quiet hours are over.
  due_at timestamptz NOT NULL DEFAULT now(),
  mailed_at timestamptz,
  read_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, member_id, once_key),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX notifications_of_member ON accord.notifications (workspace_id, member_id, at DESC, id DESC);
CREATE INDEX notifications_unread ON accord.notifications (workspace_id, member_id) WHERE read_at IS NULL;
-- What a person wants to hear, where and when: {kinds, digest, quietHours}; none: the usual.
CREATE TABLE accord.notification_choices (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  content jsonb NOT NULL,
  -- Hash of the secret in the unsubscribe link of digests, and of that in the calendar's address.
  unsubscribe_hash text COLLATE "C",
  calendar_hash text COLLATE "C",
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, member_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX calendar_addresses ON accord.notification_choices (workspace_id, calendar_hash) WHERE calendar_hash IS NOT NULL;
CREATE UNIQUE INDEX unsubscribe_links ON accord.notification_choices (workspace_id, unsubscribe_hash) WHERE unsubscribe_hash IS NOT NULL;
-- Rooms of Slack and Teams that get digests and minutes. The address is a secret and sealed.
CREATE TABLE accord.chat_rooms (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('slack', 'teams')),
  name text COLLATE "C" NOT NULL,
  address_sealed bytea NOT NULL,
  -- What goes there: {digest, minutes, announcements}.
  sends jsonb NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
-- Every message that leaves: mail and chat. Sent once by a job; what fails is tried again and told.
CREATE TABLE accord.messages_out (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  channel text COLLATE "C" NOT NULL CHECK (channel IN ('mail', 'slack', 'teams')),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('digest', 'minutes', 'notification', 'announcement', 'invitation')),
  -- The same message for the same person or room goes out once.
  once_key text COLLATE "C" NOT NULL,
  member_id uuid,
  room_id uuid,
  content jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz,
  tries int NOT NULL DEFAULT 0,
  failed_because text COLLATE "C",
  given_up_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, channel, once_key),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, room_id) REFERENCES accord.chat_rooms(workspace_id, id)
);
CREATE INDEX messages_waiting ON accord.messages_out (workspace_id, at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX messages_by_time ON accord.messages_out (workspace_id, at DESC, id DESC);

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['announcements','announcement_readers','comments','notifications','notification_choices','chat_rooms','messages_out'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (withdrawn_at) ON accord.announcements TO accord_app;
GRANT UPDATE (acknowledged_at) ON accord.announcement_readers TO accord_app;
GRANT UPDATE (text, mentions, removed_at) ON accord.comments TO accord_app;
GRANT UPDATE (mailed_at, read_at, due_at) ON accord.notifications TO accord_app;
GRANT UPDATE ON accord.notification_choices TO accord_app;
GRANT UPDATE (name, sends, ended_at) ON accord.chat_rooms TO accord_app;
GRANT UPDATE (sent_at, tries, failed_because, given_up_at) ON accord.messages_out TO accord_app;
