import type { Target } from '#features/campaigns/contract/plans.ts';

export const targetWords: Readonly<Record<Target['metric'], string>> = {
  leads: 'Leads',
  mqls: 'MQLs',
  sqls: 'SQLs',
  deals: 'Deals',
  won: 'Deals won',
  wonValue: 'Won value',
};
