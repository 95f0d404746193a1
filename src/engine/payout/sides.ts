/** The two sides that a plan pays. */

export const sides = ['marketing', 'sales'] as const;
export type Side = (typeof sides)[number];
