import { ledgerNow } from '#features/returns/queries/ledger-now.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** Which day it is where the workspace is. */
export const todayOf = async (tx: Tx, workspaceId: WorkspaceId): Promise<string> => (await ledgerNow(tx, workspaceId)).today;
