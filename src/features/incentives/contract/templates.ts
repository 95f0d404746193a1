/** Plans to begin with: good practice, filled from the company's own past. */

import { z } from 'zod';
import { planContentSchema } from './plan-content.ts';
import { paySide } from './pieces.ts';
import { planWarning } from './warnings.ts';

export const templateKeys = ['ae-commission', 'sdr-quality', 'marketer-value', 'joint-pool', 'spif'] as const;
export type TemplateKey = (typeof templateKeys)[number];

export const planTemplate = z.object({
  key: z.enum(templateKeys),
  name: z.string(),
  /** For whom and why. */
  about: z.string(),
  sides: z.array(paySide),
  /** Ready to be drafted; null where there is nobody it could pay, which `notes` says. */
  content: planContentSchema.nullable(),
  /** Each number with where it comes from: the company's own past, good practice, or a blank to fill. */
  numbers: z.array(z.object({ at: z.string(), value: z.string(), from: z.enum(['own', 'practice', 'blank']), why: z.string() })),
  warnings: z.array(planWarning),
  notes: z.array(z.string()),
});
export type PlanTemplate = z.output<typeof planTemplate>;
export const planTemplates = z.object({ items: z.array(planTemplate) });
