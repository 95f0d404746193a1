-- The ground: workspaces, people and access, facts, the shared record, intake.
-- Every table of a workspace has workspace_id first in its keys, and row-level security that knows
-- only the workspace of the current transaction. Run by the owner; the product runs as accord_app.

CREATE SCHEMA IF NOT EXISTS accord;
GRANT USAGE ON SCHEMA accord TO accord_app;

CREATE FUNCTION accord.current_workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.workspace', true), '')::uuid;
CREATE FUNCTION accord.current_gate() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('app.gate', true), '');

-- A UUIDv7 made in the database, for facts that a statement derives in bulk.
CREATE FUNCTION accord.new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;
-- The fold of facts into state: later sets win, key by key; null clears.
CREATE AGGREGATE accord.fold_sets(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}');
-- The company's own fields out of folded sets: 'custom.x' becomes x.
CREATE FUNCTION accord.custom_of(sets jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_object_agg(substr(key, 8), value) FILTER (WHERE value <> 'null'::jsonb), '{}') FROM jsonb_each(sets) WHERE key LIKE 'custom.%'
$$;

-- Guards one table: row security for everybody, rows of the current workspace only.
CREATE PROCEDURE accord.guard(table_name text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE accord.%I ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('ALTER TABLE accord.%I FORCE ROW LEVEL SECURITY', table_name);
  EXECUTE format('CREATE POLICY own_workspace ON accord.%I USING (workspace_id = (SELECT accord.current_workspace())) WITH CHECK (workspace_id = (SELECT accord.current_workspace()))', table_name);
END $$;

-- Text is compared by code point (COLLATE "C") whatever the database's own locale is: begins-with searches
-- are index ranges, and order is the same on every machine.

-- ── without a workspace: opened only at a gate ──────────────────────────────
CREATE TABLE accord.workspaces (
  id uuid PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  slug text COLLATE "C" NOT NULL UNIQUE,
  time_zone text COLLATE "C" NOT NULL DEFAULT 'UTC',
  currency text COLLATE "C" NOT NULL DEFAULT 'EUR',
  country text COLLATE "C",
  created_at timestamptz NOT NULL DEFAULT now(),
  settings jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE accord.logins (
  id uuid PRIMARY KEY,
  email text COLLATE "C" NOT NULL,
  email_key text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  password_hash text COLLATE "C",
  created_at timestamptz NOT NULL DEFAULT now(),
  password_changed_at timestamptz
);
CREATE TABLE accord.sessions (
  token_hash bytea PRIMARY KEY,
  login_id uuid NOT NULL REFERENCES accord.logins(id) ON DELETE CASCADE,
  workspace_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  user_agent text COLLATE "C",
  address text COLLATE "C"
);
CREATE INDEX ON accord.sessions (login_id);
CREATE TABLE accord.password_resets (
  token_hash bytea PRIMARY KEY,
  login_id uuid NOT NULL REFERENCES accord.logins(id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE TABLE accord.sign_in_attempts (
  id uuid PRIMARY KEY,
  email_key text COLLATE "C" NOT NULL,
  network text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  succeeded boolean NOT NULL
);
CREATE INDEX ON accord.sign_in_attempts (email_key, at);
CREATE INDEX ON accord.sign_in_attempts (network, at);
-- Which workspace an invitation or an API token belongs to, so that it can be opened before one is known.
CREATE TABLE accord.gate_tokens (
  token_hash bytea PRIMARY KEY,
  purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('invitation', 'api')),
  workspace_id uuid NOT NULL,
  record_id uuid NOT NULL
);
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['workspaces','logins','sessions','password_resets','sign_in_attempts','gate_tokens'] LOOP
    EXECUTE format('ALTER TABLE accord.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE accord.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY at_gate ON accord.%I USING ((SELECT accord.current_gate()) IN (''sign-in'', ''system'')) WITH CHECK ((SELECT accord.current_gate()) IN (''sign-in'', ''system''))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
-- A member reads and renames the own workspace without a gate.
CREATE POLICY own_workspace ON accord.workspaces USING (id = (SELECT accord.current_workspace())) WITH CHECK (id = (SELECT accord.current_workspace()));

-- ── people ──────────────────────────────────────────────────────────────────
CREATE TABLE accord.members (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  login_id uuid,
  name text COLLATE "C" NOT NULL,
  email text COLLATE "C",
  email_key text COLLATE "C",
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales', 'leadership')),
  role text COLLATE "C" NOT NULL CHECK (role IN ('owner', 'admin', 'manager', 'member', 'viewer')),
  job text COLLATE "C",
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  run_id uuid,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX ON accord.members (workspace_id, login_id) WHERE login_id IS NOT NULL;
CREATE INDEX ON accord.members (workspace_id, email_key);
CREATE TABLE accord.teams (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales', 'leadership')),
  region text COLLATE "C",
  manager_id uuid,
  run_id uuid,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name),
  FOREIGN KEY (workspace_id, manager_id) REFERENCES accord.members(workspace_id, id)
);
CREATE TABLE accord.team_members (
  workspace_id uuid NOT NULL,
  team_id uuid NOT NULL,
  member_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, team_id, member_id),
  FOREIGN KEY (workspace_id, team_id) REFERENCES accord.teams(workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX ON accord.team_members (workspace_id, member_id);
CREATE TABLE accord.invitations (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  email text COLLATE "C" NOT NULL,
  email_key text COLLATE "C" NOT NULL,
  name text COLLATE "C",
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales', 'leadership')),
  role text COLLATE "C" NOT NULL CHECK (role IN ('owner', 'admin', 'manager', 'member', 'viewer')),
  member_id uuid,
  invited_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id),
  FOREIGN KEY (workspace_id, invited_by) REFERENCES accord.members(workspace_id, id)
);
CREATE TABLE accord.api_tokens (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  prefix text COLLATE "C" NOT NULL,
  member_id uuid NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
CREATE TABLE accord.idempotency_keys (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  request_hash text COLLATE "C" NOT NULL,
  status int,
  response jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, actor, key)
);
CREATE INDEX ON accord.idempotency_keys (workspace_id, created_at);

-- ── facts ───────────────────────────────────────────────────────────────────
-- Partitioned by the month of recording; accord.ensure_months makes the months.
CREATE TABLE accord.facts (
  workspace_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  subject_kind text COLLATE "C" NOT NULL,
  subject_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  member_id uuid,
  run_id uuid,
  sets jsonb,
  body jsonb,
  PRIMARY KEY (workspace_id, recorded_at, id)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX facts_of_subject ON accord.facts (workspace_id, subject_id, recorded_at, id);

-- ── intake ──────────────────────────────────────────────────────────────────
CREATE TABLE accord.import_runs (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  number int NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('uploaded', 'staging', 'staged', 'applying', 'done', 'failed', 'undone')),
  source text COLLATE "C" NOT NULL,
  dialect text COLLATE "C",
  dry_run boolean NOT NULL DEFAULT false,
  member_id uuid,
  files jsonb NOT NULL DEFAULT '[]',
  recognition jsonb,
  mapping jsonb,
  progress jsonb NOT NULL DEFAULT '{}',
  result jsonb,
  error text COLLATE "C",
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  worker text COLLATE "C",
  heartbeat_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, number)
);
CREATE TABLE accord.import_problems (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  file text COLLATE "C" NOT NULL,
  line bigint,
  column_name text COLLATE "C",
  value text COLLATE "C",
  reason text COLLATE "C" NOT NULL,
  severity text COLLATE "C" NOT NULL CHECK (severity IN ('error', 'warning')),
  cells jsonb,
  PRIMARY KEY (workspace_id, run_id, id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES accord.import_runs(workspace_id, id) ON DELETE CASCADE
);
-- Uploaded files, in parts, so that any server's worker can read them and a backup holds them.
CREATE TABLE accord.import_file_parts (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  file_no int NOT NULL,
  part_no int NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (workspace_id, run_id, file_no, part_no),
  FOREIGN KEY (workspace_id, run_id) REFERENCES accord.import_runs(workspace_id, id) ON DELETE CASCADE
);
CREATE TABLE accord.mappings (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  mapping jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  member_id uuid,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
CREATE INDEX ON accord.mappings (workspace_id, fingerprint);
-- A source's own id of a record. Touches and entries carry a hash of theirs instead (external_key).
CREATE TABLE accord.external_ids (
  workspace_id uuid NOT NULL,
  source text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  record_id uuid NOT NULL,
  run_id uuid,
  PRIMARY KEY (workspace_id, source, kind, external_id)
);
CREATE INDEX ON accord.external_ids (workspace_id, record_id);

-- ── the shared record: state, folded from facts ─────────────────────────────
-- References inside the record carry no foreign keys: they would double the time of a bulk import.
-- Every write resolves its references inside the workspace, and `accord verify` reports a dangling one.
CREATE TABLE accord.accounts (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  domain text COLLATE "C",
  industry text COLLATE "C", segment text COLLATE "C", country text COLLATE "C", city text COLLATE "C", phone text COLLATE "C",
  employees bigint, annual_revenue bigint, currency text COLLATE "C",
  owner_id uuid, opened_at timestamptz,
  custom jsonb NOT NULL DEFAULT '{}',
  merged_into uuid,
  archived_at timestamptz,
  name_key text COLLATE "C", phone_key text COLLATE "C",
  recorded_at timestamptz NOT NULL DEFAULT now(),
  changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX accounts_by_name ON accord.accounts (workspace_id, name_key, id);
CREATE INDEX accounts_by_domain ON accord.accounts (workspace_id, domain);
CREATE INDEX accounts_by_owner ON accord.accounts (workspace_id, owner_id);
CREATE INDEX accounts_by_opened ON accord.accounts (workspace_id, opened_at DESC, id DESC);

CREATE TABLE accord.contacts (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid,
  full_name text COLLATE "C", given_name text COLLATE "C", family_name text COLLATE "C",
  email text COLLATE "C", phone text COLLATE "C", title text COLLATE "C", country text COLLATE "C", city text COLLATE "C",
  owner_id uuid, opened_at timestamptz,
  custom jsonb NOT NULL DEFAULT '{}',
  merged_into uuid,
  archived_at timestamptz,
  name_key text COLLATE "C", family_key text COLLATE "C", email_key text COLLATE "C", phone_key text COLLATE "C",
  recorded_at timestamptz NOT NULL DEFAULT now(),
  changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX contacts_by_email ON accord.contacts (workspace_id, email_key);
CREATE INDEX contacts_by_phone ON accord.contacts (workspace_id, phone_key);
CREATE INDEX contacts_by_name ON accord.contacts (workspace_id, name_key, id);
CREATE INDEX contacts_by_family ON accord.contacts (workspace_id, family_key);
CREATE INDEX contacts_of_account ON accord.contacts (workspace_id, account_id);
CREATE INDEX contacts_by_opened ON accord.contacts (workspace_id, opened_at DESC, id DESC);

CREATE TABLE accord.campaigns (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  channel text COLLATE "C", type text COLLATE "C", status text COLLATE "C",
  starts_on date, ends_on date,
  budget bigint, currency text COLLATE "C", owner_id uuid,
  custom jsonb NOT NULL DEFAULT '{}',
  merged_into uuid,
  archived_at timestamptz,
  name_key text COLLATE "C",
  recorded_at timestamptz NOT NULL DEFAULT now(),
  changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX campaigns_by_name ON accord.campaigns (workspace_id, name_key, id);

-- Greatest stage time decides the stage; won and lost win a tie, then the later stage.
CREATE FUNCTION accord.stage_of(opened timestamptz, mql timestamptz, sal timestamptz, sql timestamptz, deal timestamptz,
  won timestamptz, lost timestamptz, rejected timestamptz, recycled timestamptz, disqualified timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE greatest(mql, sal, sql, deal, won, lost, rejected, recycled, disqualified)
    WHEN won THEN 'won' WHEN lost THEN 'lost' WHEN disqualified THEN 'disqualified' WHEN recycled THEN 'recycled'
    WHEN rejected THEN 'rejected' WHEN deal THEN 'deal' WHEN sql THEN 'sql' WHEN sal THEN 'sal' WHEN mql THEN 'mql'
    ELSE 'inquiry' END
$$;
CREATE TABLE accord.leads (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  contact_id uuid, account_id uuid, campaign_id uuid, previous_lead_id uuid,
  owner_id uuid, qualifier_id uuid,
  opened_at timestamptz, mql_at timestamptz, sal_at timestamptz, sql_at timestamptz, deal_at timestamptz,
  won_at timestamptz, lost_at timestamptz, rejected_at timestamptz, recycled_at timestamptz, disqualified_at timestamptz,
  cycle bigint, value bigint,
  recycled_until date,
  name text COLLATE "C", company text COLLATE "C", email text COLLATE "C", phone text COLLATE "C", title text COLLATE "C", country text COLLATE "C", city text COLLATE "C",
  origin text COLLATE "C", channel text COLLATE "C", segment text COLLATE "C", landing_page text COLLATE "C", status text COLLATE "C",
  rejected_reason text COLLATE "C", disqualified_reason text COLLATE "C", lost_reason text COLLATE "C", currency text COLLATE "C",
  custom jsonb NOT NULL DEFAULT '{}',
  archived_at timestamptz,
  name_key text COLLATE "C", company_key text COLLATE "C", email_key text COLLATE "C", phone_key text COLLATE "C",
  stage text COLLATE "C" NOT NULL GENERATED ALWAYS AS (accord.stage_of(opened_at, mql_at, sal_at, sql_at, deal_at, won_at, lost_at, rejected_at, recycled_at, disqualified_at)) STORED,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX leads_by_opened ON accord.leads (workspace_id, opened_at DESC, id DESC);
CREATE INDEX leads_by_stage ON accord.leads (workspace_id, stage, opened_at DESC, id DESC);
CREATE INDEX leads_by_owner ON accord.leads (workspace_id, owner_id, opened_at DESC, id DESC);
CREATE INDEX leads_by_name ON accord.leads (workspace_id, name_key, id);
CREATE INDEX leads_by_company ON accord.leads (workspace_id, company_key);
CREATE INDEX leads_by_email ON accord.leads (workspace_id, email_key);
CREATE INDEX leads_of_contact ON accord.leads (workspace_id, contact_id);
CREATE INDEX leads_of_account ON accord.leads (workspace_id, account_id);
CREATE INDEX leads_of_campaign ON accord.leads (workspace_id, campaign_id, opened_at DESC, id DESC);
CREATE INDEX leads_by_change ON accord.leads (workspace_id, changed_xid);

CREATE TABLE accord.deals (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid, contact_id uuid, lead_id uuid, campaign_id uuid, owner_id uuid, qualifier_id uuid,
  name text COLLATE "C" NOT NULL, type text COLLATE "C", pipeline text COLLATE "C", stage text COLLATE "C",
  status text COLLATE "C" NOT NULL CHECK (status IN ('open', 'won', 'lost')),
  product text COLLATE "C", segment text COLLATE "C",
  amount bigint, currency text COLLATE "C", probability_percent numeric(5, 2),
  opened_at timestamptz, expected_close_on date, closed_at timestamptz,
  lost_reason text COLLATE "C",
  custom jsonb NOT NULL DEFAULT '{}',
  archived_at timestamptz,
  name_key text COLLATE "C",
  recorded_at timestamptz NOT NULL DEFAULT now(),
  changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX deals_by_opened ON accord.deals (workspace_id, opened_at DESC, id DESC);
CREATE INDEX deals_by_status ON accord.deals (workspace_id, status, opened_at DESC, id DESC);
CREATE INDEX deals_by_owner ON accord.deals (workspace_id, owner_id, opened_at DESC, id DESC);
CREATE INDEX deals_by_amount ON accord.deals (workspace_id, amount DESC, id DESC);
CREATE INDEX deals_by_name ON accord.deals (workspace_id, name_key, id);
CREATE INDEX deals_of_account ON accord.deals (workspace_id, account_id);
CREATE INDEX deals_of_lead ON accord.deals (workspace_id, lead_id);
CREATE INDEX deals_of_contact ON accord.deals (workspace_id, contact_id);
CREATE INDEX deals_of_campaign ON accord.deals (workspace_id, campaign_id);

CREATE TABLE accord.campaign_members (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  contact_id uuid, lead_id uuid,
  status text COLLATE "C",
  joined_at timestamptz, responded_at timestamptz,
  custom jsonb NOT NULL DEFAULT '{}',
  archived_at timestamptz,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX campaign_members_of_campaign ON accord.campaign_members (workspace_id, campaign_id, id);
CREATE INDEX campaign_members_of_contact ON accord.campaign_members (workspace_id, contact_id);
CREATE INDEX campaign_members_of_lead ON accord.campaign_members (workspace_id, lead_id);

-- ── entries: facts in tables of their own ───────────────────────────────────
-- Touches are partitioned by the month they occurred in. external_key is a 64-bit hash of the
-- source's own id (or of the content where there is none), by which an import knows them again.
CREATE TABLE accord.touches (
  workspace_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  id uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  lead_id uuid, contact_id uuid, account_id uuid, deal_id uuid, campaign_id uuid, member_id uuid,
  run_id uuid, voided_by uuid,
  external_key bigint,
  automated boolean,
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales', 'customer')),
  kind text COLLATE "C" NOT NULL,
  channel text COLLATE "C", direction text COLLATE "C", outcome text COLLATE "C", subject text COLLATE "C",
  custom jsonb,
  PRIMARY KEY (workspace_id, occurred_at, id)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX touches_of_lead ON accord.touches (workspace_id, lead_id, occurred_at) WHERE lead_id IS NOT NULL;
CREATE INDEX touches_of_contact ON accord.touches (workspace_id, contact_id, occurred_at) WHERE contact_id IS NOT NULL;
CREATE INDEX touches_of_account ON accord.touches (workspace_id, account_id, occurred_at) WHERE account_id IS NOT NULL;
CREATE INDEX touches_of_deal ON accord.touches (workspace_id, deal_id, occurred_at) WHERE deal_id IS NOT NULL;

CREATE TABLE accord.revenue_entries (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  occurred_on date NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  account_id uuid NOT NULL, deal_id uuid,
  run_id uuid, voided_by uuid, external_key bigint,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('new', 'renewal', 'expansion', 'contraction', 'refund')),
  amount bigint NOT NULL, currency text COLLATE "C" NOT NULL,
  product text COLLATE "C", description text COLLATE "C", custom jsonb,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX revenue_of_account ON accord.revenue_entries (workspace_id, account_id, occurred_on);
CREATE INDEX revenue_of_deal ON accord.revenue_entries (workspace_id, deal_id) WHERE deal_id IS NOT NULL;
CREATE TABLE accord.deal_stages (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  deal_id uuid NOT NULL,
  stage text COLLATE "C" NOT NULL,
  entered_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  run_id uuid, voided_by uuid, external_key bigint,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX stages_of_deal ON accord.deal_stages (workspace_id, deal_id, entered_at);

-- ── how people look at it ───────────────────────────────────────────────────
CREATE TABLE accord.custom_fields (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  kind text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  label text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL CHECK (type IN ('text', 'number', 'boolean', 'day')),
  run_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, kind, key)
);
CREATE TABLE accord.saved_views (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  member_id uuid NOT NULL,
  shared boolean NOT NULL DEFAULT false,
  query jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES accord.members(workspace_id, id)
);
-- A bulk edit keeps what it changed, so that it can be undone.
CREATE TABLE accord.bulk_edits (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  member_id uuid NOT NULL,
  sets jsonb NOT NULL,
  changes jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
-- Pairs a person has said are not the same.
CREATE TABLE accord.not_duplicates (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  kind text COLLATE "C" NOT NULL,
  one_id uuid NOT NULL,
  other_id uuid NOT NULL,
  member_id uuid,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, kind, one_id, other_id)
);

-- ── months ──────────────────────────────────────────────────────────────────
CREATE FUNCTION accord.ensure_month(table_name text, month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  first_day date := date_trunc('month', month)::date;
  part text := table_name || '_' || to_char(first_day, 'YYYYMM');
BEGIN
  IF table_name NOT IN ('touches', 'facts') OR first_day < '2010-01-01' OR first_day >= '2050-01-01' THEN RETURN; END IF;
  IF to_regclass('accord.' || part) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('accord.ensure_month'));
  IF to_regclass('accord.' || part) IS NOT NULL THEN RETURN; END IF;
  -- Made beside and attached: CREATE … PARTITION OF would lock out every reader of the parent.
  EXECUTE format('CREATE TABLE accord.%I (LIKE accord.%I INCLUDING ALL)', part, table_name);
  EXECUTE format('ALTER TABLE accord.%I ATTACH PARTITION accord.%I FOR VALUES FROM (%L) TO (%L)', table_name, part,
    first_day || ' 00:00:00+00', (first_day + interval '1 month')::date || ' 00:00:00+00');
  EXECUTE format('ALTER TABLE accord.%I ENABLE ROW LEVEL SECURITY', part);
  EXECUTE format('ALTER TABLE accord.%I FORCE ROW LEVEL SECURITY', part);
END $$;
REVOKE ALL ON FUNCTION accord.ensure_month(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accord.ensure_month(text, date) TO accord_app;
CREATE TABLE accord.touches_before PARTITION OF accord.touches FOR VALUES FROM (MINVALUE) TO ('2010-01-01 00:00:00+00');
CREATE TABLE accord.touches_after PARTITION OF accord.touches FOR VALUES FROM ('2050-01-01 00:00:00+00') TO (MAXVALUE);
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['touches_before','touches_after'] LOOP
    EXECUTE format('ALTER TABLE accord.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE accord.%I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['members','teams','team_members','invitations','api_tokens','idempotency_keys','facts','import_runs','import_problems','import_file_parts',
    'mappings','external_ids','accounts','contacts','campaigns','leads','deals','campaign_members','touches','revenue_entries','deal_stages',
    'custom_fields','saved_views','bulk_edits','not_duplicates'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
    IF t NOT IN ('facts','touches','revenue_entries','deal_stages') THEN
      EXECUTE format('GRANT UPDATE, DELETE ON accord.%I TO accord_app', t);
    END IF;
  END LOOP;
END $$;
GRANT UPDATE (voided_by) ON accord.touches, accord.revenue_entries, accord.deal_stages TO accord_app;

-- ── jobs ────────────────────────────────────────────────────────────────────
-- The queue lives in the owner's schema graphile_worker (made by the worker's own migrations, before
-- ours run); the application role reaches it only through this function.
CREATE FUNCTION accord.enqueue(task text, payload json, key text, run_at timestamptz, max_attempts int, queue text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(task, payload, queue_name => queue, run_at => coalesce(run_at, now()), max_attempts => max_attempts, job_key => key);
END $$;
REVOKE ALL ON FUNCTION accord.enqueue(text, json, text, timestamptz, int, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accord.enqueue(text, json, text, timestamptz, int, text) TO accord_app;
