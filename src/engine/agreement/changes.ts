/** What a version of the agreement changes against another: clause by clause, in the sentences both sides read. */

import type { Calendar } from '#engine/calendar/calendar.ts';
import { canonicalJson } from './canonical.ts';
import type { AgreementContent, Clause } from './clause.ts';
import { calendarSentence, type Names, titledSentence } from './wording.ts';

export interface VersionText {
  readonly content: AgreementContent;
  /** By id, and `default`. */
  readonly calendars: Readonly<Record<string, Calendar>>;
}

export interface AgreementChanges {
  /** What stands outside the clauses. */
  readonly general: readonly { what: string; before: string; after: string }[];
  /** Sentences with their titles. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { key: string; before: string; after: string }[];
}

/** A clause is known again by its key. The order in which clauses stand is no change. */
export function changesOf(before: VersionText, after: VersionText, names: Names): AgreementChanges {
  const old = new Map(before.content.clauses.map((clause) => [clause.key, clause]));
  const now = new Set(after.content.clauses.map((clause) => clause.key));
  const said = (clause: Clause): string => titledSentence(clause, names);
  return {
    general: generalChanges(before, after, names),
    added: after.content.clauses.filter((clause) => !old.has(clause.key)).map(said),
    removed: before.content.clauses.filter((clause) => !now.has(clause.key)).map(said),
    changed: after.content.clauses.flatMap((clause) => {
      const earlier = old.get(clause.key);
      return earlier && !same(earlier, clause) ? [{ key: clause.key, before: said(earlier), after: said(clause) }] : [];
    }),
  };
}

const same = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);

function generalChanges(before: VersionText, after: VersionText, names: Names): AgreementChanges['general'] {
  const texts = (of: VersionText): [what: string, text: string][] => [
    ['Preamble', of.content.preamble],
    ['Agreed rejections judged as well', `${of.content.reviewSamplePercent} %`],
    ['Outcomes that reached the lead', of.content.reachedOutcomes.join(', ')],
  ];
  const old = texts(before);
  const plain = texts(after).map(([what, text], at) => ({ what, before: old[at]![1], after: text }));
  return [...plain.filter((change) => change.before !== change.after), ...calendarChanges(before.calendars, after.calendars, names)];
}

function calendarChanges(before: VersionText['calendars'], after: VersionText['calendars'], names: Names): AgreementChanges['general'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((id) => {
    const [old, now] = [before[id], after[id]];
    if (same(old ?? null, now ?? null)) return [];
    const what = id === 'default' ? 'Calendar of the workspace' : `Calendar “${names.calendars[id] ?? id}”`;
    return [{ what, before: withDaysOff(old, now), after: withDaysOff(now, old) }];
  });
}

/** The calendar in words, and the holidays that only it has: their number alone may be the same. */
function withDaysOff(calendar: Calendar | undefined, other: Calendar | undefined): string {
  if (!calendar) return 'not used';
  const others = new Set(other?.holidays);
  const own = (calendar.holidays ?? []).filter((day) => !others.has(day));
  if (!other || own.length === 0) return calendarSentence(calendar);
  const shown = own.slice(0, 12).join(', ');
  return `${calendarSentence(calendar)}, among them ${shown}${own.length > 12 ? ` and ${own.length - 12} more` : ''}`;
}

/** What one list of sentences says that the other doesn't: clauses of a definition have no keys. */
export function sentenceChanges(
  before: readonly string[],
  after: readonly string[],
): { added: string[]; removed: string[]; kept: string[] } {
  return {
    added: after.filter((sentence) => !before.includes(sentence)),
    removed: before.filter((sentence) => !after.includes(sentence)),
    kept: after.filter((sentence) => before.includes(sentence)),
  };
}
