import { z } from 'zod';
import { type Policy, type Route, route } from '#platform/http/route.ts';
import { compute } from './formula.ts';
import { formulas } from './formulas.ts';

/** `POST /calc/:formula`: the same answers as `accord calc`. @param access who may calculate */
export function calcRoute(access: Policy): Route {
  return route({
    method: 'POST',
    path: '/calc/:formula',
    summary: 'Calculate a formula, as `accord calc` does; docs/reference/formulas.md has each one’s input and output',
    tag: 'calc',
    access,
    params: z.strictObject({ formula: z.enum(formulas.map(({ name }) => name) as [string, ...string[]]) }),
    body: z.looseObject({}),
    answers: { 200: z.looseObject({}) },
    handle: async ({ params, body }) => ({ body: await compute(formulas.find(({ name }) => name === params.formula)!, body) }),
  });
}
