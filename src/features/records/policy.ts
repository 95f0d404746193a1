import { policy, type Role } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];

/** Who may do what with records. The table of roles is checked by a test beside it. */
export const mayReadRecords = policy('records.read', everybody);
export const mayWriteRecords = policy('records.write', writers);
export const mayExportRecords = policy('records.export', writers);
export const mayBulkEditRecords = policy('records.bulk', writers);
export const mayMergeRecords = policy('records.merge', writers);
/** Own views; a shared one is changed by who made it, an admin or the owner. */
export const mayKeepViews = policy('views.write', everybody);
export const mayDefineFields = policy('customFields.write', ['owner', 'admin']);
