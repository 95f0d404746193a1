/** A plan in words, part by part: what payees read before they sign, and what two versions are told apart by. */

import type { Payee, Plan, Pool, Term } from '#engine/payout/plan.ts';
import { asked, componentSentence, limitWords } from './component-sentences.ts';
import { metricUnit, metricWords } from './condition-words.ts';
import { curveWords, listed, lowerFirst, money, periodWords, type PlanNames, sentence, whom, type Words, written } from './plan-words.ts';
import { quotasIn } from './quotas.ts';

export type { PlanNames } from './plan-words.ts';

export interface PlanSentence {
  /** Where in the content, such as `components.0`. */
  readonly at: string;
  readonly says: string;
}

/** @param shared among how many the pool is shared, and the sum of their weights: a part of a plan doesn't show all */
export function planSentences(
  plan: Plan,
  names: PlanNames,
  shared: { readonly members: number; readonly weight: string | null } | null,
): PlanSentence[] {
  const words: Words = { ...names, currency: plan.currency, period: periodWords[plan.period] };
  const quotas = quotasIn(plan);
  return [
    { at: '', says: generalSentence(plan, words) },
    ...plan.components.map((each, at) => ({ at: `components.${at}`, says: componentSentence(each, words) })),
    ...plan.terms.map((each, at) => ({ at: `terms.${at}`, says: termSentence(each, words) })),
    ...(plan.pool ? [{ at: 'pool', says: `${poolSentence(plan.pool, words)}${sharedSentence(shared)}` }] : []),
    ...plan.payees.map((each, at) => ({ at: `payees.${at}`, says: payeeSentence(each, words, quotas) })),
  ];
}

function generalSentence({ clawback, proration, creditDaysAfterLeaving, currency }: Plan, { period }: Words): string {
  return sentence(
    `It pays each ${period} in ${currency}.`,
    clawback === null
      ? 'What is cancelled later is not taken back.'
      : `What is cancelled within ${clawback.withinDays} days takes back what it paid.`,
    proration === 'days'
      ? `Who is there for part of a ${period} has quotas, targets and caps for those days.`
      : `Quotas, targets and caps stand in full, however much of a ${period} somebody is there.`,
    creditDaysAfterLeaving > 0 ? `For ${creditDaysAfterLeaving} days after leaving, what comes in still counts.` : '',
  );
}

function termSentence(term: Term, words: Words): string {
  const head = `${term.name}${whom(term.for, words)}:`;
  switch (term.kind) {
    case 'floor':
      return sentence(head, `at least ${money(term.amount, words)} a ${words.period} in all`);
    case 'cap':
      return sentence(head, `at most ${limitWords(term.limit, words)} in all`);
    case 'draw':
      return sentence(
        head,
        `at least ${money(term.amount, words)} is paid a ${words.period}${
          term.periods === null ? '' : `, for the first ${term.periods === 1 ? words.period : `${term.periods} ${words.period}s`}`
        }; what was advanced is ${term.recoverable ? 'paid back from later earnings' : 'not paid back'}`,
      );
    case 'holdback':
      return sentence(
        head,
        `${term.sharePercent} % is withheld, and released ${term.afterDays} days later${term.when ? ` while ${asked(term.when, words)}` : ''}${
          term.lostAfterDays === null ? '' : `; lost when not released within ${term.lostAfterDays} days`
        }`,
      );
  }
}

function poolSentence({ name, members, fund, opens, sides, key }: Pool, words: Words): string {
  const conditions = [...opens.marketing, ...opens.sales].map((each) => asked(each, words));
  const alone = (['Marketing', 'Sales'] as const)
    .map((side) => [side, opens[`only${side}Percent`]] as const)
    .filter(([, percent]) => percent !== '0');
  return sentence(
    `${name}${whom(members, words)}: ${fundWords(fund, words)} a ${words.period}.`,
    conditions.length > 0 ? `It opens only while ${listed(conditions)}.` : 'It opens without conditions.',
    ...alone.map(([side, percent]) => `Where only ${side.toLowerCase()} keeps its part, ${percent} % of it is paid.`),
    `It is shared ${sides === null ? '' : `${sides.marketing} % to marketing and ${sides.sales} % to sales, and there `}${keyWords[key.by]}${key.byDays ? ', by days present' : ''}`,
  );
}

function fundWords({ base, by, share, min, max }: Pool['fund'], words: Words): string {
  const name = (metric: NonNullable<Pool['fund']['by']>['metric']): string => lowerFirst(metricWords(metric, words));
  return [
    by === null
      ? money(base, words)
      : `${money(base, words)} by ${name(by.metric)} (${curveWords(by.curve, metricUnit(by.metric), words.currency)})`,
    share === null
      ? ''
      : `plus ${share.percent} % of ${name(share.metric)} beyond ${written(share.beyond, metricUnit(share.metric), words.currency)}`,
    min === null ? '' : `at least ${money(min, words)}`,
    max === null ? '' : `at most ${money(max, words)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

const sharedSentence = (shared: { readonly members: number; readonly weight: string | null } | null): string =>
  shared === null
    ? ''
    : ` ${shared.members} ${shared.members === 1 ? 'person shares' : 'people share'} it${shared.weight === null ? '' : `, with ${shared.weight} of weight in all`}.`;
const keyWords = { equal: 'in equal parts', weight: 'by weight', target: 'by target pay' } as const;

function payeeSentence(payee: Payee, words: Words, known: ReturnType<typeof quotasIn>): string {
  const { id, side, role, target, quotas, startedOn, endedOn, ramp, poolWeight } = payee;
  const parts = [
    target === null ? '' : `target pay ${money(target, words)} a ${words.period}`,
    ...Object.entries(quotas).map(
      ([name, quota]) =>
        `quota “${name}” ${written(quota, known.get(name)?.by === 'amount' ? 'amount' : 'number', words.currency)}${overWords(known.get(name)?.over)}`,
    ),
    startedOn === null ? '' : `from ${startedOn}`,
    endedOn === null ? '' : `until ${endedOn}`,
    ramp.length > 0 ? `quotas rise by month: ${ramp.map((share) => `${share} %`).join(', ')}, then all` : '',
    poolWeight === null ? '' : `weight ${poolWeight} in the pool`,
  ].filter((part) => part !== '');
  return sentence(
    `${words.members.get(id) ?? 'Somebody'}, ${role === null ? side : `${role} in ${side}`}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`,
  );
}

const overWords = (over: keyof typeof periodWords | null | undefined): string => (over ? ` a ${periodWords[over]}` : '');
