import { policy, type Role } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

export const mayReadHandoff = policy('handoff.read', everybody);
/** Leads leave the house with it, as with the export of a list. */
export const mayExportEvidence = policy('evidence.export', writers);
/** Sales, and leadership; a rep the own leads, a head those of all. Checked per lead. */
export const mayWorkLeads = policy('handoff.work', writers, ['sales', 'leadership']);
/** Marketing, and leadership: its own campaigns' rejections, heads all. Checked per rejection. */
export const mayAnswerRejections = policy('rejections.answer', writers, ['marketing', 'leadership']);
/** One from each side, not involved in the case; leadership where the two differ. Checked per rejection. */
export const mayJudgeRejections = policy('rejections.judge', writers);
/** A recycled lead rests with marketing, which starts its new cycle. */
export const mayRestartLeads = policy('handoff.restart', writers, ['marketing', 'leadership']);
export const mayReassign = policy('handoff.reassign', heads);
export const mayRoute = policy('routing.write', heads);
