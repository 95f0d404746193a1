/** A plan in words, part by part: what payees read before they sign, and what two versions are told apart by. */

import type {
  Bonus,
  Component,
  Condition,
  Curve,
  Limit,
  Measure,
  Mbo,
  Payee,
  PayeeFilter,
  Plan,
  Pool,
  RateTerms,
  Spif,
  Target,
  Term,
} from '#engine/payout/plan.ts';
import { moneyText } from '#engine/values/money.ts';
import { conditionWords, metricWords } from './condition-words.ts';
import { measuredKinds } from './measured.ts';

export interface PlanSentence {
  /** Where in the content, such as `components.0`. */
  readonly at: string;
  readonly says: string;
}

/** What the words need: names of members by id, values of tags that are ids (campaigns), titles of clauses by key. */
export interface PlanNames {
  readonly members: ReadonlyMap<string, string>;
  readonly campaigns: ReadonlyMap<string, string>;
  readonly clauses: ReadonlyMap<string, string>;
}

interface Words extends PlanNames {
  readonly currency: string;
  readonly period: string;
}

/** @param shared among how many the pool is shared, and the sum of their weights: a part of a plan doesn't show all */
export function planSentences(
  plan: Plan,
  names: PlanNames,
  shared: { readonly members: number; readonly weight: string | null } | null,
): PlanSentence[] {
  const words: Words = { ...names, currency: plan.currency, period: plan.period === 'half' ? 'half-year' : plan.period };
  return [
    { at: '', says: generalSentence(plan, words) },
    ...plan.components.map((each, at) => ({ at: `components.${at}`, says: componentSentence(each, words) })),
    ...plan.terms.map((each, at) => ({ at: `terms.${at}`, says: termSentence(each, words) })),
    ...(plan.pool ? [{ at: 'pool', says: `${poolSentence(plan.pool, words)}${sharedSentence(shared)}` }] : []),
    ...plan.payees.map((each, at) => ({ at: `payees.${at}`, says: payeeSentence(plan, each, words) })),
  ];
}

const money = (minor: string, { currency }: Words): string => moneyText(minor, currency);
const sentence = (...parts: readonly string[]): string =>
  `${parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/\.+$/, '')}.`;
const listed = (items: readonly string[], last = 'and'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;

function generalSentence({ clawback, proration, creditDaysAfterLeaving, currency }: Plan, { period }: Words): string {
  return sentence(
    `It pays each ${period} in ${currency}.`,
    clawback === null
      ? 'What is cancelled later is not taken back.'
      : `What is cancelled within ${clawback.withinDays} days takes back what it paid.`,
    proration === 'days' ? `Who is there for part of a ${period} has quotas, targets and caps for those days.` : '',
    creditDaysAfterLeaving > 0 ? `For ${creditDaysAfterLeaving} days after leaving, what comes in still counts.` : '',
  );
}

// ── components ──────────────────────────────────────────────────────────────

function componentSentence(component: Component, words: Words): string {
  const limits = [
    component.floor === null ? '' : `At least ${money(component.floor, words)} a ${words.period}.`,
    component.cap === null ? '' : `At most ${limitWords(component.cap, words)}.`,
  ];
  const back =
    component.clawback === 'never'
      ? 'What is cancelled is not taken back.'
      : component.clawback === null
        ? ''
        : `Taken back when cancelled within ${component.clawback.withinDays} days.`;
  return sentence(
    `${component.name}${whom(component.for, words)}: ${earningWords(component, words)}.`,
    ...component.gates.map(
      (gate) => `Only while ${asked(gate, words)}; else ${gate.otherwisePercent === '0' ? 'nothing' : `${gate.otherwisePercent} % of it`}.`,
    ),
    ...component.kickers.map((kicker) => `While ${asked(kicker, words)}: ${kicker.percent} % of it.`),
    ...limits,
    back,
  );
}

function earningWords(component: Component, words: Words): string {
  switch (component.kind) {
    case 'rate':
      return rateWords(component, words);
    case 'overlay':
      return `${rateWords(component, words)}, on credit of ${component.of === null ? 'those named beside the deal' : `everybody${whom(component.of, words)}`}, beyond the 100 %`;
    case 'bonus':
      return bonusWords(component, words);
    case 'mbo':
      return mboWords(component, words);
    case 'spif':
      return spifWords(component, words);
  }
}

function rateWords(rate: RateTerms, words: Words): string {
  const place = (at: string): string =>
    rate.tiersBy === 'attainment' ? `${at} % of the quota “${rate.quota ?? ''}”` : quantity(rate.measure, at, words);
  const of = measureWords(rate.measure, words);
  const tiers = rate.tiers.map(({ from, percent, each }) => {
    const pays = percent === null ? `${money(each ?? '0', words)} for each` : `${percent} %`;
    return from === '0' ? `${pays} of ${of}` : `${pays} ${rate.marginal ? 'beyond' : 'of all once it reaches'} ${place(from)}`;
  });
  const over = rate.over === null ? '' : `, added up over the ${rate.over === 'half' ? 'half-year' : rate.over}`;
  const { threshold } = rate;
  const begins =
    threshold === null
      ? ''
      : `; nothing below ${place(threshold.at)}, then ${threshold.counts === 'fromFirst' ? 'from the first' : 'for what is beyond'}`;
  return `${tiers.join(', ')}${over}${begins}`;
}

const bonusWords = ({ target, metric, curve }: Bonus, words: Words): string =>
  `${targetWords(target, words)} by ${metricWords(metric, words.clauses).toLowerCase()}: ${curveWords(curve)}`;

const curveWords = (curve: Curve): string => `${listed(curve.map(({ at, pays }) => `${pays} % of it at ${at} %`))}, straight between`;

const mboWords = ({ target, objectives }: Mbo, words: Words): string =>
  `${targetWords(target, words)} by objectives: ${listed(objectives.map(({ name, weightPercent }) => `${name} (${weightPercent} %)`))}`;

const spifWords = ({ measure, from, until, pays, budget }: Spif, words: Words): string =>
  `${'each' in pays ? `${money(pays.each, words)} for each` : `${pays.percent} %`} of ${measureWords(measure, words)} from ${from} to ${until}${
    budget === null ? '' : `, first come first served up to ${money(budget, words)}`
  }`;

const targetWords = (target: Target, words: Words): string =>
  'amount' in target ? money(target.amount, words) : `${target.percentOfTarget} % of target pay`;
const limitWords = ({ amount, per }: Limit, words: Words): string => `${money(amount, words)} a ${per === 'year' ? 'year' : words.period}`;
const quantity = ({ by }: Measure, at: string, words: Words): string => (by === 'amount' && /^\d+$/.test(at) ? money(at, words) : at);

function measureWords({ kinds, by, tags, except, split }: Measure, words: Words): string {
  const names = listed(
    kinds.map((kind) => (measuredKinds[kind]?.name ?? kind).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())),
  );
  const narrowed = [
    ...Object.entries(tags).map(
      ([tag, values]) =>
        `${tag} ${listed(
          values.map((value) => words.campaigns.get(value) ?? value),
          'or',
        )}`,
    ),
    ...Object.entries(except).map(
      ([tag, values]) =>
        `not ${tag} ${listed(
          values.map((value) => words.campaigns.get(value) ?? value),
          'or',
        )}`,
    ),
  ];
  const [first] = split;
  const alone = split.length === 1 && first?.role === 'owner';
  const shared = alone
    ? ''
    : `, credited to ${listed(split.map(({ role, sharePercent }) => `the ${role}${split.length > 1 ? ` (${sharePercent} %)` : ''}`))}`;
  return `${by === 'amount' ? 'the amount of ' : ''}${names}${narrowed.length > 0 ? ` (${narrowed.join('; ')})` : ''}${shared}`;
}

function asked(condition: Condition, words: Words): string {
  const { says, needed } = conditionWords(condition, null, words.currency, words.clauses);
  return `${says.charAt(0).toLowerCase()}${says.slice(1)} is ${needed}`;
}

function whom({ sides, roles, payees }: PayeeFilter, { members }: Words): string {
  const named = payees.map((id) => members.get(id) ?? 'somebody');
  const parts = [
    roles.length > 0 ? `who is ${listed(roles, 'or')}` : '',
    sides.length === 1 ? `in ${sides[0]}` : '',
    named.length > 12 ? `${named.length} of them by name` : listed(named, 'and'),
  ].filter((part) => part !== '');
  return parts.length > 0 ? `, for ${parts.join(', ')}` : '';
}

// ── terms, pool, payees ─────────────────────────────────────────────────────

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
        `at least ${money(term.amount, words)} is paid a ${words.period}${term.periods === null ? '' : `, for the first ${term.periods}`}; what was advanced is ${term.recoverable ? 'paid back from later earnings' : 'not paid back'}`,
      );
    case 'holdback':
      return sentence(
        head,
        `${term.sharePercent} % is withheld, and released ${term.afterDays} days later${term.when ? ` while ${asked(term.when, words)}` : ''}${
          term.lostAfterDays === null ? '' : `; lost after ${term.lostAfterDays} days`
        }`,
      );
  }
}

function poolSentence({ name, members, fund, opens, sides, key }: Pool, words: Words): string {
  const funded = [
    fund.by === null
      ? money(fund.base, words)
      : `${money(fund.base, words)} by ${metricWords(fund.by.metric, words.clauses).toLowerCase()} (${curveWords(fund.by.curve)})`,
    fund.share === null
      ? ''
      : `plus ${fund.share.percent} % of ${metricWords(fund.share.metric, words.clauses).toLowerCase()} beyond ${money(fund.share.beyond, words)}`,
    fund.min === null ? '' : `at least ${money(fund.min, words)}`,
    fund.max === null ? '' : `at most ${money(fund.max, words)}`,
  ].filter((part) => part !== '');
  const conditions = [...opens.marketing, ...opens.sales].map((each) => asked(each, words));
  const alone = (['Marketing', 'Sales'] as const)
    .map((side) => [side, opens[`only${side}Percent`]] as const)
    .filter(([, percent]) => percent !== '0');
  return sentence(
    `${name}${whom(members, words)}: ${funded.join(', ')} a ${words.period}.`,
    conditions.length > 0 ? `It opens only while ${listed(conditions)}.` : 'It opens without conditions.',
    ...alone.map(([side, percent]) => `Where only ${side.toLowerCase()} keeps its part, ${percent} % of it is paid.`),
    `It is shared ${sides === null ? '' : `${sides.marketing} % to marketing and ${sides.sales} % to sales, and there `}${keyWords[key.by]}${key.byDays ? ', by days present' : ''}`,
  );
}
const sharedSentence = (shared: { readonly members: number; readonly weight: string | null } | null): string =>
  shared === null
    ? ''
    : ` ${shared.members} ${shared.members === 1 ? 'person shares' : 'people share'} it${shared.weight === null ? '' : `, with ${shared.weight} of weight in all`}.`;
const keyWords = { equal: 'in equal parts', weight: 'by weight', target: 'by target pay' } as const;

function payeeSentence(plan: Plan, { id, side, role, target, quotas, startedOn, endedOn, ramp, poolWeight }: Payee, words: Words): string {
  const inMoney = new Set(
    plan.components.flatMap((each) => ('quota' in each && each.quota !== null && each.measure.by === 'amount' ? [each.quota] : [])),
  );
  const parts = [
    target === null ? '' : `target pay ${money(target, words)} a ${words.period}`,
    ...Object.entries(quotas).map(
      ([name, quota]) => `quota “${name}” ${inMoney.has(name) && /^\d+$/.test(quota) ? money(quota, words) : quota}`,
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
