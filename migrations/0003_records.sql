-- Indexes for the lists of records: each filter that stands in a list's bar, followed by the default
-- order, so that a rare value is found and a common one is read in order; each sort with the id that
-- breaks its ties. Sparse columns are indexed only where they hold something. What every list asks
-- (archived, merged) is carried along, so that totals are counted in the index without the rows.

DROP INDEX accord.leads_by_opened, accord.leads_by_stage, accord.leads_by_owner, accord.leads_of_campaign, accord.leads_by_company, accord.leads_by_email;
CREATE INDEX leads_by_opened ON accord.leads (workspace_id, opened_at DESC, id DESC) INCLUDE (archived_at);
CREATE INDEX leads_by_stage ON accord.leads (workspace_id, stage, opened_at DESC, id DESC) INCLUDE (archived_at);
CREATE INDEX leads_by_owner ON accord.leads (workspace_id, owner_id, opened_at DESC, id DESC) INCLUDE (archived_at);
CREATE INDEX leads_by_origin ON accord.leads (workspace_id, origin, opened_at DESC, id DESC) INCLUDE (archived_at);
CREATE INDEX leads_by_channel ON accord.leads (workspace_id, channel, opened_at DESC, id DESC) INCLUDE (archived_at);
CREATE INDEX leads_by_segment ON accord.leads (workspace_id, segment, opened_at DESC, id DESC) INCLUDE (archived_at);
CREATE INDEX leads_of_campaign ON accord.leads (workspace_id, campaign_id, opened_at DESC, id DESC) INCLUDE (archived_at);
CREATE INDEX leads_by_company ON accord.leads (workspace_id, company_key, id);
CREATE INDEX leads_by_email ON accord.leads (workspace_id, email_key, id);
CREATE INDEX leads_by_phone ON accord.leads (workspace_id, phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX leads_by_mql ON accord.leads (workspace_id, mql_at DESC, id DESC) WHERE mql_at IS NOT NULL;
CREATE INDEX leads_by_sql ON accord.leads (workspace_id, sql_at DESC, id DESC) WHERE sql_at IS NOT NULL;
CREATE INDEX leads_by_deal ON accord.leads (workspace_id, deal_at DESC, id DESC) WHERE deal_at IS NOT NULL;
CREATE INDEX leads_by_won ON accord.leads (workspace_id, won_at DESC, id DESC) WHERE won_at IS NOT NULL;
CREATE INDEX leads_by_value ON accord.leads (workspace_id, value DESC, id DESC) WHERE value IS NOT NULL;
CREATE INDEX leads_after ON accord.leads (workspace_id, previous_lead_id) WHERE previous_lead_id IS NOT NULL;

DROP INDEX accord.contacts_by_family, accord.contacts_by_email, accord.contacts_by_phone, accord.contacts_by_name;
CREATE INDEX contacts_by_family ON accord.contacts (workspace_id, family_key, id);
CREATE INDEX contacts_by_email ON accord.contacts (workspace_id, email_key, id) INCLUDE (merged_into, archived_at);
CREATE INDEX contacts_by_phone ON accord.contacts (workspace_id, phone_key) INCLUDE (merged_into, archived_at) WHERE phone_key IS NOT NULL;
CREATE INDEX contacts_by_name ON accord.contacts (workspace_id, name_key, id) INCLUDE (account_id, merged_into, archived_at);
CREATE INDEX contacts_by_owner ON accord.contacts (workspace_id, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX contacts_merged ON accord.contacts (workspace_id, merged_into) WHERE merged_into IS NOT NULL;

DROP INDEX accord.accounts_by_name, accord.accounts_by_domain;
CREATE INDEX accounts_by_name ON accord.accounts (workspace_id, name_key, id) INCLUDE (merged_into, archived_at);
CREATE INDEX accounts_by_domain ON accord.accounts (workspace_id, domain) INCLUDE (merged_into, archived_at);
CREATE INDEX accounts_merged ON accord.accounts (workspace_id, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX accounts_by_segment ON accord.accounts (workspace_id, segment) WHERE segment IS NOT NULL;
CREATE INDEX accounts_by_industry ON accord.accounts (workspace_id, industry) WHERE industry IS NOT NULL;
CREATE INDEX accounts_by_revenue ON accord.accounts (workspace_id, annual_revenue DESC, id DESC) WHERE annual_revenue IS NOT NULL;
CREATE INDEX accounts_by_employees ON accord.accounts (workspace_id, employees DESC, id DESC) WHERE employees IS NOT NULL;
CREATE INDEX accounts_by_phone ON accord.accounts (workspace_id, phone_key) WHERE phone_key IS NOT NULL;

CREATE INDEX deals_by_stage ON accord.deals (workspace_id, stage, opened_at DESC, id DESC);
CREATE INDEX deals_by_expected_close ON accord.deals (workspace_id, expected_close_on DESC, id DESC) WHERE expected_close_on IS NOT NULL;
CREATE INDEX deals_by_close ON accord.deals (workspace_id, closed_at DESC, id DESC) WHERE closed_at IS NOT NULL;
