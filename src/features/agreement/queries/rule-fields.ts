/** A condition on a field in SQL: over the bare column of a joined row, with values as parameters. */

import { sql } from 'kysely';
import { capitalsOf } from '#engine/rules/fold.ts';
import { askedOf, type Asked, type Comparable, type Question, type Range } from '#engine/rules/question.ts';
import type { RuleReading, RuleType } from '#engine/rules/reading.ts';
import type { FieldCondition } from '#engine/rules/rule.ts';
import { columnOf } from '#features/records/contract.ts';
import type { Sql } from '#features/records/queries/columns.ts';

/**
 * Whether the row meets the condition; where the row isn't there, as if nothing were stated. May be NULL, which
 * stands for no: whoever negates it says IS NOT TRUE.
 * @param onRow makes of a question about a row one about the row that counts: `t` itself, or what `t` belongs to
 */
export function fieldSql(condition: FieldCondition, reading: RuleReading, onRow: (question: (alias: string) => Sql) => Sql): Sql {
  const asked = askedOf(condition, reading);
  if (asked.question.ask === 'impossible') return asked.isNegated ? sql`true` : sql`false`;
  const yes = onRow((alias) => answerSql(asked, condition.field, alias, reading));
  return asked.isNegated ? sql`(${yes}) IS NOT TRUE` : yes;
}

function answerSql(asked: Asked, field: string, alias: string, reading: RuleReading): Sql {
  if (field.startsWith('custom.')) return ownAnswer(asked, sql`${sql.ref(`${alias}.custom`)}`, field.slice('custom.'.length));
  const column = sql`${sql.ref(`${alias}.${columnOf(field)}`)}`;
  const answer = columnAnswer(asked.question, column, asked.type);
  return asked.type === 'amount' && asked.question.ask !== 'stated'
    ? sql`(${answer} AND (${sql.ref(`${alias}.currency`)} = ${reading.currency} OR ${sql.ref(`${alias}.currency`)} IS NULL))`
    : answer;
}

const sqlTypes: Readonly<Record<RuleType, string>> = {
  text: 'text',
  choice: 'text',
  id: 'uuid',
  integer: 'bigint',
  number: 'numeric',
  amount: 'bigint',
  boolean: 'boolean',
  instant: 'timestamptz',
  day: 'date',
};

function columnAnswer(question: Question, column: Sql, type: RuleType): Sql {
  const cast = sqlTypes[type];
  switch (question.ask) {
    case 'stated':
      return sql`${column} IS NOT NULL`;
    case 'oneOf':
      return oneOf(column, question.values, cast);
    case 'within':
      return within(column, question.ranges, type, cast);
    case 'contains':
      return containing(column, question.part);
    case 'impossible':
      return sql`false`;
  }
}

function oneOf(left: Sql, values: readonly Comparable[], cast: string): Sql {
  const texts = values.map(String);
  return texts.length === 1 ? sql`${left} = ${texts[0]}::${sql.raw(cast)}` : sql`${left} = ANY(${texts}::text[]::${sql.raw(cast)}[])`;
}

function within(left: Sql, ranges: readonly Range[], type: RuleType, cast: string): Sql {
  const bound = (value: Comparable) => sql`${type === 'instant' ? instantText(Number(value)) : String(value)}::${sql.raw(cast)}`;
  const stretches = ranges.map(({ from, to, isToExcluded }) => {
    const parts: Sql[] = [];
    if (from !== undefined) parts.push(sql`${left} >= ${bound(from)}`);
    if (to !== undefined) parts.push(isToExcluded ? sql`${left} < ${bound(to)}` : sql`${left} <= ${bound(to)}`);
    return sql`${sql.join(parts, sql` AND `)}`;
  });
  return sql`(${sql.join(stretches, sql` OR `)})`;
}

/** ISO 8601 in UTC of microseconds since 1970. */
const instantText = (microseconds: number): string => Temporal.Instant.fromEpochNanoseconds(BigInt(microseconds) * 1000n).toString();

/** Letters beyond ASCII are folded by name, so that the database's locale plays no part (see engine/rules/fold.ts). */
function containing(text: Sql, part: string): Sql {
  const { from, to } = capitalsOf(part);
  const small = sql`lower(${text} COLLATE "C")`;
  return sql`position(${part} in ${from === '' ? small : sql`translate(${small}, ${from}, ${to})`}) > 0`;
}

// ── the company's own fields ────────────────────────────────────────────────

/** JSON of the other type than the field's is stated, and compares with nothing. */
function ownAnswer({ type, question }: Asked, custom: Sql, key: string): Sql {
  const json = sql`${custom} -> ${key}::text`;
  const text = sql`${custom} ->> ${key}::text`;
  if (question.ask === 'stated') return sql`(${text}) IS NOT NULL`;
  if (type === 'number') return columnAnswer(question, numberIn(json, text), type);
  if (question.ask === 'oneOf') return sql`(${json}) = ANY(${question.values.map((value) => JSON.stringify(value))}::text[]::jsonb[])`;
  const texts = sql`(CASE WHEN jsonb_typeof(${json}) = 'string' THEN ${text} END COLLATE "C")`;
  return question.ask === 'within' ? within(texts, question.ranges, 'text', 'text') : columnAnswer(question, texts, type);
}

/** An amount that an import kept is a text of figures: it counts as the number. The same texts as in engine/rules/question.ts. */
const numberIn = (json: Sql, text: Sql): Sql =>
  sql`(CASE jsonb_typeof(${json}) WHEN 'number' THEN (${text})::numeric
    WHEN 'string' THEN CASE WHEN ${text} ~ '^-?[0-9]{1,12}([.][0-9]{1,3})?$' THEN (${text})::numeric END END)`;
