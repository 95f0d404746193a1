import { policy, type Role, type Who } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

/** The agreement is read by all: both sides are measured by it. */
export const mayReadAgreement = policy('agreement.read', everybody);
export const mayPropose = policy('agreement.propose', writers);
/** Heads sign; for which side, `signingSide` says. */
export const maySign = policy('agreement.sign', heads);
export const mayAskExcuse = policy('excuses.ask', writers);
/** By the side that doesn't owe; checked per excuse. */
export const mayDecideExcuse = policy('excuses.decide', heads);
export const mayKeepCalendars = policy('calendars.write', heads);
/** One's own leave; that of others is for heads. */
export const mayRecordAbsence = policy('absences.write', writers);
/** Whose leave somebody may see the reason of, record and remove. */
export const mayKeepLeaveOf = (who: Pick<Who, 'role' | 'memberId'>, memberId: string): boolean => who.memberId === memberId || isHead(who);
export const mayCalculate = policy('calc.run', everybody);

export const isHead = (who: Pick<Who, 'role'>): boolean => heads.includes(who.role);
