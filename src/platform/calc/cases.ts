import { z } from 'zod';
import { give } from './wording.ts';

const mostCases = 100_000;

/**
 * The input of a formula that answers case by case. All that a case needs is asked for by name, so what else it carries
 * (a name, say) can't be a slip.
 */
export const casesOf = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(
    {
      cases: z
        .array(z.looseObject(shape, { error: give('a case, an object') }), { error: give('a list of cases') })
        .max(mostCases, `holds more than ${mostCases} cases; ask in parts`)
        .describe('Answered in this order.'),
    },
    { error: give('an object such as {"cases": […]}') },
  );
