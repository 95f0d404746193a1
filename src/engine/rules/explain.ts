/** Clause by clause: whether a lead meets it, and what was found. */

import { evaluateRule, revenueOf, touchCounter } from './evaluate.ts';
import { dayAt } from './question.ts';
import type { RuleRecord } from './reading.ts';
import { clausesOf, type FieldCondition, type Rule, type Scalar } from './rule.ts';
import { counted, fieldLabel, moneyIn, type RuleLabels, stageLabel, typeIn, valueText } from './words.ts';

export interface ClauseFinding {
  /** See `clausesOf`. */
  readonly path: string;
  readonly met: boolean;
  /** `Employees: 12`; `3 touches`; `MQL: not reached`. Several findings are parted by semicolons. */
  readonly found: string;
}

/** @param atMs epoch milliseconds: the moment at which the lead is judged */
export function explainRule(rule: Rule, record: RuleRecord, atMs: number, labels: RuleLabels = {}): ClauseFinding[] {
  const shown: RuleLabels = { currency: record.reading.currency, timeZone: record.reading.timeZone, ...labels };
  return clausesOf(rule).map((clause) => ({
    path: clause.path,
    met: evaluateRule(clause.rule, record, atMs),
    found: [...new Set(findings(clause.rule, record, atMs, shown))].join('; '),
  }));
}

/** Paths of the clauses a lead doesn't meet; none when it passes, for each clause has to be met. */
export const failedClauses = (rule: Rule, record: RuleRecord, atMs: number): string[] =>
  clausesOf(rule)
    .filter((clause) => !evaluateRule(clause.rule, record, atMs))
    .map((clause) => clause.path);

function findings(rule: Rule, record: RuleRecord, atMs: number, labels: RuleLabels): string[] {
  if ('all' in rule) return rule.all.flatMap((each) => findings(each, record, atMs, labels));
  if ('any' in rule) return rule.any.flatMap((each) => findings(each, record, atMs, labels));
  if ('not' in rule) return findings(rule.not, record, atMs, labels);
  if ('touches' in rule) return [counted(touchCounter(rule, record.reading)(record, atMs), 'touch', 'touches')];
  if ('stage' in rule) return [stageFinding(rule.stage, record, atMs, labels)];
  if ('revenue' in rule) return [`Revenue: ${moneyIn(String(revenueOf(rule, record, atMs, record.reading)), labels)}`];
  if ('points' in rule) return pointsFindings(rule.points, record, atMs, labels);
  return [fieldFinding(rule, record, labels)];
}

function stageFinding(stage: string, record: RuleRecord, atMs: number, labels: RuleLabels): string {
  const entered = record.stages[stage] ?? null;
  const when = entered === null || entered > atMs ? 'not reached' : dayAt(entered, record.reading.timeZone);
  return `${stageLabel(stage, labels)}: ${when}`;
}

function pointsFindings(points: readonly { when: Rule; points: number }[], record: RuleRecord, atMs: number, labels: RuleLabels): string[] {
  const sum = points.reduce((total, each) => (evaluateRule(each.when, record, atMs) ? total + each.points : total), 0);
  return [counted(sum, 'point'), ...points.flatMap((each) => findings(each.when, record, atMs, labels))];
}

function fieldFinding({ of, field }: FieldCondition, record: RuleRecord, labels: RuleLabels): string {
  const fields = of === 'lead' ? record.lead : of === 'account' ? record.account : of === 'contact' ? record.contact : null;
  const label =
    of === 'lead' ? fieldLabel(of, field, labels) : `${of === 'account' ? 'Account' : 'Contact'}, ${fieldLabel(of, field, labels)}`;
  if (fields === null) return of === 'touch' ? `${label}: not of a lead` : `No ${of}`;
  const value = fields[field] ?? null;
  return `${label}: ${value === null ? 'not stated' : shown(value, { of, field }, fields, record, labels)}`;
}

function shown(
  value: unknown,
  { of, field }: Pick<FieldCondition, 'of' | 'field'>,
  fields: Readonly<Record<string, unknown>>,
  record: RuleRecord,
  labels: RuleLabels,
): string {
  const type = typeIn(of, field, labels) ?? record.reading.typeOf(of, field) ?? undefined;
  if (type === 'instant' && typeof value === 'string')
    return dayAt(Temporal.Instant.from(value).epochMilliseconds, record.reading.timeZone);
  if (type === 'amount') return moneyIn(String(value), { ...labels, currency: String(fields.currency ?? record.reading.currency) });
  return valueText(value as Scalar, type, labels);
}
