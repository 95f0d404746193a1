import type { ItemKind } from '#engine/cadence/agenda.ts';

export type ItemKindOfClause = Extract<ItemKind, 'breach' | 'speed' | 'pace'>;
export const sideWords = { marketing: 'Marketing', sales: 'Sales', leadership: 'Leadership', both: 'Both sides' } as const;
