/** What recurs in criticism, and what is offered to the next agenda. */

import { sql } from 'kysely';
import { type FeedbackState, type FeedbackSubject, isOpen } from '#engine/feedback/states.ts';
import { type Grouped, type Link, recurring, type Theme as Grouping, themesOf } from '#engine/feedback/themes.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { Theme } from '../contract/overview.ts';
import type { Towards } from '../contract/pieces.ts';
import { mayGroupFeedback } from '../policy.ts';
import { readable } from './readable.ts';

/** Half a year, and no more than these: what recurs recurs lately. */
const lookedBack = { days: 180, most: 1_500 };
const mostThemes = 100;

export interface ThemeItem extends Grouped {
  readonly toSide: Towards;
  readonly subjectKind: FeedbackSubject;
  readonly behaviour: string;
  readonly state: FeedbackState;
}

/** All themes of the workspace, whoever asks: for counts and for the agenda. */
export async function groupThemes(tx: Tx, workspaceId: WorkspaceId, toSide?: Towards): Promise<Grouping<ThemeItem>[]> {
  const { today } = await groundOf(tx, workspaceId);
  const { rows } =
    await sql<ThemeItem>`SELECT f.id, f.given_on - DATE '1970-01-01' AS day, f.to_side AS "toSide", f.subject_kind AS "subjectKind", f.tags, f.clauses,
      f.behaviour AS text, f.behaviour, f.state
    FROM feedback f WHERE f.workspace_id = ${workspaceId}::uuid AND f.tone = 'criticism' AND f.state <> 'withdrawn'
      AND f.given_on > ${today}::date - ${lookedBack.days}::int AND (${toSide ?? null}::text IS NULL OR f.to_side = ${toSide ?? null})
    ORDER BY f.given_on DESC, f.id DESC LIMIT ${lookedBack.most}`.execute(tx);
  const { rows: links } =
    await sql<Link>`SELECT one_id AS "oneId", other_id AS "otherId", together FROM feedback_links WHERE workspace_id = ${workspaceId}::uuid ORDER BY at, one_id, other_id`.execute(
      tx,
    );
  return themesOf(rows, links, dayNumberOf(today));
}

const dayNumberOf = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

/** Themes of two and more. Who may not read a piece of feedback sees that it counts, and not what it says. */
export async function listThemes(
  tx: Tx,
  who: Who,
  toSide?: Towards,
): Promise<{ items: Theme[]; days: number; whyNotMerge: string | null }> {
  const themes = (await groupThemes(tx, who.workspaceId, toSide)).filter(({ items }) => items.length > 1).slice(0, mostThemes);
  const mine = await readableOf(
    tx,
    who,
    themes.flatMap(({ items }) => items.map(({ id }) => id)),
  );
  return {
    items: themes.map((theme) => shownTheme(theme, mine)),
    days: recurring.days,
    whyNotMerge: mayGroupFeedback.may(who) ? null : 'Heads say what belongs together.',
  };
}

async function readableOf(tx: Tx, who: Who, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`SELECT f.id FROM feedback f
    WHERE f.workspace_id = ${who.workspaceId}::uuid AND f.id = ANY(${ids}::uuid[]) AND ${readable(who)}`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

export function shownTheme({ items, recent, recurs, words }: Grouping<ThemeItem>, mine: ReadonlySet<string>): Theme {
  const [first] = items;
  return {
    id: first!.id,
    title: titleOf(words, items, mine),
    toSide: first!.toSide,
    subjectKind: first!.subjectKind,
    ...{ count: items.length, recent, recurs, words: [...words] },
    open: items.filter(({ state }) => isOpen(state)).length,
    tags: common(items.map(({ tags }) => tags)),
    clauses: common(items.map(({ clauses }) => clauses)),
    firstOn: dayText(first!.day),
    lastOn: dayText(items.at(-1)!.day),
    feedback: items
      .filter(({ id }) => mine.has(id))
      .map(({ id, behaviour, day, state }) => ({ id, behaviour, givenOn: dayText(day), state })),
  };
}

/** A clause says best what recurs, then a tag, then words of somebody whom one may read, then the words shared. */
function titleOf(words: readonly string[], items: readonly ThemeItem[], mine: ReadonlySet<string>): string {
  const named = common(items.map(({ clauses }) => clauses))[0] ?? common(items.map(({ tags }) => tags))[0];
  if (named) return named;
  const said = items.filter(({ id }) => mine.has(id)).sort((one, other) => hits(other, words) - hits(one, words))[0];
  if (said) return said.behaviour.length > longestTitle ? `${said.behaviour.slice(0, longestTitle)}…` : said.behaviour;
  return words.length > 0 ? words.slice(0, 4).join(', ') : 'Put together by hand';
}

const longestTitle = 90;
const hits = ({ behaviour }: ThemeItem, words: readonly string[]): number =>
  words.filter((word) => behaviour.toLowerCase().includes(word)).length;

/** Those that at least half of them name. */
function common(lists: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  for (const each of lists.flatMap((names) => [...new Set(names)])) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].filter(([, count]) => count * 2 >= lists.length && count > 1).map(([name]) => name);
}
