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
  -- By when it is to be acknowledged, to the end of that day.
  acknowledge_by date CHECK (acknowledge_by IS NULL OR needs_acknowledgement),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  reminded_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX announcements_by_time ON accord.announcements (workspace_id, made_at DESC, id DESC);
-- Whom it went to, as the audience was when it was made.
CREATE TABLE accord.announcement_readers (
  workspace_id uuid NOT NULL,
  announcement_id uuid NOT NULL,
  member_id uuid NOT NULL,
  acknowledged_at timestamptz,
  PRIMARY KEY (workspace_id, announcement_id, member_id),
  FOREIGN KEY (workspace_id, announcement_id) REFERENCES accord.announcements(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX announcements_of_member ON accord.announcement_readers (workspace_id, member_id, announcement_id) WHERE acknowledged_at IS NULL;
-- Comments on a record or a page (features/notices/contract/comments.ts says which); `subject_key` is a record's id or a
-- page's name. One that is taken back stays as a stone, without its words.
CREATE TABLE accord.comments (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  subject_kind text COLLATE "C" NOT NULL CHECK (subject_kind IN ('lead', 'account', 'contact', 'deal', 'campaign', 'asset', 'proposal',
    'definition', 'contract', 'goalPlan', 'incentivePlan', 'statement', 'meeting', 'page')),
  subject_key text COLLATE "C" NOT NULL,
  member_id uuid NOT NULL,
  -- A mention stands in it as @[id of the member].
  text text COLLATE "C" NOT NULL,
  mentions uuid[] NOT NULL DEFAULT '{}',
  said_at timestamptz NOT NULL DEFAULT now(),
  edited_at timestamptz,
  removed_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  CHECK (removed_at IS NULL OR (text = '' AND mentions = '{}')),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE INDEX comments_of_subject ON accord.comments (workspace_id, subject_kind, subject_key, said_at DESC, id DESC);

-- ── what reaches people ─────────────────────────────────────────────────────
-- Facts that somebody may have to be told of, noted in the transaction that records them and taken away in the one that
-- tells them: what commits late is noted late, and nothing is passed over. Imports tell nobody: they are the past.
CREATE TABLE accord.untold_facts (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  recorded_at timestamptz NOT NULL,
  fact_id uuid NOT NULL,
  tries int NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, recorded_at, fact_id)
);
-- The kinds that features/notices/queries/tellings has a line for (a test holds the two together). A later migration that
-- adds one replaces this function.
CREATE FUNCTION accord.is_told(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN kind IN (
  'comment.made', 'comment.edited', 'announcement.made', 'announcement.reminded',
  'rejection.made', 'rejection.agreed', 'rejection.mended', 'rejection.contested', 'rejection.ruled', 'lead.escalated', 'lead.reassigned',
  'campaignRole.asked', 'campaignRole.accepted', 'campaignRole.declined', 'campaignRole.counterproposed', 'campaignRole.counterTaken',
  'campaignRole.counterRefused', 'campaignRole.withdrawn',
  'proposal.proposed', 'proposal.planned', 'proposal.done', 'proposal.declined', 'proposal.reopened',
  'definition.proposed', 'definition.signed', 'agreement.proposed', 'agreement.signed', 'goalPlan.proposed', 'goalPlan.signed',
  'incentivePlan.proposed', 'incentivePlan.signed', 'excuse.asked', 'excuse.granted', 'excuse.refused',
  'feedback.given', 'feedback.accepted', 'feedback.explained', 'feedback.disagreed', 'feedback.thanked', 'feedback.confirmed',
  'feedback.reopened', 'feedback.said', 'pulse.opened', 'goal.paceMissed',
  'payoutRun.locked', 'dispute.raised', 'dispute.escalated', 'dispute.corrected', 'dispute.explained',
  'meeting.invited', 'meeting.moved', 'meeting.cancelled', 'meeting.restored', 'meeting.changed', 'meeting.minutesSent',
  'action.given', 'action.reassigned', 'action.closed', 'message.givenUp');
CREATE FUNCTION accord.note_untold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO accord.untold_facts (workspace_id, recorded_at, fact_id) VALUES (NEW.workspace_id, NEW.recorded_at, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER note_untold AFTER INSERT ON accord.facts FOR EACH ROW WHEN (NEW.run_id IS NULL AND accord.is_told(NEW.kind))
  EXECUTE FUNCTION accord.note_untold();
-- One job a transaction, however many facts; at its end, so that it holds the job for a moment only and no two
-- transactions wait for each other's jobs.
CREATE FUNCTION accord.follow_untold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('app.untold', true), '') <> NEW.workspace_id::text THEN
    PERFORM set_config('app.untold', NEW.workspace_id::text, true);
    PERFORM accord.enqueue('notices:follow', json_build_object('workspaceId', NEW.workspace_id), 'notices:follow:' || NEW.workspace_id, NULL, 5,
      'notices:follow:' || NEW.workspace_id);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follow_untold AFTER INSERT ON accord.untold_facts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION accord.follow_untold();
CREATE TABLE accord.notifications (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  -- As people choose by.
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('mention', 'comment', 'announcement', 'clock', 'lead', 'rejection', 'part', 'proposal',
    'signature', 'feedback', 'meeting', 'action', 'goal', 'pay', 'delivery')),
  -- What happened, finer than the kind: many of one are shown as one line (“12 leads were rejected”).
  matter text COLLATE "C" NOT NULL,
  -- The same matter reaches somebody once.
  once_key text COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  opens text COLLATE "C" NOT NULL,
  caused_by uuid,
  at timestamptz NOT NULL DEFAULT now(),
  -- Mail at once waits until the person's quiet hours are over; the digest takes what is not read by then.
  by_mail text COLLATE "C" NOT NULL CHECK (by_mail IN ('atOnce', 'digest', 'never')),
  by_chat boolean NOT NULL,
  in_app boolean NOT NULL,
  due_at timestamptz NOT NULL DEFAULT now(),
  -- When it was handed to the messages that leave the house.
  mailed_at timestamptz,
  chatted_at timestamptz,
  read_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, member_id, once_key),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX notifications_of_member ON accord.notifications (workspace_id, member_id, at DESC, id DESC);
CREATE INDEX notifications_unread ON accord.notifications (workspace_id, member_id, at DESC) WHERE read_at IS NULL AND in_app;
CREATE INDEX notifications_for_digest ON accord.notifications (workspace_id, member_id, at) WHERE by_mail = 'digest' AND mailed_at IS NULL;
CREATE INDEX notifications_to_send ON accord.notifications (workspace_id, due_at)
  WHERE read_at IS NULL AND (by_mail = 'atOnce' AND mailed_at IS NULL OR by_chat AND chatted_at IS NULL);
CREATE INDEX notifications_old ON accord.notifications (workspace_id, at);
-- What a person wants to hear, where and when: {kinds, quietHours, digest}; none: the usual.
CREATE TABLE accord.notification_choices (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  content jsonb NOT NULL DEFAULT '{}',
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, member_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE
);
-- Rooms of Slack and Teams. The address is a secret: sealed, shown to nobody again, and forgotten when the room ends.
CREATE TABLE accord.chat_rooms (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('slack', 'teams')),
  name text COLLATE "C" NOT NULL,
  address_sealed bytea CHECK (address_sealed IS NOT NULL OR ended_at IS NOT NULL),
  -- What goes there: {digest, minutes, announcements, breaches} (features/notices/contract/rooms.ts).
  sends jsonb NOT NULL,
  -- Somebody's own: their notifications go there and nothing else, and nobody else sees it. Null: a room of the company.
  of_member uuid,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX chat_rooms_open ON accord.chat_rooms (workspace_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_own_room ON accord.chat_rooms (workspace_id, of_member) WHERE of_member IS NOT NULL AND ended_at IS NULL;
-- Every message that leaves: mail and chat. Sent by a job; what fails is tried again and told.
CREATE TABLE accord.messages_out (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  channel text COLLATE "C" NOT NULL CHECK (channel IN ('mail', 'slack', 'teams')),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('digest', 'minutes', 'notification', 'announcement', 'breach', 'invitation', 'trial')),
  -- The same message for the same person or room goes out once.
  once_key text COLLATE "C" NOT NULL,
  member_id uuid,
  room_id uuid,
  content jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  -- Not before: quiet hours, the pause after a failure, or somebody is sending it.
  next_at timestamptz NOT NULL DEFAULT now(),
  first_tried_at timestamptz,
  -- Set before it is handed over, cleared with what came of it: where it still stands when the row is taken again, the
  -- sender was killed in between and nobody knows whether it arrived. It is sent again and `maybe_twice` says so.
  sending_since timestamptz,
  maybe_twice boolean NOT NULL DEFAULT false,
  sent_at timestamptz,
  tries int NOT NULL DEFAULT 0,
  failed_because text COLLATE "C",
  given_up_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, channel, once_key),
  CHECK (channel = 'mail' AND member_id IS NOT NULL AND room_id IS NULL OR channel <> 'mail' AND room_id IS NOT NULL AND member_id IS NULL),
  CHECK (sent_at IS NULL OR given_up_at IS NULL),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, room_id) REFERENCES accord.chat_rooms(workspace_id, id)
);
CREATE INDEX messages_waiting ON accord.messages_out (workspace_id, next_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX messages_by_time ON accord.messages_out (workspace_id, at DESC, id DESC);
CREATE INDEX messages_of_room ON accord.messages_out (workspace_id, room_id, at DESC) WHERE room_id IS NOT NULL;

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['announcements','announcement_readers','comments','untold_facts','notifications','notification_choices','chat_rooms','messages_out'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (reminded_at, withdrawn_at) ON accord.announcements TO accord_app;
GRANT UPDATE (acknowledged_at) ON accord.announcement_readers TO accord_app;
GRANT UPDATE (text, mentions, edited_at, removed_at) ON accord.comments TO accord_app;
GRANT UPDATE (tries), DELETE ON accord.untold_facts TO accord_app;
GRANT UPDATE (mailed_at, chatted_at, read_at) ON accord.notifications TO accord_app;
-- Notifications are forgotten after a season.
GRANT DELETE ON accord.notifications TO accord_app;
GRANT UPDATE ON accord.notification_choices TO accord_app;
GRANT UPDATE (name, sends, address_sealed, ended_at) ON accord.chat_rooms TO accord_app;
GRANT UPDATE (next_at, first_tried_at, sending_since, maybe_twice, sent_at, tries, failed_because, given_up_at) ON accord.messages_out TO accord_app;
-- What was sent is forgotten after a month.
GRANT DELETE ON accord.messages_out TO accord_app;
