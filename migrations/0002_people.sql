-- A login may see its own memberships in all workspaces, at the gate and nowhere else: to choose where to
-- go when signing in. Which login is asking is set for the transaction, as the workspace is.
CREATE FUNCTION accord.current_login() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.login', true), '')::uuid;
CREATE POLICY own_memberships ON accord.members FOR SELECT
  USING ((SELECT accord.current_gate()) = 'sign-in' AND login_id = (SELECT accord.current_login()));
CREATE INDEX members_of_login ON accord.members (login_id) WHERE login_id IS NOT NULL;
CREATE INDEX invitations_by_email ON accord.invitations (workspace_id, email_key) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX gate_tokens_of_record ON accord.gate_tokens (record_id);
CREATE INDEX sign_in_attempts_by_time ON accord.sign_in_attempts (at);
