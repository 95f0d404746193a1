import { shortened } from '#engine/values/text.ts';

/** The error of a field: what is there, and what would be fine. */
export const give =
  (what: string) =>
  (issue: { readonly input?: unknown }): string =>
    issue.input === undefined ? `is missing; give ${what}` : `${shown(issue.input)} is not what is asked for; give ${what}`;

const shown = (value: unknown): string =>
  typeof value === 'string' ? `“${shortened(value)}”` : shortened(JSON.stringify(value) ?? 'this');
