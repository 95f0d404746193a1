import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { AttributionSettings } from '../contract/attribution.ts';
import { findLiveSettings, listSettings } from './attribution-setting.ts';

const mostListed = 50;

export async function getAttributionSettings(tx: Tx, workspaceId: WorkspaceId, maySet: boolean): Promise<AttributionSettings> {
  const { current, building } = await findLiveSettings(tx, workspaceId);
  const history = await listSettings(tx, workspaceId, mostListed);
  const byNumber = async (number: number | undefined) =>
    number === undefined
      ? null
      : (history.find((each) => each.number === number) ?? (await listSettings(tx, workspaceId, 1, number))[0] ?? null);
  return { current: await byNumber(current?.setting), building: await byNumber(building?.setting), history, maySet };
}
