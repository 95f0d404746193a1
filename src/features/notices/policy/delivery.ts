import { policy, type Role } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const keepers: readonly Role[] = ['owner', 'admin'];

/** Which rooms there are and what goes there; never their addresses. */
export const mayReadRooms = policy('rooms.read', ['owner', 'admin', 'manager']);
export const mayKeepRooms = policy('rooms.write', keepers);
/** What left the house and what didn’t, without its words. */
export const mayReadDeliveries = policy('deliveries.read', keepers);
/** One’s own. */
export const mayReadDigest = policy('digest.read', everybody);
export const mayChooseDigest = policy('digest.choose', everybody);
