/** The minutes of a meeting: who came, what was said, decided and agreed; as data and as plain text. */

import { sql } from 'kysely';
import { zoneNamed } from '#engine/values/zone.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import { dayWords } from '#features/goals/contract/wording.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Minutes } from '../contract/meetings.ts';
import { inOrder, readItems } from './agenda-rows.ts';
import { nobodyIn } from './agenda/offered.ts';
import { getMeetingRow, shownMeetings } from './meeting-rows.ts';

type Named = { readonly id: string; readonly name: string };
type Agreed = Minutes['actions'][number];
type Item = Minutes['items'][number];

/** As they stand; of a meeting that runs, up to now. Whoever asks: minutes are the same for all. @throws Problem not-found */
export async function readMinutes(tx: Tx, workspaceId: WorkspaceId, meetingId: string): Promise<Minutes> {
  const row = await getMeetingRow(tx, workspaceId, meetingId);
  const [meeting] = await shownMeetings(tx, workspaceId, nobodyIn(workspaceId).memberId, [row]);
  const { timeZone } = await groundOf(tx, workspaceId);
  const people = await readPeople(tx, workspaceId, meetingId);
  const decisions = await readDecisions(tx, workspaceId, meetingId);
  const actions = await readGiven(tx, workspaceId, meetingId);
  const minutes: Omit<Minutes, 'text'> = {
    meeting: meeting!,
    timeZone,
    came: people.filter(({ came }) => came).map(({ id, name }) => ({ id, name })),
    missing: people.filter(({ came }) => !came).map(({ id, name }) => ({ id, name })),
    items: await readDiscussed(tx, workspaceId, row, decisions, actions),
    decisions: decisions.filter(({ itemId }) => itemId === null).map(({ text }) => text),
    actions: actions.filter(({ itemId }) => itemId === null).map(({ itemId: _, ...action }) => action),
    next: await readNext(tx, workspaceId, row),
    sentAt: row.minutesSentAt,
  };
  return { ...minutes, text: textOf(minutes) };
}

async function readPeople(tx: Tx, workspaceId: WorkspaceId, meetingId: string): Promise<(Named & { came: boolean })[]> {
  const { rows } = await sql<Named & { came: boolean }>`SELECT p.id, p.name, t.came_at IS NOT NULL AS came
    FROM meeting_attendees t JOIN members p ON p.workspace_id = t.workspace_id AND p.id = t.member_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.meeting_id = ${meetingId}::uuid AND (t.expected OR t.came_at IS NOT NULL)
    ORDER BY lower(p.name COLLATE "default"), p.id`.execute(tx);
  return rows;
}

async function readDecisions(tx: Tx, workspaceId: WorkspaceId, meetingId: string): Promise<{ itemId: string | null; text: string }[]> {
  const { rows } = await sql<{ itemId: string | null; text: string }>`SELECT item_id AS "itemId", text FROM decisions
    WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid AND withdrawn_at IS NULL ORDER BY decided_at, id`.execute(
    tx,
  );
  return rows;
}

async function readGiven(tx: Tx, workspaceId: WorkspaceId, meetingId: string): Promise<(Agreed & { itemId: string | null })[]> {
  const { rows } = await sql<Agreed & { itemId: string | null }>`SELECT a.item_id AS "itemId", a.title, p.name AS owner, a.due_on AS "dueOn"
    FROM actions a JOIN members p ON p.workspace_id = a.workspace_id AND p.id = a.owner_id
    WHERE a.workspace_id = ${workspaceId}::uuid AND a.meeting_id = ${meetingId}::uuid ORDER BY a.due_on, a.id`.execute(tx);
  return rows;
}

/** Those that were kept on the agenda, and what of the dropped ones was noted all the same. */
async function readDiscussed(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, minutes }: { id: string; minutes: number },
  decisions: readonly { itemId: string | null; text: string }[],
  actions: readonly (Agreed & { itemId: string | null })[],
): Promise<Item[]> {
  const { rows } = await sql<{
    itemId: string;
    text: string;
  }>`SELECT DISTINCT ON (n.item_id) n.item_id AS "itemId", n.text FROM item_notes n
    JOIN agenda_items i ON i.workspace_id = n.workspace_id AND i.id = n.item_id
    WHERE n.workspace_id = ${workspaceId}::uuid AND i.meeting_id = ${id}::uuid ORDER BY n.item_id, n.version DESC`.execute(tx);
  const notes = new Map(rows.map(({ itemId, text }) => [itemId, text.trim()]));
  const items = await readItems(tx, workspaceId, id);
  const owners = await readOwners(
    tx,
    workspaceId,
    items.flatMap(({ ownerId, content }) => [ownerId ?? content.ownerId]).filter((owner) => owner !== null),
  );
  return inOrder(items, minutes)
    .map(({ row }) => ({
      ...{ id: row.id, kind: row.kind, sentence: row.content.sentence, figures: [...row.content.figures], opens: row.content.opens },
      owner: owners.get(row.ownerId ?? row.content.ownerId ?? '') ?? null,
      status: row.dropped ? ('dropped' as const) : row.status,
      secondsSpent: row.secondsSpent,
      notes: notes.get(row.id) ?? '',
      decisions: decisions.filter(({ itemId }) => itemId === row.id).map(({ text }) => text),
      actions: actions.filter(({ itemId }) => itemId === row.id).map(({ itemId: _, ...action }) => action),
    }))
    .filter(
      ({ status, notes: said, decisions: made, actions: given }) => status !== 'dropped' || said !== '' || made.length + given.length > 0,
    );
}

async function readOwners(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, Named>> {
  const { rows } =
    await sql<Named>`SELECT id, name FROM members WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

async function readNext(
  tx: Tx,
  workspaceId: WorkspaceId,
  { seriesId, startsAt }: { seriesId: string | null; startsAt: string },
): Promise<Minutes['next']> {
  if (seriesId === null) return null;
  const { rows } = await sql<NonNullable<Minutes['next']>>`SELECT id, starts_at AS "startsAt", title FROM meetings
    WHERE workspace_id = ${workspaceId}::uuid AND series_id = ${seriesId}::uuid AND status = 'planned' AND starts_at > ${startsAt}::timestamptz ORDER BY starts_at, id LIMIT 1`.execute(
    tx,
  );
  return rows[0] ?? null;
}

// ── as text ─────────────────────────────────────────────────────────────────

function textOf({ meeting, timeZone, came, missing, items, decisions, actions, next }: Omit<Minutes, 'text'>): string {
  const names = (people: readonly { name: string }[]): string => people.map(({ name }) => name).join(', ');
  const reached = items.filter(({ status }) => status !== 'carried');
  const left = items.filter(({ status }) => status === 'carried');
  return [
    `${meeting.title}, ${whenWords(meeting.startsAt, timeZone)}`,
    came.length > 0 ? `There: ${names(came)}.` : 'Nobody was noted as there.',
    ...(missing.length > 0 ? [`Missing: ${names(missing)}.`] : []),
    ...reached.flatMap((item, at) => ['', `${at + 1}. ${item.sentence}`, ...saidOf(item)]),
    ...(decisions.length + actions.length > 0 ? ['', 'Beside the agenda', ...saidOf({ notes: '', decisions, actions })] : []),
    ...(left.length > 0 ? ['', 'Not reached, on the next agenda if it still stands:', ...left.map(({ sentence }) => `- ${sentence}`)] : []),
    ...(next === null ? [] : ['', `Next: ${whenWords(next.startsAt, timeZone)}.`]),
  ].join('\n');
}

const saidOf = ({ notes, decisions, actions }: Pick<Item, 'notes' | 'decisions' | 'actions'>): string[] => [
  ...(notes === '' ? [] : notes.split('\n').map((line) => `   ${line}`)),
  ...decisions.map((text) => `   Decided: ${text}`),
  ...actions.map(({ title, owner, dueOn }) => `   ${owner} by ${dayWords(dueOn)}: ${title}`),
];

/** `3 Mar 2026, 10:00 (Europe/Berlin)`. */
function whenWords(instant: string, timeZone: string): string {
  const wall = new Date(zoneNamed(timeZone).wallOf(Date.parse(instant))).toISOString();
  return `${dayWords(wall.slice(0, 10))}, ${wall.slice(11, 16)} (${timeZone})`;
}
