/** What each number of meeting health counts: written once, so that its records are exactly those it counts. */

import { type RawBuilder, sql } from 'kysely';
import type { HealthCount } from '../contract/health.ts';

type Sql = RawBuilder<unknown>;

/** Late by no more than this, a meeting counts as started in time. */
const graceMinutes = 5;

/** Over a meeting `m`: its time has come, and it was not cancelled. */
const isDue = sql`(m.status IN ('held', 'notHeld') OR (m.status = 'planned' AND m.starts_at + make_interval(mins => m.minutes) < now()))`;
const isHeld = sql`m.status = 'held'`;
const decided = sql`(EXISTS (SELECT 1 FROM decisions d WHERE d.workspace_id = m.workspace_id AND d.meeting_id = m.id AND d.withdrawn_at IS NULL)
  OR EXISTS (SELECT 1 FROM actions a WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id))`;

/** Over an action `a`, `today` the day in the workspace's zone. Dropped ones are left out; those due today only once done. */
const cameDue = (today: string): Sql => sql`a.status <> 'dropped' AND (a.status = 'done' OR a.due_on < ${today}::date)`;

export interface HealthGround {
  readonly today: string;
  readonly timeZone: string;
}
export type Counted = 'meeting' | 'seat' | 'action';

export const countedAs: Readonly<Record<HealthCount, Counted>> = {
  due: 'meeting',
  held: 'meeting',
  notHeld: 'meeting',
  inTime: 'meeting',
  deciding: 'meeting',
  expected: 'seat',
  came: 'seat',
  actionsDue: 'action',
  closed: 'action',
  closedInTime: 'action',
  openLate: 'action',
};

/** Over `m`, a seat `t` of it, or an action `a`. */
export function conditionOf(which: HealthCount, { today, timeZone }: HealthGround): Sql {
  switch (which) {
    case 'due':
      return isDue;
    case 'held':
      return isHeld;
    case 'notHeld':
      return sql`${isDue} AND NOT ${isHeld}`;
    case 'inTime':
      return sql`${isHeld} AND m.opened_at <= m.starts_at + make_interval(mins => ${graceMinutes})`;
    case 'deciding':
      return sql`${isHeld} AND ${decided}`;
    case 'expected':
      return sql`${isHeld} AND t.expected`;
    case 'came':
      return sql`${isHeld} AND t.expected AND t.came_at IS NOT NULL`;
    case 'actionsDue':
      return cameDue(today);
    case 'closed':
      return sql`${cameDue(today)} AND a.status = 'done'`;
    case 'closedInTime':
      return sql`${cameDue(today)} AND a.status = 'done' AND (a.closed_at AT TIME ZONE ${timeZone})::date <= a.due_on`;
    case 'openLate':
      return sql`${cameDue(today)} AND a.status = 'open'`;
  }
}
