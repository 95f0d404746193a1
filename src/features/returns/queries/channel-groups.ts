/** Which rule puts how many touches into which channel group, what no rule knows, and what other rules would change. */

import type { z } from 'zod';
import { unassigned } from '#engine/attribution/channel-groups.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { ChannelGroupsAnswer, ChannelRule, GroupsTrial, groupTouchesAsk } from '../contract/channel-groups.ts';
import { deciding, makeGrouping, publishedRules, ruleInWords } from './channel-grouping.ts';
import { signaturesOf, type TouchSignature } from './touch-signatures.ts';

const mostFellThrough = 200;

export async function answerChannelGroups(database: Database, workspaceId: WorkspaceId): Promise<ChannelGroupsAnswer> {
  const { asOf, content, signatures } = await signaturesOf(database, workspaceId);
  const { ownRules } = content;
  const counts = countGroups(signatures, ownRules);
  const missed = countFellThrough(signatures, ownRules);
  const total = signatures.reduce((sum, { touches }) => sum + touches, 0);
  const own = ownRules.map((rule, at) => ({ key: `own:${at}`, group: rule.group, rule: ruleInWords(rule), own: at }));
  const rest = [...counts.values()]
    .filter(({ by }) => !by.startsWith('own:') && by !== 'none')
    .map(({ by, group }) => ({ key: by, group, rule: deciding[by] ?? by, own: null }))
    .sort(
      (a, b) => counts.get(keyOf(b.key, b.group))!.touches - counts.get(keyOf(a.key, a.group))!.touches || (a.group < b.group ? -1 : 1),
    );
  return {
    groups: [...own, ...rest].map(({ key, group, rule, own: position }) => ({
      group,
      rule,
      own: position,
      touches: counts.get(keyOf(key, group))?.touches ?? 0,
      touchesUrl: touchesPath({ rule: key, group }),
    })),
    fellThrough: missed.slice(0, mostFellThrough),
    total: { touches: total, fellThrough: missed.reduce((sum, { touches }) => sum + touches, 0) },
    ownRules: [...ownRules],
    defaults: [...publishedRules],
    asOf,
    unassigned,
  };
}

const keyOf = (by: string, group: string): string => `${by} ${group}`;

interface GroupCount {
  readonly by: string;
  readonly group: string;
  touches: number;
}

function countGroups(signatures: readonly TouchSignature[], ownRules: readonly ChannelRule[]): Map<string, GroupCount> {
  const grouping = makeGrouping(ownRules);
  const counts = new Map<string, GroupCount>();
  for (const { words, touches } of signatures) {
    const { by, group } = grouping(words);
    const count = counts.get(keyOf(by, group)) ?? { by, group, touches: 0 };
    counts.set(keyOf(by, group), count);
    count.touches += touches;
  }
  return counts;
}

function countFellThrough(signatures: readonly TouchSignature[], ownRules: readonly ChannelRule[]): ChannelGroupsAnswer['fellThrough'] {
  const grouping = makeGrouping(ownRules);
  const counts = new Map<string, ChannelGroupsAnswer['fellThrough'][number]>();
  for (const { words, touches } of signatures) {
    if (grouping(words).by !== 'none') continue;
    const { channel, source, medium, kind, side } = words;
    const said = { channel, source, medium, kind, side };
    const key = JSON.stringify(said);
    const count = counts.get(key) ?? { ...said, touches: 0, touchesUrl: touchesPath({ rule: 'none', words: key }) };
    counts.set(key, { ...count, touches: count.touches + touches });
  }
  return [...counts.values()].sort((a, b) => b.touches - a.touches);
}

function touchesPath(of: { rule: string; group?: string; words?: string }): string {
  const parts = Object.entries(of).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `/api/v1/attribution/groups/touches?${parts.join('&')}`;
}

/** The combinations that a count was made of. */
export function signaturesBehind(
  signatures: readonly TouchSignature[],
  ownRules: readonly ChannelRule[],
  { rule, group, words }: Pick<z.output<typeof groupTouchesAsk>, 'rule' | 'group' | 'words'>,
): TouchSignature[] {
  const grouping = makeGrouping(ownRules);
  return signatures.filter((signature) => {
    const { channel, source, medium, kind, side } = signature.words;
    const grouped = grouping(signature.words);
    return (
      (rule === undefined || grouped.by === rule) &&
      (group === undefined || grouped.group === group) &&
      (words === undefined || JSON.stringify({ channel, source, medium, kind, side }) === words)
    );
  });
}

/** What these rules would change. */
export async function tryChannelRules(
  database: Database,
  workspaceId: WorkspaceId,
  ownRules: readonly ChannelRule[],
): Promise<GroupsTrial> {
  const { asOf, content, signatures } = await signaturesOf(database, workspaceId);
  const [now, then] = [makeGrouping(content.ownRules), makeGrouping(ownRules)];
  const groups = new Map<string, { before: number; after: number }>();
  const moved = new Map<string, { from: string; to: string; touches: number }>();
  const decided = ownRules.map(() => 0);
  const fell = { before: 0, after: 0 };
  const add = (group: string, when: 'before' | 'after', touches: number) => {
    const count = groups.get(group) ?? { before: 0, after: 0 };
    groups.set(group, { ...count, [when]: count[when] + touches });
  };
  for (const { words, touches } of signatures) {
    const [before, after] = [now(words), then(words)];
    add(before.group, 'before', touches);
    add(after.group, 'after', touches);
    if (before.by === 'none') fell.before += touches;
    if (after.by === 'none') fell.after += touches;
    if (after.by.startsWith('own:')) decided[Number(after.by.slice(4))]! += touches;
    if (before.group === after.group) continue;
    const move = moved.get(`${before.group}\n${after.group}`) ?? { from: before.group, to: after.group, touches: 0 };
    moved.set(`${before.group}\n${after.group}`, { ...move, touches: move.touches + touches });
  }
  return {
    groups: [...groups].map(([group, count]) => ({ group, ...count })).sort((a, b) => b.after - a.after || b.before - a.before),
    moved: [...moved.values()].sort((a, b) => b.touches - a.touches),
    rules: ownRules.map((rule, at) => ({ group: rule.group, rule: ruleInWords(rule), touches: decided[at]! })),
    fellThrough: fell,
    asOf,
  };
}
