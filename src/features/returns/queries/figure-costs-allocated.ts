/** Costs by group with the shared ones spread by the ledger's allocation keys. */

import { dayText } from '#engine/values/calendarDay.ts';
import type { CostBy } from '../contract/ledger.ts';
import { readCostCells } from './cost-cells.ts';
import { type CostCellOfFigures, costDays, type CostsAsk } from './figure-costs.ts';
import { regionOfTeam, type Surroundings } from './figure-groups.ts';
import type { Ground } from './figure-scope.ts';

/** Regions are spread as their teams are. Not inside a transaction. */
export async function allocatedCosts(ground: Ground, ask: CostsAsk, surroundings: Surroundings): Promise<CostCellOfFigures[]> {
  const { start, end } = costDays(ask);
  const by = ask.by === 'region' ? 'team' : (ask.by as CostBy);
  const cells = await readCostCells(ground.database, ground.workspaceId, {
    ...{ by, allocated: true, pay: ask.pay, start: dayText(start), end: dayText(end) },
  });
  return cells.map(({ group, ...cell }) => ({
    ...cell,
    value: ask.by === 'region' ? regionOfTeam(group, surroundings) : group,
  }));
}
