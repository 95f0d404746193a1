/**
 * One row in every table of a workspace, whatever tables there are: so that tests over all tables and all
 * routes cover those added later without a word here. Values are chosen by the columns' types and checks.
 */
import pg from 'pg';
import { newId } from '#platform/db/ids.ts';
import type { World } from './world.ts';

interface Column {
  table: string;
  column: string;
  type: string;
  required: boolean;
}
interface Reference {
  table: string;
  column: string;
  target: string;
}

/** The id of the rows made, by table; empty for tables whose rows have none. */
export type Filled = Map<string, string>;

const gateTables = ['workspaces', 'logins', 'sessions', 'password_resets', 'sign_in_attempts', 'gate_tokens', 'schema_migrations'];

/** @param mark stands in every text of the rows, to be recognised wherever it turns up */
export async function fillWorkspace(world: World, workspaceId: string, mark: string): Promise<Filled> {
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  try {
    await client.query(
      `SELECT set_config('app.workspace', $1, false), accord.ensure_month('touches', current_date), accord.ensure_month('facts', current_date)`,
      [workspaceId],
    );
    return await fill(client, workspaceId, mark);
  } finally {
    await client.end();
  }
}

async function fill(client: pg.Client, workspaceId: string, mark: string): Promise<Filled> {
  const [columns, references, choices] = [await listColumns(client), await listReferences(client), await listChoices(client)];
  const tables = inOrder([...new Set(columns.map((column) => column.table))], references);
  const made: Filled = new Map();
  const rowsMade = new Map<string, Record<string, unknown>>();
  // One id for all: whoever is asked about it is asked about a record of every kind.
  const id = newId();
  for (const table of tables) {
    const row: Record<string, unknown> = {};
    for (const column of columns.filter((each) => each.table === table)) {
      const value = valueOf(column, { workspaceId, mark, id, made, rowsMade, references, choices });
      if (value !== undefined) row[column.column] = value;
    }
    const names = Object.keys(row);
    await client
      .query(
        `INSERT INTO accord.${table} (${names.map((name) => `"${name}"`)}) VALUES (${names.map((_, index) => `$${index + 1}`)})`,
        Object.values(row),
      )
      .catch((error: Error) => {
        throw new Error(`A row for ${table} could not be made (${error.message}): teach tests/security/rows.ts`);
      });
    made.set(table, 'id' in row ? id : '');
    rowsMade.set(table, row);
  }
  return made;
}

interface Making {
  workspaceId: string;
  mark: string;
  id: string;
  made: Filled;
  rowsMade: ReadonlyMap<string, Record<string, unknown>>;
  references: Reference[];
  choices: Map<string, string>;
}

/** What no type tells, by table and column. */
const byPlace: Readonly<Record<string, string>> = {
  'absences.ends_at': '2100-01-01T00:00:00Z',
  'excuses.starts_at': '2026-03-01T00:00:00Z',
  'excuses.ends_at': '2026-03-02T00:00:00Z',
  'lead_backlog.everything': 'true',
  'journey_backlog.everything': 'true',
  'attribution_settings.built_at': '2026-03-01T00:00:00Z',
  // An open journey with one touch of the channel with code 1; see returns/queries/journey-bytes.ts.
  'journeys.touches': '\\x01000000000000000100',
  'period_closings.month': '2020-01-01',
  'period_closings.closed': '{"currency":"EUR","totals":[],"entries":0,"hash":"","keys":[]}',
  'budgets.month': '2026-03-01',
  'budgets.category': 'media',
  'cost_entries.rate': '1',
  'cost_entries.booked': '1',
  'cost_entries.booked_currency': 'EUR',
  'exchange_rates.into_currency': 'USD',
  'allocation_keys.effective_from': '2026-03-01',
  'allocation_keys.content':
    '{"applies":{"side":null,"categories":[],"teamId":null},"onto":"segment","by":"fixed","shares":[{"target":"SMB","weight":"100"}]}',
  'recurring_costs.content':
    '{"side":"marketing","category":"tools","amount":"100","currency":"EUR","campaignId":null,"accountId":null,"memberId":null,"teamId":null,"segment":null,"channel":null,"people":null,"supplier":null,"description":null}',
  'incentive_plan_versions.content':
    '{"name":"Plan","currency":"EUR","period":"month","payees":[],"components":[],"terms":[],"pool":null,"clawback":null,"proration":"days","creditDaysAfterLeaving":0}',
  'incentive_plans.ended_from': '2100-01-01',
  'incentive_plan_versions.effective_from': '2026-01-01',
  'incentive_plan_versions.in_force_from': '2026-01-01',
  'mbo_results.period_start': '2026-01-01',
  // That of its lines.
  'payout_runs.attempt': '1',
  'statement_lines.content': '{"says":"A line","opens":[]}',
  'disputes.correction_currency': 'EUR',
  'disputes.correction_amount': '1',
  'tracking_form_versions.content':
    '{"title":"Demo","intro":"","fields":[{"name":"email","label":"E-mail","required":true,"help":"","choices":[]}],"consent":null,"privacyUrl":null,"button":"Send","thanks":"Thank you.","redirectUrl":null,"campaignId":null,"language":"en"}',
  'tracking_hooks.sample': '{}',
  'goal_plans.content': '{"title":"Plan","note":"","start":"2026-01-01","end":"2026-12-31","goals":[],"workBack":null}',
  'plan_versions.content': '{"audience":{"kind":"none"}}',
  'meetings.minutes': '30',
  'meeting_series.content':
    '{"times":{"recurrence":{"every":"week","interval":1,"weekday":"tue"},"startsOn":"2026-01-01","endsOn":null,"at":"10:00","onDayOff":"skip"},"timeZone":"Europe/Berlin","calendarId":null,"minutes":45,"location":"","attendees":{"sides":["sales"],"teamIds":[],"memberIds":[]},"kinds":["own"]}',
  'agenda_items.content':
    '{"sentence":"Prices","why":null,"figures":[],"opens":null,"records":[],"stake":null,"currency":null,"weight":0.5,"daysLate":0,"minutes":5,"ownerId":null}',
  'agenda_items.minutes': '5',
  'definition_versions.rule': '{"all":[]}',
  'back_tests.result': '{"total":{"passedNow":0,"passedThen":0,"customersKept":0,"customersLost":0,"customersGained":0}}',
  'feedback.given_at': '2026-03-01T10:00:00Z',
  'feedback_entries.said_at': '2026-03-01T10:00:00Z',
  'pulses.questions': '[{"key":"trust","text":"The other side keeps what it promises."}]',
  'pulse_results.cells': '[]',
  'pulse_results.texts': '[]',
  'rollout_charters.figure': 'winRate',
  'rollout_charters.aim': '0.3',
  'rollout_baselines.figure': 'winRate',
  'rollout_baselines.value': '0.2',
  'rollout_sheets.scores': '{"leads":3}',
  'rollout_pilots.groups': '{"pilot":[],"comparison":[]}',
  'perception_results.period': '2026-01',
  'perception_results.metric': 'winRate',
  'perception_results.truth': '{"value":null,"why":"No deal closed.","recordsUrl":"/api/v1/figures","page":"/returns/figures"}',
  'perception_results.cells': '[]',
  'announcements.audience': '{"sides":[],"teams":[],"members":[]}',
  'chat_rooms.address_sealed': '\\x00',
  'chat_rooms.sends': '{"digest":"never","minutes":false,"announcements":false,"breaches":false}',
  'messages_out.content': '{"message":{"title":"A","lead":"B","sections":[],"opens":"/","opensLabel":"Open"}}',
  'alignment_snapshots.content': '{"measuredPercent":50,"activities":{},"components":{}}',
  'agreement_versions.content': '{"preamble":"","clauses":[],"reviewSamplePercent":10,"reachedOutcomes":[]}',
};

/** What stays empty where another column of its row is filled. */
const empty: readonly string[] = ['messages_out.room_id'];

function valueOf(column: Column, making: Making): unknown {
  const { table, column: name, type } = column;
  if (empty.includes(`${table}.${name}`)) return undefined;
  if (name === 'workspace_id') return making.workspaceId;
  if (name === 'id' && type === 'uuid') return making.id;
  const target = making.references.find((each) => each.table === table && each.column === name)?.target;
  // A table without an id is referred to by a column of the same name.
  if (target) return making.made.get(target) || making.rowsMade.get(target)?.[name];
  const told = byPlace[`${table}.${name}`];
  if (told) return told;
  const choice = making.choices.get(`${table}.${name}`);
  if (choice) return choice;
  if (name === 'currency') return 'EUR';
  if (name === 'time_zone') return 'Europe/Berlin';
  if (type === 'text') return `${making.mark} ${name}`;
  if (!column.required) return undefined;
  if (type === 'uuid') return making.id;
  if (type.endsWith('[]')) return [];
  if (type === 'jsonb') return '{}';
  if (type === 'bytea') return Buffer.from(making.mark);
  if (type === 'boolean') return false;
  if (type === 'date' || type.startsWith('timestamp')) return new Date().toISOString();
  return 1;
}

async function listColumns(client: pg.Client): Promise<Column[]> {
  const { rows } = await client.query(
    `SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
      a.attnotnull AND NOT a.atthasdef AS required
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'accord'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attgenerated = '' AND a.attidentity = ''
      AND NOT c.relname = ANY ($1)`,
    [gateTables],
  );
  return rows;
}

async function listReferences(client: pg.Client): Promise<Reference[]> {
  const { rows } =
    await client.query(`SELECT c.conrelid::regclass::text AS "table", a.attname AS "column", c.confrelid::regclass::text AS target
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
    WHERE c.contype = 'f' AND c.connamespace = 'accord'::regnamespace AND a.attname <> 'workspace_id'`);
  return rows.map((row: Reference) => ({ ...row, table: bare(row.table), target: bare(row.target) }));
}

/** First allowed value of `CHECK (column IN (…))`. */
async function listChoices(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query(
    `SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE contype = 'c' AND connamespace = 'accord'::regnamespace`,
  );
  const found = rows.map(
    (row: { table: string; text: string }) => [bare(row.table), /\((\w+) = ANY \(ARRAY\['([^']+)'/.exec(row.text)] as const,
  );
  return new Map(found.flatMap(([table, match]) => (match ? [[`${table}.${match[1]}`, match[2]!] as const] : [])));
}

const bare = (name: string): string => name.replace(/^accord\./, '').replaceAll('"', '');

/** Tables after those they refer to. */
function inOrder(tables: string[], references: Reference[]): string[] {
  const ordered: string[] = [];
  const visit = (table: string): void => {
    if (ordered.includes(table) || !tables.includes(table)) return;
    for (const { target } of references.filter((each) => each.table === table && each.target !== table)) visit(target);
    ordered.push(table);
  };
  for (const table of [...tables].sort()) visit(table);
  return ordered;
}
