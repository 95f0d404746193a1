import type { z } from 'zod';
import { parsePart } from '#platform/http/validation.ts';
import { strictly } from '#platform/http/strict.ts';

/**
 * A calculation of the engine that anybody can check by itself, with plain JSON: `accord calc NAME`,
 * `POST /api/v1/calc/NAME` and docs/reference/formulas.md are made from it.
 */
export interface Formula {
  readonly name: string;
  readonly summary: string;
  /** Every field is described: the reference is made from it. */
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** An input to show. */
  readonly example: unknown;
  calculate(given: unknown): Promise<unknown>;
}

/** Declares a formula; what `calculate` is given and answers takes its types from the schemas. */
export function formula<Input extends z.ZodType, Output extends z.ZodType>(shape: {
  name: string;
  summary: string;
  input: Input;
  output: Output;
  example: z.input<Input>;
  calculate(given: z.output<Input>): Promise<z.input<Output>>;
}): Formula {
  return shape as Formula;
}

/**
 * Checks what was given and calculates.
 * @throws Problem bad-input that names every wrong field, what it is and what would be fine
 */
export async function compute(asked: Formula, given: unknown): Promise<unknown> {
  return asked.calculate(parsePart(strictly(asked.input), given, 'body'));
}
