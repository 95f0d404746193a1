/** Statements: what one person gets by one run, line by line, each open to its facts, its rule and its version. */

import { z } from 'zod';
import { daySchema, idSchema, list, named } from '#features/agreement/contract.ts';
import { count, instant, money, opening, paging, payee, periodKind, whyNot } from './pieces.ts';
import { poolState, runKind, sum } from './runs.ts';
import { disputeState, runState } from './states.ts';

export const statementAddress = z.strictObject({ id: idSchema, memberId: idSchema });

export const statementLine = z.object({
  id: idSchema,
  lineNo: count,
  plan: z.object({ planId: idSchema, versionId: idSchema, number: count, name: z.string() }),
  /** Key of the plan's component, or `pool`, `draw`, `holdback`, `dispute` … as the engine names them. */
  component: z.string(),
  kind: z.string(),
  /** The rule with the numbers used: "18 % of 12,400.00 beyond 80 % of quota". */
  says: z.string(),
  amount: money,
  currency: z.string(),
  /** First day of the period it is for; of a correction an earlier one than the run's. */
  periodStart: z.string(),
  isCorrection: z.boolean(),
  reason: z.string().nullable(),
  opens: z.array(opening),
  dispute: z.object({ id: idSchema, status: disputeState, dueAt: instant }).nullable(),
  can: z.object({ dispute: whyNot }),
});
export type StatementLine = z.output<typeof statementLine>;

export const statement = z.object({
  /** `<run>~<member>`: names the statement in the web app's addresses. */
  id: z.string(),
  runId: idSchema,
  kind: runKind,
  payable: z.boolean(),
  status: runState,
  periodKind,
  periodStart: z.string(),
  periodEnd: z.string(),
  label: z.string(),
  payee,
  sums: z.array(sum),
  /** Of this period's own lines, and of corrections of earlier ones. */
  own: z.array(sum),
  corrections: z.array(sum),
  lines: z.array(statementLine),
  pools: z.array(poolState),
  notes: z.array(z.string()),
});
export type Statement = z.output<typeof statement>;

export const statementsAsk = z.strictObject({
  memberId: idSchema.optional(),
  runId: idSchema.optional(),
  kind: runKind.default('regular'),
  ...paging,
});
export type StatementsAsk = z.output<typeof statementsAsk>;
export const statementInList = z.object({
  id: z.string(),
  runId: idSchema,
  kind: runKind,
  payable: z.boolean(),
  status: runState,
  periodStart: z.string(),
  label: z.string(),
  payee,
  sums: z.array(sum),
  openDisputes: count,
});
export const statementList = list(statementInList);

/** What the running period would pay by what is recorded so far. Not a promise, and says so. */
export const estimateAsk = z.strictObject({ memberId: idSchema.optional(), on: daySchema.optional() });
export const estimate = z.object({
  payee,
  asOf: instant,
  caveat: z.string(),
  plans: z.array(
    z.object({
      planId: idSchema,
      versionId: idSchema,
      number: count,
      name: z.string(),
      label: z.string(),
      periodStart: z.string(),
      periodEnd: z.string(),
      currency: z.string(),
      amount: money,
      target: money.nullable(),
      /** What counted towards the quota so far, where there is one: amounts in minor units, else a number. */
      quota: z.object({ name: z.string(), reached: z.string(), quota: z.string(), percent: z.string().nullable() }).nullable(),
      signed: z.boolean(),
      lines: z.array(statementLine),
      pool: poolState.nullable(),
    }),
  ),
});
export type Estimate = z.output<typeof estimate>;

/** What is paid to whom, as the payroll gets it. */
export const payrollRow = z.object({
  member: named,
  side: z.string(),
  email: z.string().nullable(),
  runId: idSchema,
  label: z.string(),
  currency: z.string(),
  amount: money,
  lines: count,
});
export const payroll = z.object({ runId: idSchema, label: z.string(), linesHash: z.string(), rows: z.array(payrollRow) });
