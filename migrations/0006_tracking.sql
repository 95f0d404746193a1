-- Tracking: a company's sites, the events of their visitors, hosted forms, inbound webhooks, and how they become
-- touches of leads. What could identify a visitor stands in few places: `visitor` (a keyed hash, only after
-- consent), `day_visitor` (a hash by a salt that is deleted with its day), `click_id`. Network addresses and user
-- agents stand nowhere.

-- Which workspace a public key belongs to: sites, forms, hooks, tracked links (`link` also of the library).
ALTER TABLE accord.gate_tokens DROP CONSTRAINT gate_tokens_purpose_check;
ALTER TABLE accord.gate_tokens ADD CONSTRAINT gate_tokens_purpose_check
  CHECK (purpose IN ('invitation', 'api', 'site', 'form', 'hook', 'link'));

CREATE TABLE accord.tracking_sites (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  -- Host names; one stands for its subdomains too.
  domains text[] NOT NULL,
  key text COLLATE "C" NOT NULL,
  -- Where consent comes from: `call` (the page says so), `mode` (a consent-mode call on the page's data layer).
  consent text COLLATE "C" NOT NULL CHECK (consent IN ('call', 'mode')),
  -- Sealed; signs the tokens by which the company's own pages say who is signed in.
  identity_secret bytea,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX tracking_sites_by_name ON accord.tracking_sites (workspace_id, name) WHERE archived_at IS NULL;

-- One a day and workspace, by which that day's visitors are hashed; deleted when the day (UTC) is over.
CREATE TABLE accord.tracking_salts (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  day date NOT NULL,
  salt bytea NOT NULL,
  PRIMARY KEY (workspace_id, day)
);

-- One row an event; `id` is the page's own, so that a repeated one is known. Rows are not changed, but for
-- `day_visitor`, dropped when its day is over, `visitor`, dropped when consent is revoked, and `visit_id`.
CREATE TABLE accord.tracking_events (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  site_id uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  occurred_at timestamptz NOT NULL,
  -- Whether it came from outside the site: by a link, an ad, or typed in.
  entry boolean NOT NULL,
  path text COLLATE "C" NOT NULL,
  referrer_host text COLLATE "C", referrer_path text COLLATE "C",
  source text COLLATE "C", medium text COLLATE "C", campaign text COLLATE "C", term text COLLATE "C", content text COLLATE "C",
  click_kind text COLLATE "C", click_id text COLLATE "C",
  -- The group it counted in when it came: the company's own rules, then the published ones.
  channel text COLLATE "C",
  day_visitor bytea,
  visitor bytea,
  visit_id uuid,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX tracking_events_by_time ON accord.tracking_events (workspace_id, received_at DESC, id DESC);
CREATE INDEX tracking_events_of_day ON accord.tracking_events (workspace_id, site_id, day_visitor, occurred_at) WHERE day_visitor IS NOT NULL;
CREATE INDEX tracking_events_of_visitor ON accord.tracking_events (workspace_id, site_id, visitor, occurred_at) WHERE visitor IS NOT NULL;
CREATE INDEX tracking_events_of_visit ON accord.tracking_events (workspace_id, visit_id) WHERE visit_id IS NOT NULL;

-- What came, by day (UTC), of a site, form or hook: the only trace of visitors who ask not to be tracked, of
-- machines, and of what was refused. `label`: the channel, or why.
CREATE TABLE accord.tracking_counts (
  workspace_id uuid NOT NULL,
  source_id uuid NOT NULL,
  day date NOT NULL,
  outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('seen', 'private', 'bot', 'refused')),
  label text COLLATE "C" NOT NULL,
  count bigint NOT NULL,
  last_at timestamptz NOT NULL DEFAULT now(),
  -- Of what was refused: the host it came from.
  example text COLLATE "C",
  PRIMARY KEY (workspace_id, source_id, day, outcome, label)
);
CREATE INDEX tracking_counts_by_day ON accord.tracking_counts (workspace_id, day);

-- Whose a visitor is. Of the cookieless, only while their day lasts.
CREATE TABLE accord.tracking_known (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  site_id uuid NOT NULL,
  visitor bytea NOT NULL,
  cookie boolean NOT NULL,
  contact_id uuid NOT NULL,
  lead_id uuid,
  known_by text COLLATE "C" NOT NULL CHECK (known_by IN ('form', 'link', 'identity')),
  known_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, site_id, visitor, contact_id)
);
CREATE INDEX tracking_known_of_contact ON accord.tracking_known (workspace_id, contact_id);

-- A visit of somebody known, as its touch tells it.
CREATE TABLE accord.tracking_visits (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  site_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  lead_id uuid,
  touch_id uuid NOT NULL,
  campaign_id uuid,
  channel text COLLATE "C", source text COLLATE "C", medium text COLLATE "C", campaign text COLLATE "C", click_kind text COLLATE "C",
  started_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  pages int NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX tracking_visits_of_contact ON accord.tracking_visits (workspace_id, contact_id, started_at DESC, id DESC);

CREATE TABLE accord.tracking_links (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  token_hash bytea NOT NULL,
  contact_id uuid NOT NULL,
  lead_id uuid,
  campaign_id uuid,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, token_hash)
);

-- ── forms and hooks ─────────────────────────────────────────────────────────
CREATE TABLE accord.tracking_forms (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  site_id uuid,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, site_id) REFERENCES accord.tracking_sites(workspace_id, id)
);
CREATE UNIQUE INDEX tracking_forms_by_name ON accord.tracking_forms (workspace_id, name) WHERE archived_at IS NULL;
-- What was asked, and to what somebody agreed, stays as it was: a submission names its version.
CREATE TABLE accord.tracking_form_versions (
  workspace_id uuid NOT NULL,
  form_id uuid NOT NULL,
  number int NOT NULL,
  content jsonb NOT NULL,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, form_id, number),
  FOREIGN KEY (workspace_id, form_id) REFERENCES accord.tracking_forms(workspace_id, id) ON DELETE CASCADE
);
CREATE TABLE accord.tracking_hooks (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  -- How the sender proves itself: a signature over time and body, or a secret it sends along.
  proof text COLLATE "C" NOT NULL CHECK (proof IN ('signature', 'secret')),
  -- Sealed.
  secret bytea NOT NULL,
  mapping jsonb NOT NULL DEFAULT '[]',
  campaign_id uuid,
  origin text COLLATE "C",
  active boolean NOT NULL DEFAULT false,
  -- The last body that came, as text, to map from.
  sample text COLLATE "C",
  sample_at timestamptz,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX tracking_hooks_by_name ON accord.tracking_hooks (workspace_id, name) WHERE archived_at IS NULL;

-- What somebody sent, as sent. What became of it stands beside it.
CREATE TABLE accord.tracking_submissions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  source_kind text COLLATE "C" NOT NULL CHECK (source_kind IN ('form', 'hook')),
  source_id uuid NOT NULL,
  -- Of the form that was filled in.
  version int,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- By the form's fields, or the hook's body; never changed.
  sent jsonb NOT NULL,
  -- Values by record field as somebody mended them.
  mended jsonb,
  consented boolean,
  -- Sent under Global Privacy Control or Do Not Track: joined to nothing that came before.
  private boolean NOT NULL,
  site_id uuid,
  day_visitor bytea,
  link_hash bytea,
  -- Where the form was opened from.
  source text COLLATE "C", medium text COLLATE "C", campaign text COLLATE "C", channel text COLLATE "C",
  -- A hook's delivery: its id, or a hash of its body.
  delivery bytea,
  state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'taken', 'failed')),
  reason text COLLATE "C",
  contact_id uuid,
  lead_id uuid,
  touch_id uuid,
  -- Whether it made the lead, or came to one that was open.
  made_lead boolean,
  followed_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX tracking_submissions_by_time ON accord.tracking_submissions (workspace_id, received_at DESC, id DESC);
CREATE INDEX tracking_submissions_of_source ON accord.tracking_submissions (workspace_id, source_id, received_at DESC, id DESC);
CREATE INDEX tracking_submissions_open ON accord.tracking_submissions (workspace_id, state, received_at DESC, id DESC) WHERE state <> 'taken';
CREATE INDEX tracking_submissions_of_lead ON accord.tracking_submissions (workspace_id, lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX tracking_submissions_by_delivery ON accord.tracking_submissions (workspace_id, source_id, delivery, received_at) WHERE delivery IS NOT NULL;

-- What waits to be joined; written with what it is about, worked off by the job tracking:follow.
CREATE TABLE accord.tracking_backlog (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('submission', 'visitor', 'link', 'identity', 'revoked')),
  submission_id uuid,
  site_id uuid,
  day_visitor bytea,
  visitor bytea,
  link_hash bytea,
  -- Normalised, of a signed token; gone with the row.
  email_key text COLLATE "C",
  noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (workspace_id, id)
);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['tracking_sites','tracking_salts','tracking_events','tracking_counts','tracking_known','tracking_visits','tracking_links',
    'tracking_forms','tracking_form_versions','tracking_hooks','tracking_submissions','tracking_backlog'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['tracking_salts','tracking_events','tracking_known','tracking_links','tracking_backlog'] LOOP
    EXECUTE format('GRANT DELETE ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (name, domains, consent, identity_secret, archived_at) ON accord.tracking_sites TO accord_app;
GRANT UPDATE (day_visitor, visitor, visit_id, click_id) ON accord.tracking_events TO accord_app;
GRANT UPDATE (count, last_at, example) ON accord.tracking_counts TO accord_app;
GRANT UPDATE (lead_id, known_at, known_by) ON accord.tracking_known TO accord_app;
GRANT UPDATE (last_at, pages) ON accord.tracking_visits TO accord_app;
GRANT UPDATE (name, site_id, archived_at) ON accord.tracking_forms TO accord_app;
GRANT UPDATE (name, proof, secret, mapping, campaign_id, origin, active, sample, sample_at, archived_at) ON accord.tracking_hooks TO accord_app;
GRANT UPDATE (mended, state, reason, contact_id, lead_id, touch_id, made_lead, followed_at, day_visitor, link_hash) ON accord.tracking_submissions TO accord_app;
