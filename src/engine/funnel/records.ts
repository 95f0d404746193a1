/** The very leads behind a number: chosen by the same classifier that counted them. */

import type { FunnelColumns } from './columns.ts';
import { groupOf, type Grouping } from './grouping.ts';
import { compareIds, readId, wordsAnId, writeId } from './ids.ts';
import { classifier, monthStage, standing, type FunnelQuestion, type Standing } from './question.ts';

export interface RecordsAsk {
  readonly question: FunnelQuestion;
  readonly which: Standing;
  readonly grouping: Grouping;
  /** Null: of every group. */
  readonly group: number | null;
  readonly limit: number;
  /** The last lead of the page before. */
  readonly after: LeadPlace | null;
}

/** Where a lead stands in the list. */
export interface LeadPlace {
  readonly day: number;
  readonly id: string;
}

export interface RecordsPage {
  /** Newest day first, then greatest id; at most `limit`. */
  readonly leads: LeadPlace[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** Reads every lead once; keeps one more than a page in a heap. */
export function pageOfRecords(columns: FunnelColumns, ask: RecordsAsk): RecordsPage {
  const bit = standing[ask.which];
  const classify = classifier(ask.question);
  const from = columns.days[ask.question.from]!;
  const to = columns.days[ask.question.to]!;
  const keys = ask.grouping.by(monthStage(ask.question, ask.which));
  const days = columns.days[listStage(ask)]!;
  const best = makeBest(columns, ask.limit + 1, ask.after);
  let total = 0;
  // From the last to the first: leads mostly stand in the order of time, so the first offered are the best and the others are turned away at once.
  for (let row = columns.count - 1; row >= 0; row--) {
    if (!(classify(from[row]!, to[row]!) & bit) || (ask.group !== null && groupOf(keys, row) !== ask.group)) continue;
    total++;
    best.offer(row, days[row]!);
  }
  const leads = best.inOrder();
  return { leads: leads.slice(0, ask.limit), total, hasMore: leads.length > ask.limit };
}

/** Lists are in the order of the entry they are about. */
const listStage = ({ which, question }: RecordsAsk): number => (which === 'entered' || which === 'censored' ? question.from : question.to);

interface Best {
  offer(row: number, day: number): void;
  inOrder(): LeadPlace[];
}

/** A binary heap whose root is the last of the best rows so far. */
function makeBest(columns: FunnelColumns, size: number, after: LeadPlace | null): Best {
  const rows: number[] = [];
  const days: number[] = [];
  const afterWords = new Uint32Array(wordsAnId);
  if (after) writeId(afterWords, 0, after.id);
  const isAfterCursor = (row: number, day: number) =>
    !after || day < after.day || (day === after.day && compareIds(columns.ids, row, afterWords, 0) < 0);
  /** Whether one comes later in the list than the other. */
  const isLater = (one: number, other: number) =>
    days[one]! < days[other]! || (days[one] === days[other] && compareIds(columns.ids, rows[one]!, columns.ids, rows[other]!) < 0);
  const swap = (one: number, other: number) => {
    [rows[one], rows[other]] = [rows[other]!, rows[one]!];
    [days[one], days[other]] = [days[other]!, days[one]!];
  };
  const rise = (at: number) => {
    for (let parent = (at - 1) >> 1; at > 0 && isLater(at, parent); parent = (at - 1) >> 1) {
      swap(at, parent);
      at = parent;
    }
  };
  const sink = (at: number, length: number) => {
    for (;;) {
      const left = at * 2 + 1;
      if (left >= length) return;
      const child = left + 1 < length && isLater(left + 1, left) ? left + 1 : left;
      if (!isLater(child, at)) return;
      swap(child, at);
      at = child;
    }
  };
  return {
    offer(row, day) {
      if ((rows.length === size && day < days[0]!) || !isAfterCursor(row, day)) return;
      rows.push(row);
      days.push(day);
      const last = rows.length - 1;
      if (last < size) return rise(last);
      if (isLater(0, last)) {
        swap(0, last);
        sink(0, last);
      }
      rows.pop();
      days.pop();
    },
    inOrder: () =>
      rows
        .map((row, at) => ({ day: days[at]!, id: readId(columns.ids, row) }))
        .sort((one, other) => other.day - one.day || (one.id < other.id ? 1 : -1)),
  };
}
