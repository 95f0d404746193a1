/**
 * People of the company named in the files: known by the source's id, by e-mail, or by name. They become
 * members without a login, so that an owner in the data is the same person who is invited later.
 */

import { emailKey, nameKey } from '#engine/identity/keys.ts';
import { isId, newId } from '#platform/db/ids.ts';
import { execute, noCounts, type ApplyContext } from './apply-context.ts';

interface Person {
  id: string;
  name: string;
  email: string | null;
  email_key: string | null;
}
interface StagedMember {
  ext: string;
  id: string;
  n: bigint;
  file_no: number;
  line: bigint;
  sets: Record<string, unknown>;
  keys: Record<string, string>;
  r_manager_id: string | null;
}

/** A company has thousands of people at the most; a file with more of them is something else. */
const mostMembers = 50_000;

export interface People {
  byExternalId: Map<string, string>;
  byEmail: Map<string, string>;
  byName: Map<string, string>;
  list: Person[];
}

export async function loadPeople(context: ApplyContext): Promise<People> {
  const { rows } = await execute<Person>(context, 'SELECT id, name, email, email_key FROM members WHERE workspace_id = :ws ORDER BY id');
  const people: People = { byExternalId: new Map(), byEmail: new Map(), byName: new Map(), list: [] };
  for (const person of rows) remember(people, person);
  const ids = await execute<{ external_id: string; record_id: string }>(
    context,
    `SELECT external_id, record_id FROM external_ids WHERE workspace_id = :ws AND source = :source AND kind = 'member'`,
  );
  for (const row of ids.rows) people.byExternalId.set(row.external_id, row.record_id);
  return people;
}

function remember(people: People, person: Person): void {
  people.list.push(person);
  if (person.email_key && !people.byEmail.has(person.email_key)) people.byEmail.set(person.email_key, person.id);
  const name = nameKey(person.name);
  if (name && !people.byName.has(name)) people.byName.set(name, person.id);
}

/** Writes the members of the files. Members first seen here are on the sales side unless the file says otherwise. */
export async function writeMembers(context: ApplyContext, people: People): Promise<void> {
  const counts = (context.counts.member = noCounts());
  const { rows } = await execute<StagedMember>(
    context,
    'SELECT ext, id, n, file_no, line, sets, keys, r_manager_id FROM stage_member ORDER BY n',
  );
  if (rows.length > mostMembers)
    throw new Error(`These files name ${rows.length} members; a company has at most ${mostMembers}: map this table to another kind.`);
  for (const row of rows) await writeMember(context, people, row, counts);
  for (const row of rows) await setManager(context, people, row);
}

async function writeMember(context: ApplyContext, people: People, row: StagedMember, counts: ReturnType<typeof noCounts>): Promise<void> {
  const name = typeof row.sets.name === 'string' ? row.sets.name : typeof row.sets.email === 'string' ? row.sets.email : row.ext;
  const known =
    people.byExternalId.get(row.ext) ??
    (row.keys.email_key ? people.byEmail.get(row.keys.email_key) : undefined) ??
    people.byName.get(nameKey(name));
  const id =
    known ??
    (await createMember(context, people, {
      id: row.id,
      name,
      email: (row.sets.email as string | undefined) ?? null,
      side: String(row.sets.side ?? 'sales'),
      job: (row.sets.title as string | undefined) ?? null,
    }));
  if (known === undefined) counts.created++;
  else if (await updateMember(context, known, row)) counts.updated++;
  else counts.unchanged++;
  await nameMember(context, people, row.ext, id);
  if (typeof row.sets.team === 'string') await joinTeam(context, id, row.sets.team, row.sets);
}

async function createMember(
  context: ApplyContext,
  people: People,
  member: { id: string; name: string; email: string | null; side: string; job: string | null },
): Promise<string> {
  const key = member.email ? emailKey(member.email) : null;
  await context.client.query(
    `INSERT INTO members (workspace_id, id, name, email, email_key, side, role, job, run_id) VALUES ($1, $2, $3, $4, $5, $6, 'member', $7, $8)`,
    [context.workspaceId, member.id, member.name, member.email, key, member.side, member.job, context.runId],
  );
  await memberFact(context, member.id, { name: member.name, email: member.email, side: member.side, job: member.job });
  remember(people, { id: member.id, name: member.name, email: member.email, email_key: key });
  return member.id;
}

/** Fills what is not known yet, the name too where only the source's id was. Side and role are people's decisions: a file doesn't change them. */
async function updateMember(context: ApplyContext, id: string, row: StagedMember): Promise<boolean> {
  const { rowCount } = await context.client.query(
    `UPDATE members SET email = coalesce(email, $3), email_key = coalesce(email_key, $4), job = coalesce(job, $5), name = CASE WHEN name = $6 THEN coalesce($7, name) ELSE name END
     WHERE workspace_id = $1 AND id = $2 AND ((email IS NULL AND $3::text IS NOT NULL) OR (job IS NULL AND $5::text IS NOT NULL) OR (name = $6 AND $7::text <> $6))`,
    [context.workspaceId, id, row.sets.email ?? null, row.keys.email_key ?? null, row.sets.title ?? null, row.ext, row.sets.name ?? null],
  );
  if (rowCount) await memberFact(context, id, { name: row.sets.name, email: row.sets.email, job: row.sets.title });
  return rowCount === 1;
}

async function nameMember(context: ApplyContext, people: People, ext: string, id: string): Promise<void> {
  if (people.byExternalId.has(ext)) return;
  people.byExternalId.set(ext, id);
  await context.client.query(
    `INSERT INTO external_ids (workspace_id, source, kind, external_id, record_id, run_id) VALUES ($1, $2, 'member', $3, $4, $5) ON CONFLICT DO NOTHING`,
    [context.workspaceId, context.source, ext, id, context.runId],
  );
}

async function memberFact(context: ApplyContext, id: string, sets: Record<string, unknown>): Promise<void> {
  await context.client.query(
    `INSERT INTO facts (workspace_id, recorded_at, id, kind, subject_kind, subject_id, occurred_at, member_id, run_id, sets)
     VALUES ($1, clock_timestamp(), $2, 'member.recorded', 'member', $3, now(), $4, $5, $6)`,
    [context.workspaceId, newId(), id, context.memberId, context.runId, JSON.stringify(sets)],
  );
}

/** A team that was there keeps what people said of it: a file only tells a region where there is none. */
async function joinTeam(context: ApplyContext, memberId: string, name: string, { side, region }: StagedMember['sets']): Promise<void> {
  await context.client.query(
    `INSERT INTO teams (workspace_id, id, name, side, region, run_id) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (workspace_id, name) DO UPDATE SET region = excluded.region WHERE teams.region IS NULL AND excluded.region IS NOT NULL`,
    [context.workspaceId, newId(), name, side ?? 'sales', region ?? null, context.runId],
  );
  await context.client.query(
    `INSERT INTO team_members (workspace_id, team_id, member_id) SELECT workspace_id, id, $3 FROM teams WHERE workspace_id = $1 AND name = $2 ON CONFLICT DO NOTHING`,
    [context.workspaceId, name, memberId],
  );
}

/** The manager a file names for a person becomes the manager of that person's team where it has none. */
async function setManager(context: ApplyContext, people: People, row: StagedMember): Promise<void> {
  if (!row.r_manager_id || typeof row.sets.team !== 'string') return;
  const { by, key, given } = parseReference(row.r_manager_id);
  let manager = find(people, by, key);
  if (!manager && row.r_manager_id[1] === 'c')
    manager = await createMember(context, people, {
      id: newId(),
      name: given,
      email: null,
      side: String(row.sets.side ?? 'sales'),
      job: 'Manager',
    });
  if (!manager) return;
  await context.client.query('UPDATE teams SET manager_id = $3 WHERE workspace_id = $1 AND name = $2 AND manager_id IS NULL', [
    context.workspaceId,
    row.sets.team,
    manager,
  ]);
}

function parseReference(text: string): { by: string; key: string; given: string } {
  const [key = '', given] = text.slice(2).split('\u001f');
  return { by: text[0]!, key, given: given ?? key };
}

const find = (people: People, by: string, key: string): string | undefined =>
  by === 'e' ? people.byExternalId.get(key) : by === 'm' ? people.byEmail.get(key) : people.byName.get(key);

/**
 * Makes members for references that may make one (an owner known only by name or id), and the table
 * `member_keys` by which names are resolved.
 */
export async function completePeople(context: ApplyContext, people: People, wanted: boolean): Promise<void> {
  if (wanted) {
    const { rows } = await execute<{ by: string; key: string; given: string }>(
      context,
      `SELECT by, key, given FROM want_member WHERE missing = 'c' ORDER BY key`,
    );
    if (rows.length > mostMembers)
      throw new Error(`These files name ${rows.length} owners; a company has at most ${mostMembers}: map another column to the owner.`);
    const marketers = await ownersOfCampaigns(context);
    for (const { by, key, given } of rows) {
      if (find(people, by, key)) continue;
      const known = by === 'e' ? undefined : people.byName.get(nameKey(given));
      const side = marketers.has(`${by}${key}`) ? 'marketing' : 'sales';
      const id =
        known ?? (await createMember(context, people, { id: newId(), name: given, email: by === 'm' ? given : null, side, job: null }));
      if (by === 'e') await nameMember(context, people, key, id);
      else if (by === 'n') people.byName.set(key, id);
      if (context.counts.member) context.counts.member.created += known ? 0 : 1;
      else context.counts.member = { ...noCounts(), created: known ? 0 : 1 };
    }
  }
  await execute(context, 'CREATE TEMP TABLE member_keys (name_key text, id uuid)');
  const names = [...people.byName].filter(([, id]) => isId(id));
  await context.client.query('INSERT INTO member_keys SELECT * FROM unnest($1::text[], $2::uuid[])', [
    names.map(([name]) => name),
    names.map(([, id]) => id),
  ]);
}

/** Who is named only as the owner of campaigns is taken for a marketer. */
async function ownersOfCampaigns(context: ApplyContext): Promise<Set<string>> {
  if (!context.stage.usedReferences.get('campaign')?.has('r_owner_id')) return new Set();
  const { rows } = await execute<{ r: string }>(
    context,
    'SELECT DISTINCT r_owner_id AS r FROM stage_campaign WHERE r_owner_id IS NOT NULL',
  );
  return new Set(rows.map(({ r }) => `${r[0]}${parseReference(r).key}`));
}
