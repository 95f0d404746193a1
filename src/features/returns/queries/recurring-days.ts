import { sql } from 'kysely';
import { dueDays } from '#engine/returns/recurrence.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewRecurring } from '../contract/ledger.ts';
import { payVisible } from '../contract/pay.ts';
import { withoutHiddenPay } from './visible-costs.ts';

/** The days it falls due on, from its first to one: always the day of the month it began on. */
export const daysOf = ({ every, startsOn }: Pick<NewRecurring, 'every' | 'startsOn'>, to: string): string[] =>
  dueDays({ every, dayOfMonth: Number(startsOn.slice(8)), from: startsOn, to });

/** The condition for recurring costs `r` that somebody may see. */
export const visibleRecurring = (who: Pick<Who, 'side' | 'role'>) =>
  sql.raw(withoutHiddenPay(payVisible(who), `(r.content->>'side')`, `(r.content->>'category')`));
