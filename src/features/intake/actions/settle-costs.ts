/** Staged costs before they are compared and written: which team a word means, whose side a cost is on, parts added up. */

import { nameKey } from '#engine/identity/keys.ts';
import { adPlatforms } from '#features/intake/contract.ts';
import { costCategoriesOf, payCategories } from '#features/records/contract.ts';
import { count, execute, type ApplyContext } from './apply-context.ts';
import { refTable } from './references.ts';

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
/** Rows that are refused so far. */
const refused = `SELECT n FROM import_trouble WHERE kind = 'cost' AND severity = 'error'`;
/** Whether the id of a staged cost is that of an advertising platform; see `adPlatforms`. */
export const isOfPlatform = `s.ext ~ '^(${adPlatforms.join('|')})/'`;

/** Leaves the table `cost_teams (word, id, side)`; refused rows stay staged and stand in import_trouble. */
export async function settleCosts(context: ApplyContext): Promise<void> {
  await resolveTeams(context);
  await tellSides(context);
  await refuseContradictions(context);
  await settlePeople(context);
  await addUpParts(context);
}

/** A file knows a team by its name. A word that is none stays beside the cost, and is told once. */
async function resolveTeams(context: ApplyContext): Promise<void> {
  const { rows: words } = await execute<{ team: string; n: bigint }>(
    context,
    'SELECT team, min(n) AS n FROM stage_cost WHERE team IS NOT NULL GROUP BY team',
  );
  const { rows: teams } = await execute<{ id: string; name: string; side: string }>(
    context,
    'SELECT id, name, side FROM teams WHERE workspace_id = :ws ORDER BY id DESC',
  );
  const byKey = new Map(teams.map((team) => [nameKey(team.name), team]));
  const found = words.map(({ team, n }) => ({ word: team, n, team: byKey.get(nameKey(team)) }));
  await execute(context, 'CREATE TEMP TABLE cost_teams (word text, id uuid, side text)');
  await context.client.query('INSERT INTO cost_teams SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[])', [
    found.map(({ word }) => word),
    found.map(({ team }) => team?.id ?? null),
    found.map(({ team }) => team?.side ?? null),
  ]);
  await context.client.query(
    `INSERT INTO import_trouble (file_no, line, n, kind, column_name, value, reason, severity)
     SELECT file_no, line, n, 'cost', 'team', left(team, 200), 'no team has this name: the word is kept, and the cost belongs to no team', 'warning'
     FROM stage_cost WHERE n = ANY($1::bigint[])`,
    [found.filter(({ team }) => team === undefined).map(({ n }) => n)],
  );
}

/** By a category that one side alone has, else the team, else a campaign, which is marketing's, else whose it is; commissions else are of sales. */
async function tellSides(context: ApplyContext): Promise<void> {
  const used = context.stage.usedReferences.get('cost');
  const only = (side: 'marketing' | 'sales', other: 'marketing' | 'sales') =>
    quoted(costCategoriesOf[side].filter((category) => !costCategoriesOf[other].includes(category)));
  const told = [
    `CASE WHEN s.category IN (${only('marketing', 'sales')}) THEN 'marketing' WHEN s.category IN (${only('sales', 'marketing')}) THEN 'sales' END`,
    `(SELECT t.side FROM cost_teams t WHERE t.word = s.team AND t.side IN ('marketing', 'sales'))`,
    used?.has('r_campaign_id')
      ? `(SELECT 'marketing' FROM ${refTable('campaign')} c WHERE c.r = s.r_campaign_id AND c.id IS NOT NULL)`
      : '',
    used?.has('r_member_id') ? sideOfMember(context) : '',
    // Marketers share in pools, too; a file that says no more means those of sales.
    `CASE WHEN s.category = 'commissions' THEN 'sales' END`,
  ].filter(Boolean);
  await execute(context, `UPDATE stage_cost s SET side = coalesce(${told.join(', ')}) WHERE s.side IS NULL`);
  await execute(
    context,
    `INSERT INTO import_trouble (file_no, line, n, kind, column_name, reason, severity)
     SELECT file_no, line, n, 'cost', 'side', 'nothing tells the side of this cost: write marketing or sales, or name a team of either', 'error' FROM stage_cost WHERE side IS NULL`,
  );
}

/** Whom this import only knows by a name was put on a side by guess, which tells nothing. */
function sideOfMember(context: ApplyContext): string {
  const stated = context.stage.counts.has('member')
    ? `OR EXISTS (SELECT FROM external_ids x JOIN stage_member f ON f.ext = x.external_id AND f.sets ? 'side'
        WHERE x.workspace_id = :ws AND x.source = :source AND x.kind = 'member' AND x.record_id = m.id)`
    : '';
  return `(SELECT m.side FROM ${refTable('member')} p JOIN members m ON m.workspace_id = :ws AND m.id = p.id
    WHERE p.r = s.r_member_id AND m.side IN ('marketing', 'sales') AND (m.run_id IS DISTINCT FROM :run ${stated}))`;
}

async function refuseContradictions(context: ApplyContext): Promise<void> {
  for (const side of ['marketing', 'sales'] as const)
    await execute(
      context,
      `INSERT INTO import_trouble (file_no, line, n, kind, column_name, value, reason, severity)
       SELECT file_no, line, n, 'cost', 'category', category, '${side} has no category “' || category || '”; it has ${costCategoriesOf[side].join(', ')}', 'error'
       FROM stage_cost WHERE side = '${side}' AND category NOT IN (${quoted(costCategoriesOf[side])})`,
    );
}

/** How many persons' pay is in it says nothing of other costs: left out there, told once. */
async function settlePeople(context: ApplyContext): Promise<void> {
  await execute(
    context,
    `INSERT INTO import_trouble (file_no, line, n, kind, column_name, value, reason, severity)
     SELECT file_no, line, n, 'cost', 'people', people::text, 'is no number of persons: write 1 or more, or leave it blank', 'error' FROM stage_cost WHERE people < 1`,
  );
  const beside = `people IS NOT NULL AND category NOT IN (${quoted(payCategories)})`;
  await execute(
    context,
    `INSERT INTO import_trouble (file_no, line, n, kind, column_name, value, reason, severity)
     SELECT file_no, line, n, 'cost', 'people', people::text, 'the number of people belongs to ${payCategories.join(' and ')}: left out of other costs', 'warning'
     FROM stage_cost WHERE ${beside} ORDER BY n LIMIT 1`,
  );
  await execute(context, `UPDATE stage_cost SET people = NULL WHERE ${beside}`);
}

/**
 * Rows of one file with the same id of an advertising platform are parts of one cost (a day by device, by age…): the
 * last of them takes the sum. Of several files that hold the same cost the last counts.
 */
async function addUpParts(context: ApplyContext): Promise<void> {
  await execute(
    context,
    `CREATE TEMP TABLE cost_parts AS
     SELECT DISTINCT ON (ext) ext, file_no, n, total, rows, currencies FROM (
       SELECT s.ext, s.file_no, max(s.n) AS n, sum(s.amount) AS total, count(*) AS rows, count(DISTINCT s.currency) AS currencies
       FROM stage_cost s WHERE ${isOfPlatform} AND s.n NOT IN (${refused}) GROUP BY s.ext, s.file_no) parts
     ORDER BY ext, file_no DESC`,
  );
  await execute(
    context,
    `INSERT INTO import_trouble (file_no, line, n, kind, column_name, value, reason, severity)
     SELECT s.file_no, s.line, s.n, 'cost', 'currency', s.currency, 'this campaign and day stand here in several currencies, and such can’t be added up', 'error'
     FROM stage_cost s JOIN cost_parts p ON p.ext = s.ext AND p.file_no = s.file_no WHERE p.currencies > 1`,
  );
  const added = await count(context, 'SELECT coalesce(sum(rows), 0) - count(*) AS count FROM cost_parts WHERE rows > 1 AND currencies = 1');
  if (added === 0) return;
  await execute(context, `UPDATE stage_cost s SET amount = p.total FROM cost_parts p WHERE s.n = p.n AND p.rows > 1 AND p.currencies = 1`);
  await execute(
    context,
    `DELETE FROM stage_cost s USING cost_parts p WHERE s.ext = p.ext AND s.file_no = p.file_no AND s.n <> p.n AND p.currencies = 1`,
  );
  context.notes.push(`Rows that are parts of one campaign’s day were added up: ${added} went into others.`);
}
