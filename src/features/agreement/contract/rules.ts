/** A definition's rule as it comes in and is kept: the grammar of engine/rules, checked. */

import { z } from 'zod';
import { comparisons, ruleLimits, ruleSubjects, type FieldCondition, type Rule } from '#engine/rules/rule.ts';

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);
const fieldName = z.string().regex(/^(custom\.[\w -]{1,80}|[a-z][A-Za-z]{0,60})$/, 'is no field');

const fieldCondition = z
  .strictObject({
    of: z.enum(ruleSubjects),
    field: fieldName,
    is: z.enum(comparisons),
    value: z.union([scalar, z.array(scalar).min(1).max(ruleLimits.values)]).optional(),
  })
  .superRefine((condition, check) => {
    const reason = misfit(condition as FieldCondition);
    if (reason) check.addIssue({ code: 'custom', path: ['value'], message: reason });
  });

/** Why the value doesn't fit the comparison; undefined when it does. */
function misfit({ is, value }: FieldCondition): string | undefined {
  if (is === 'blank' || is === 'notBlank') return value === undefined ? undefined : `“${is}” takes no value`;
  if (value === undefined) return `“${is}” needs a value`;
  if (is === 'in' || is === 'notIn') return Array.isArray(value) ? undefined : `“${is}” takes a list`;
  if (is === 'between') return Array.isArray(value) && value.length === 2 ? undefined : '“between” takes two values';
  return Array.isArray(value) ? `“${is}” takes one value` : undefined;
}

const count = z.int().min(0).max(100_000);
const withinDays = z.int().min(1).max(3_660).nullable();

/** By which word a rule is told to be of which kind, in the order of the schema's options. */
const kinds = ['all', 'any', 'not', 'of', 'touches', 'stage', 'revenue', 'points'] as const;

/** What is wrong with the kind of rule that was meant, instead of what is wrong with it as each kind there is. */
function whatIsWrong({ input, errors }: { input?: unknown; errors?: readonly (readonly z.core.$ZodIssue[])[] }): string {
  const meant = typeof input === 'object' && input !== null ? kinds.findIndex((kind) => kind in input) : -1;
  const first = errors?.[meant]?.[0];
  if (!first) return `is no rule: it has one of ${kinds.join(', ')}`;
  return first.path.length === 0 ? first.message : `${first.path.join('.')}: ${first.message}`;
}

export const ruleSchema: z.ZodType<Rule> = z
  .lazy(() =>
    z.union(
      [
        z.strictObject({ all: z.array(ruleSchema).max(ruleLimits.conditions) }),
        z.strictObject({ any: z.array(ruleSchema).min(1).max(ruleLimits.conditions) }),
        z.strictObject({ not: ruleSchema }),
        fieldCondition,
        z.strictObject({
          touches: z.strictObject({ where: z.array(fieldCondition).max(10), withinDays }),
          is: z.enum(['gte', 'lte']),
          value: count,
        }),
        z.strictObject({ stage: z.string().max(40), is: z.enum(['reached', 'notReached']) }),
        z.strictObject({
          revenue: z.strictObject({ withinDays }),
          is: z.enum(['gte', 'lte']),
          value: z.string().regex(/^-?\d{1,18}$/, 'is an amount in minor units'),
        }),
        z.strictObject({
          points: z
            .array(z.strictObject({ when: ruleSchema, points: z.int().min(-10_000).max(10_000) }))
            .min(1)
            .max(ruleLimits.conditions),
          is: z.enum(['gte', 'lte']),
          value: z.int().min(-1_000_000).max(1_000_000),
        }),
      ],
      { error: (issue) => whatIsWrong(issue as Parameters<typeof whatIsWrong>[0]) },
    ),
  )
  .meta({ id: 'Rule', description: 'A rule: conditions joined by all, any and not.' }) as z.ZodType<Rule>;
