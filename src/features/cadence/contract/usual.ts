/** The four series companies usually begin with: what a form starts from, and what the sample company has. */

import { type ItemKind, itemKinds } from '#engine/cadence/agenda.ts';
import type { Purpose } from '#engine/cadence/states.ts';
import type { SeriesDraft } from './series.ts';

export interface UsualSeries {
  readonly purpose: Purpose;
  readonly name: string;
  /** What it is for, in a sentence. */
  readonly about: string;
  readonly recurrence: SeriesDraft['times']['recurrence'];
  readonly at: string;
  readonly minutes: number;
  readonly sides: SeriesDraft['attendees']['sides'];
  readonly kinds: readonly ItemKind[];
}

export const usualSeries: readonly UsualSeries[] = [
  {
    ...{ purpose: 'daily', name: 'Daily hand-off', at: '09:00', minutes: 10, sides: ['marketing', 'sales'] },
    about: 'Ten minutes: which leads wait, and who takes them today.',
    recurrence: { every: 'day', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    kinds: ['action', 'breach', 'speed', 'contested', 'own'],
  },
  {
    ...{ purpose: 'weekly', name: 'Weekly smarketing', at: '10:00', minutes: 45, sides: ['marketing', 'sales'] },
    about: 'Both sides look at what was promised, what came of it, and decide what changes.',
    recurrence: { every: 'week', interval: 1, weekday: 'tue' },
    kinds: itemKinds,
  },
  {
    ...{ purpose: 'monthly', name: 'Monthly managers', at: '14:00', minutes: 60, sides: ['leadership'] },
    about: 'Heads and leadership: goals, what misalignment costs, what recurs.',
    recurrence: { every: 'month', nth: 1, weekday: 'thu' },
    kinds: ['action', 'cost', 'pace', 'goal', 'rejections', 'theme', 'proposal', 'change', 'win', 'own'],
  },
  {
    ...{ purpose: 'quarterly', name: 'Quarterly contract', at: '14:00', minutes: 90, sides: ['marketing', 'sales', 'leadership'] },
    about: 'What the two sides owe each other next quarter: definitions, clauses, goals.',
    recurrence: { every: 'quarter', month: 1, nth: 2, weekday: 'wed' },
    kinds: itemKinds,
  },
];
