-- Returns: what both sides cost (ledger, rates, budgets, keys, closed periods) and who brought what (journeys,
-- credits, estimates). Append-only where a row is itself a fact; projections say so.

-- ── the ledger ──────────────────────────────────────────────────────────────
-- A cost is a fact: inserted once, corrected by a reversing entry, never edited. `booked` is the amount in the
-- workspace's currency by the rate that stands beside it; null until there is a rate. `team` is the source's word for
-- `team_id`. `people`: how many persons' pay is in it, where it is pay.
CREATE TABLE accord.cost_entries (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  occurred_on date NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales')),
  category text COLLATE "C" NOT NULL CHECK (category IN
    ('media', 'agency', 'event', 'content', 'tools', 'salaries', 'commissions', 'travel', 'entertainment', 'samples', 'misc')),
  amount bigint NOT NULL, currency text COLLATE "C" NOT NULL,
  campaign_id uuid, account_id uuid, member_id uuid, team_id uuid,
  team text COLLATE "C", segment text COLLATE "C", channel text COLLATE "C",
  people bigint CHECK (people > 0),
  supplier text COLLATE "C", description text COLLATE "C", custom jsonb,
  run_id uuid, voided_by uuid, external_key bigint,
  recorded_by uuid, recurring_id uuid,
  -- The entry this one takes back, and of an entry the one that took it back.
  reverses_id uuid, reversed_by uuid, reason text COLLATE "C",
  rate numeric, rate_on date, booked bigint, booked_currency text COLLATE "C",
  changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX costs_by_day ON accord.cost_entries (workspace_id, occurred_on DESC, id DESC);
CREATE INDEX costs_of_campaign ON accord.cost_entries (workspace_id, campaign_id, occurred_on) WHERE campaign_id IS NOT NULL;
CREATE INDEX costs_of_account ON accord.cost_entries (workspace_id, account_id, occurred_on) WHERE account_id IS NOT NULL;
CREATE INDEX costs_by_key ON accord.cost_entries (workspace_id, external_key) WHERE external_key IS NOT NULL;
CREATE INDEX costs_not_booked ON accord.cost_entries (workspace_id, currency, occurred_on) WHERE booked IS NULL;
CREATE UNIQUE INDEX costs_reversed_once ON accord.cost_entries (workspace_id, reverses_id) WHERE reverses_id IS NOT NULL AND voided_by IS NULL;
CREATE UNIQUE INDEX costs_recurring_once ON accord.cost_entries (workspace_id, recurring_id, occurred_on) WHERE recurring_id IS NOT NULL AND reverses_id IS NULL;

CREATE TABLE accord.recurring_costs (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  every text COLLATE "C" NOT NULL CHECK (every IN ('month', 'quarter', 'year')),
  starts_on date NOT NULL,
  ends_on date CHECK (ends_on >= starts_on),
  content jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  ended_at timestamptz, ended_by uuid,
  PRIMARY KEY (workspace_id, id)
);

-- Units of the workspace's currency for one unit of `currency` from this day on; the last recorded of a day counts.
CREATE TABLE accord.exchange_rates (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  currency text COLLATE "C" NOT NULL,
  into_currency text COLLATE "C" NOT NULL,
  on_day date NOT NULL,
  rate numeric NOT NULL CHECK (rate > 0),
  source text COLLATE "C",
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX rates_by_day ON accord.exchange_rates (workspace_id, currency, on_day DESC, recorded_at DESC);

-- A month that is closed takes no entries. A reopening is a second date on the closing, with its reason.
CREATE TABLE accord.period_closings (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  closed_at timestamptz NOT NULL DEFAULT now(),
  closed_by uuid,
  -- What was closed: totals by side and category, number and hash of the entries, allocations in force.
  closed jsonb NOT NULL,
  reopened_at timestamptz, reopened_by uuid, reopened_because text COLLATE "C",
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX one_closing ON accord.period_closings (workspace_id, month) WHERE reopened_at IS NULL;

-- The database itself keeps entries out of closed months, whoever writes them: closing takes the month's lock alone,
-- writing shares it.
CREATE FUNCTION accord.month_lock(workspace uuid, month date) RETURNS bigint LANGUAGE sql IMMUTABLE AS
  $$ SELECT hashtextextended('accord.month ' || workspace::text || to_char(month::timestamp, 'YYYY-MM'), 0) $$;
CREATE FUNCTION accord.refuse_closed_month() RETURNS trigger LANGUAGE plpgsql SET search_path = accord, pg_catalog, pg_temp AS $$
DECLARE closed date;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(accord.month_lock(m.workspace_id, m.month))
    FROM (SELECT DISTINCT workspace_id, date_trunc('month', occurred_on)::date AS month FROM changed ORDER BY 1, 2) m;
  SELECT min(c.month) INTO closed FROM accord.period_closings c
    WHERE c.reopened_at IS NULL AND (c.workspace_id, c.month) IN (SELECT workspace_id, date_trunc('month', occurred_on)::date FROM changed);
  IF closed IS NOT NULL THEN
    RAISE EXCEPTION 'the month % is closed', to_char(closed, 'YYYY-MM') USING ERRCODE = 'AC001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER closed_month_insert AFTER INSERT ON accord.cost_entries REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_closed_month();
-- Pointing from an entry of a closed month to its reversal in an open one is fine; taking one out of account is not.
CREATE FUNCTION accord.refuse_closed_change() RETURNS trigger LANGUAGE plpgsql SET search_path = accord, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(accord.month_lock(m.workspace_id, m.month))
    FROM (SELECT DISTINCT workspace_id, date_trunc('month', occurred_on)::date AS month FROM changed ORDER BY 1, 2) m;
  IF EXISTS (SELECT FROM changed n JOIN before o ON o.workspace_id = n.workspace_id AND o.id = n.id
      JOIN accord.period_closings c ON c.workspace_id = n.workspace_id AND c.month = date_trunc('month', n.occurred_on)::date AND c.reopened_at IS NULL
      WHERE (n.voided_by, n.booked) IS DISTINCT FROM (o.voided_by, o.booked)) THEN
    RAISE EXCEPTION 'a month is closed' USING ERRCODE = 'AC001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER closed_month_update AFTER UPDATE ON accord.cost_entries REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_closed_change();

-- A line of a budget; a changed one is a new row, and the old one says when it ended.
CREATE TABLE accord.budgets (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  side text COLLATE "C" NOT NULL CHECK (side IN ('marketing', 'sales')),
  category text COLLATE "C", campaign_id uuid, team_id uuid,
  amount bigint NOT NULL CHECK (amount >= 0), currency text COLLATE "C" NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  superseded_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX budget_lines ON accord.budgets (workspace_id, month, side, category, campaign_id, team_id) NULLS NOT DISTINCT WHERE superseded_at IS NULL;

-- How shared costs are spread; each version stands, and the one of a month is the last that begins by then.
CREATE TABLE accord.allocation_keys (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  key_id uuid NOT NULL,
  number int NOT NULL,
  name text COLLATE "C" NOT NULL,
  content jsonb NOT NULL,
  effective_from date NOT NULL CHECK (extract(day FROM effective_from) = 1),
  retired boolean NOT NULL DEFAULT false,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, key_id, number)
);

-- ── attribution ─────────────────────────────────────────────────────────────
-- How journeys are read (basis, conversion, look-back, half-life, channel rules), version by version. One counts once
-- it is built; while the next is being built the one before goes on counting.
CREATE TABLE accord.attribution_settings (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  number int NOT NULL,
  content jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  built_at timestamptz,
  -- How far a first build has come, {done, of}.
  progress jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, number)
);
-- Records on which journeys rest and that changed, as lead_backlog.
CREATE TABLE accord.journey_backlog (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" CHECK (kind IN ('lead', 'contact', 'account', 'deal')),
  record_id uuid,
  everything boolean NOT NULL DEFAULT false,
  after uuid,
  noted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CHECK (everything OR (record_id IS NOT NULL AND kind IS NOT NULL))
);
-- A projection: the journeys of a unit (account, contact, lead or deal) in order; the one after its last conversion is
-- open. `touches` holds the coded columns of its touches, one after the other; see returns/queries/journey-bytes.ts.
CREATE TABLE accord.journeys (
  workspace_id uuid NOT NULL,
  setting int NOT NULL,
  unit_id uuid NOT NULL,
  place int NOT NULL,
  first_at timestamptz, converted_at timestamptz,
  conversion_id uuid,
  amount bigint,
  account_id uuid, contact_id uuid, lead_id uuid, deal_id uuid,
  segment text COLLATE "C",
  touch_count int NOT NULL,
  touches bytea NOT NULL,
  -- A journey that is no more stays as a stone, so that whoever keeps columns sees it go.
  gone boolean NOT NULL DEFAULT false,
  changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (workspace_id, setting, unit_id, place)
);
CREATE INDEX journeys_by_change ON accord.journeys (workspace_id, setting, changed_xid) INCLUDE (gone);
CREATE INDEX journeys_by_conversion ON accord.journeys (workspace_id, setting, conversion_id) WHERE conversion_id IS NOT NULL;
-- The words behind the codes in `journeys.touches`.
CREATE TABLE accord.journey_words (
  workspace_id uuid NOT NULL,
  setting int NOT NULL,
  dimension text COLLATE "C" NOT NULL CHECK (dimension IN ('channel', 'campaign', 'content', 'member')),
  code int NOT NULL,
  word text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, setting, dimension, code)
);
CREATE UNIQUE INDEX journey_words_once ON accord.journey_words (workspace_id, setting, dimension, word);
-- A projection: what each touch of a converting journey earns by each rule model, minor units of the workspace's
-- currency; of one conversion and one model they add up to its amount.
CREATE TABLE accord.attribution_credits (
  workspace_id uuid NOT NULL,
  setting int NOT NULL,
  unit_id uuid NOT NULL,
  place int NOT NULL,
  touch_no int NOT NULL,
  touch_id uuid NOT NULL, touch_at timestamptz NOT NULL,
  converted_at timestamptz NOT NULL, conversion_id uuid NOT NULL,
  side text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, channel text COLLATE "C" NOT NULL,
  content text COLLATE "C", segment text COLLATE "C",
  campaign_id uuid, member_id uuid,
  first bigint NOT NULL, last bigint NOT NULL, linear bigint NOT NULL, u bigint NOT NULL, w bigint NOT NULL, z bigint NOT NULL,
  j bigint NOT NULL, inverse_j bigint NOT NULL, time_decay bigint NOT NULL,
  PRIMARY KEY (workspace_id, setting, unit_id, place, touch_no)
);
CREATE INDEX credits_of_conversion ON accord.attribution_credits (workspace_id, setting, conversion_id);
CREATE INDEX credits_by_time ON accord.attribution_credits (workspace_id, setting, converted_at DESC, conversion_id, touch_no);
-- What data-driven models answered, kept with the state of the data they were asked of. May be thrown away.
CREATE TABLE accord.attribution_estimates (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  setting int NOT NULL,
  question jsonb NOT NULL,
  question_key text COLLATE "C" NOT NULL,
  stamp text COLLATE "C" NOT NULL,
  answer jsonb,
  progress jsonb NOT NULL DEFAULT '{}',
  asked_at timestamptz NOT NULL DEFAULT now(),
  answered_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, setting, question_key)
);

-- What figures rest on beside the records (gross margin, how revenue is read): the last one recorded counts.
CREATE TABLE accord.figure_settings (
  workspace_id uuid NOT NULL REFERENCES accord.workspaces(id) ON DELETE CASCADE,
  id uuid NOT NULL,
  content jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  PRIMARY KEY (workspace_id, id)
);

-- ── what figures are counted over: kept as columns in memory, brought up to date by what changed ──────────────────
CREATE INDEX deals_by_change ON accord.deals (workspace_id, changed_xid);
ALTER TABLE accord.revenue_entries ADD COLUMN changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX revenue_by_change ON accord.revenue_entries (workspace_id, changed_xid);
CREATE INDEX costs_by_change ON accord.cost_entries (workspace_id, changed_xid);
CREATE INDEX accounts_by_change ON accord.accounts (workspace_id, changed_xid);
-- Taking an entry out of account is a change as well.
CREATE FUNCTION accord.mark_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed_xid := pg_current_xact_id(); RETURN NEW; END $$;
CREATE TRIGGER mark_changed BEFORE UPDATE ON accord.revenue_entries FOR EACH ROW EXECUTE FUNCTION accord.mark_changed();
CREATE TRIGGER mark_changed BEFORE UPDATE ON accord.cost_entries FOR EACH ROW EXECUTE FUNCTION accord.mark_changed();

-- ── rights ──────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['cost_entries','recurring_costs','exchange_rates','period_closings','budgets','allocation_keys','attribution_settings',
    'journey_backlog','journeys','journey_words','attribution_credits','attribution_estimates','figure_settings'] LOOP
    CALL accord.guard(t);
    EXECUTE format('GRANT SELECT, INSERT ON accord.%I TO accord_app', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['journey_backlog','journeys','journey_words','attribution_credits','attribution_estimates'] LOOP
    EXECUTE format('GRANT UPDATE, DELETE ON accord.%I TO accord_app', t);
  END LOOP;
END $$;
GRANT UPDATE (voided_by, reversed_by, rate, rate_on, booked, booked_currency) ON accord.cost_entries TO accord_app;
GRANT UPDATE (ended_at, ended_by) ON accord.recurring_costs TO accord_app;
GRANT UPDATE (reopened_at, reopened_by, reopened_because) ON accord.period_closings TO accord_app;
GRANT UPDATE (superseded_at) ON accord.budgets TO accord_app;
GRANT UPDATE (built_at, progress) ON accord.attribution_settings TO accord_app;
