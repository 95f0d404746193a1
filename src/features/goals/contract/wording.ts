/** Goals in words: what a plan says, how a change of it reads, and numbers in sentences. */

import { moneyText } from '#engine/values/money.ts';
import { meaningOf } from './metrics.ts';
import type { Goal, PlanContent } from './plans.ts';

export interface WordsOf {
  readonly currency: string;
  /** Names by id. */
  readonly names: Readonly<Record<string, string>>;
}

/** A quantity as it is read: `€12,000.50`, `212`, `85 %`, `7.5 months`. */
export function quantityWords(quantity: string, unit: ReturnType<typeof meaningOf>['unit'], currency: string): string {
  if (unit === 'amount') return moneyText(quantity, currency);
  if (unit === 'amountAMonth') return `${moneyText(quantity, currency)} a month`;
  if (unit === 'share') return `${Math.round(Number(quantity) * 1000) / 10} %`;
  if (unit === 'months') return `${quantity} months`;
  return Number(quantity).toLocaleString('en', { maximumFractionDigits: 1 });
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `2026-03-31` → `31 Mar 2026`. */
export const dayWords = (day: string): string => `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** “Won value of at least €1,200,000 from 1 Jan 2026 to 31 Dec 2026 in Enterprise (Revenue): Mara for marketing, Sam for sales; told when it is more than 10 % off its pace.” */
export function goalSentence(goal: Goal, { currency, names }: WordsOf): string {
  const { label, unit } = meaningOf(goal.metric.name);
  const of = (id: string): string => names[id] ?? id;
  const limit = goal.direction === 'atLeast' ? 'at least' : 'at most';
  const where =
    goal.scope.segment === null ? (goal.scope.teamId === null ? '' : ` of team ${of(goal.scope.teamId)}`) : ` in ${goal.scope.segment}`;
  const target = quantityWords(goal.target, unit, currency);
  const owners = `${of(goal.owners.marketing)} for marketing, ${of(goal.owners.sales)} for sales`;
  const below = goal.parentId === null ? '' : '; it serves another goal';
  return `${goal.title}: ${label}${metricWords(goal, of)}${where} of ${limit} ${target} from ${dayWords(goal.start)} to ${dayWords(goal.end)}. ${owners}; told when more than ${goal.tolerancePercent} % off its pace${below}.`;
}

function metricWords({ metric }: Goal, of: (id: string) => string): string {
  if (metric.name === 'speedWithin') return ` (within ${metric.minutes} working minutes)`;
  if (metric.name === 'responders') return metric.campaignId === null ? ' (all campaigns)' : ` (${of(metric.campaignId)})`;
  if (metric.name === 'attainment') return 'side' in metric.of ? ` (${metric.of.side})` : ` (clause ${metric.of.clause})`;
  return '';
}

/** All that a plan says, a sentence each: what two versions are held against each other by. */
export function planSentences(content: PlanContent, words: WordsOf): string[] {
  const revenue = content.workBack?.revenue ?? [];
  return [
    `The plan “${content.title}” runs from ${dayWords(content.start)} to ${dayWords(content.end)}.`,
    ...(content.note === '' ? [] : [content.note]),
    ...content.goals.map((goal) => goalSentence(goal, words)),
    ...revenue.map(({ segment, amount }) => `To be won in ${segment ?? 'deals without a segment'}: ${moneyText(amount, words.currency)}.`),
    ...(content.workBack?.monthWeights ? [`Months weigh ${content.workBack.monthWeights.join(', ')}.`] : []),
    ...changeSentences(content, words),
  ];
}

function changeSentences({ workBack }: PlanContent, { currency }: WordsOf): string[] {
  if (!workBack) return [];
  const { moves, reps, definition, answerWithinMinutes } = workBack.changes;
  const place = (name: string | null): string => name ?? 'no place';
  return [
    ...moves.map(({ from, to, amount }) => `${moneyText(amount, currency)} of the budget moves from ${place(from)} to ${place(to)}.`),
    ...(reps === 0 ? [] : [`${Math.abs(reps)} ${reps > 0 ? 'more' : 'fewer'} work leads.`]),
    ...(definition === null ? [] : ['Leads are passed by another version of the MQL definition.']),
    ...(answerWithinMinutes === null ? [] : [`Every lead is tried within ${answerWithinMinutes} minutes.`]),
  ];
}
