import { policy, type Role } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

/** Of what one may read; whose comments those are is decided by their subject: queries/subjects.ts. */
export const mayReadComments = policy('comments.read', everybody);
export const mayWriteComments = policy('comments.write', writers);
/** One's own notifications and choices, nobody else's. */
export const mayReadNotices = policy('notices.read', everybody);
export const mayChooseNotices = policy('notices.choose', everybody);
export const mayReadAnnouncements = policy('announcements.read', everybody);
/** That one has taken note. */
export const mayAcknowledge = policy('announcements.acknowledge', everybody);
export const mayAnnounce = policy('announcements.make', heads);
