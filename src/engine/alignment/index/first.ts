/** Which component is named first: the illness to look at before all else, and none in a healthy company. */

import { wilsonInterval } from '../../values/wilson.ts';
import type { CauseName } from '../cost/causes.ts';
import type { Counts } from './score.ts';
import { type ComponentName, componentNames, componentOf } from './table.ts';

/** The component in which each cause of cost shows. */
export const componentOfCause = {
  fitsRejected: 'rejectionsFair',
  rejectedHours: 'leadQuality',
  beyondCapacity: 'evenFlow',
  campaignsNotFollowed: 'campaignLeadsFollowed',
  neverWorked: 'leadsWorked',
  slowFirstTouch: 'promptFirst',
  tooFewAttempts: 'triedEnough',
  dealsLostForMarketing: 'leadQuality',
  churnedAgainstIcp: 'fitCustomers',
} as const satisfies Record<CauseName, ComponentName>;

export interface Alarm {
  readonly component: ComponentName;
  readonly share: number;
  /** The high end of the 95 % interval of the share: beneath what is ordinary even there. */
  readonly high: number;
  /** How often what is missing is missing where things are ordinary at their worst. */
  readonly times: number;
}

/** Of fewer observations a share names nothing: with dozens of shares looked at, some always look bad by chance. */
export const leastObserved = 20;

/** What an uneven flow does to those it floods: named is the flow, not what it does. */
const ofTheFlood: readonly ComponentName[] = ['promptFirst', 'triedEnough', 'leadsWorked', 'campaignLeadsFollowed'];

/**
 * Components whose share lies beneath their alarm by more than chance explains, the furthest first: by
 * `(1 − share) ÷ (1 − alarm)`.
 * @param observations where `of` does not count them
 */
export function alarms(counts: Counts, observations: Readonly<Partial<Record<ComponentName, number>>> = {}): Alarm[] {
  const found = componentNames.flatMap((component): Alarm[] => {
    const own = counts[component];
    const alarm = componentOf(component).alarmPercent / 100;
    if (own === undefined || own.of === 0) return [];
    const share = own.count / own.of;
    const of = observations[component] ?? own.of;
    if (of < leastObserved) return [];
    const high = wilsonInterval({ hits: share * of, of })?.high ?? 1;
    return high < alarm ? [{ component, share, high, times: (1 - share) / (1 - alarm) }] : [];
  });
  const isFlooded = found.some(({ component }) => component === 'evenFlow');
  return found.filter(({ component }) => !isFlooded || !ofTheFlood.includes(component)).sort((one, other) => other.times - one.times);
}
