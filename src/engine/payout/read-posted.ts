/** Lines of earlier runs from JSON, as `jsonOf` wrote them; what settling doesn't ask for is left out. */

import { minor, type Problem, type Reader, readWhole, list, object, text } from './reading.ts';
import type { PostedLine } from './statement.ts';

export const readPosted = (given: unknown): { readonly value: readonly PostedLine[] } | { readonly problems: readonly Problem[] } =>
  readWhole(list(line, 1_000_000), given);

type Raw = { readonly [Key in keyof PostedLine]: unknown };

const money: Reader<bigint> = (given, at, problems) => BigInt(minor('any')(given, at, problems) ?? 0);
const credits = list(object<PostedLine['facts'][number]>({ id: text(200), credit: money }), 1_000_000);

const line: Reader<PostedLine> = (given, at, problems) => {
  const raw = (typeof given === 'object' && given !== null ? given : {}) as Partial<Raw>;
  return {
    payee: text(100)(raw.payee, `${at}.payee`, problems),
    period: text(10)(raw.period, `${at}.period`, problems),
    component: text(100)(raw.component, `${at}.component`, problems),
    name: text(200)(raw.name, `${at}.name`, problems),
    amount: money(raw.amount, `${at}.amount`, problems),
    rule: rule(raw.rule, `${at}.rule`, problems),
    facts: credits(raw.facts, `${at}.facts`, problems),
    results: list(text(200), 100_000)(raw.results, `${at}.results`, problems),
  };
};

const rule: Reader<PostedLine['rule']> = (given, at, problems) => {
  const { kind, period } = (typeof given === 'object' && given !== null ? given : {}) as { kind?: unknown; period?: unknown };
  const named = text(20)(kind, `${at}.kind`, problems);
  if (named === 'correction') return { kind: named, period: text(10)(period, `${at}.period`, problems) };
  return { kind: named as Exclude<PostedLine['rule']['kind'], 'correction'> };
};
