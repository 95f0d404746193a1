import { sql } from 'kysely';
import { roleKindWords } from '#engine/campaigns/states.ts';
import { listRoleRows, type RoleRow } from '#features/campaigns/queries/role-rows.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { headsOfSides } from '../members.ts';
import { type Tell, type Telling, toEach } from './telling.ts';

/** A part in a campaign: `tells` says whom and what. */
const part =
  (tells: (role: RoleRow, by: string) => { to: string; matter: Telling['matter']; says: string }): Tell =>
  async (tx, workspaceId, fact) => {
    const [role] = await listRoleRows(tx, workspaceId, sql`r.id = ${fact.subjectId}::uuid`);
    if (!role) return [];
    const { to, matter, says } = tells(role, fact.by);
    return toEach([to], { matter, title: says, opens: `/campaigns/${role.campaign.id}` });
  };

const wanted = ({ wanted: count, kind }: Pick<RoleRow, 'wanted' | 'kind'>): string => `${count} ${roleKindWords[kind].unit}`;

export const roleAsked = part((role, by) => ({
  to: role.member.id,
  matter: 'part.asked',
  says: `${by} asks you for a part in ${role.campaign.name}: ${wanted(role)}`,
}));
const roleAnswered = (says: string): Tell =>
  part((role, by) => ({ to: role.askedBy.id, matter: 'part.answered', says: `${by} ${says} the part in ${role.campaign.name}` }));
export const roleAccepted = roleAnswered('accepts');
export const roleDeclined = roleAnswered('declines');
export const roleCounterproposed = roleAnswered('proposes something else for');
const roleDecided = (says: string): Tell =>
  part((role, by) => ({ to: role.member.id, matter: 'part.decided', says: `${by} ${says} ${role.campaign.name}` }));
export const roleCounterTaken = roleDecided('takes what you proposed for');
export const roleCounterRefused = roleDecided('keeps to what was asked of you in');
export const roleWithdrawn = roleDecided('no longer asks you for a part in');

// ── proposals of sales ──────────────────────────────────────────────────────

interface Proposal {
  readonly title: string;
  readonly proposedBy: string;
}

/** Marketing’s heads answer. */
export const proposalMade: Tell = async (tx, workspaceId, fact) => {
  const proposal = await findProposal(tx, workspaceId, fact.subjectId);
  if (!proposal) return [];
  const title = `${fact.by} proposes: ${proposal.title}`;
  return toEach(await headsOfSides(tx, workspaceId, ['marketing']), { matter: 'proposal.made', title, opens: opensOf(fact.subjectId) });
};

export const proposalReopened: Tell = async (tx, workspaceId, fact) => {
  const proposal = await findProposal(tx, workspaceId, fact.subjectId);
  if (!proposal) return [];
  const title = `${fact.by} asks again: ${proposal.title}`;
  return toEach(await headsOfSides(tx, workspaceId, ['marketing']), { matter: 'proposal.made', title, opens: opensOf(fact.subjectId) });
};

const proposalAnswered =
  (says: (title: string) => string): Tell =>
  async (tx, workspaceId, fact) => {
    const proposal = await findProposal(tx, workspaceId, fact.subjectId);
    if (!proposal) return [];
    const title = `${fact.by} ${says(proposal.title)}`;
    return toEach([proposal.proposedBy], { matter: 'proposal.answered', title, opens: opensOf(fact.subjectId) });
  };
export const proposalPlanned = proposalAnswered((title) => `plans what you proposed: ${title}`);
export const proposalDone = proposalAnswered((title) => `did what you proposed: ${title}`);
export const proposalDeclined = proposalAnswered((title) => `declines what you proposed: ${title}`);

const opensOf = (id: string): string => `/campaigns/proposals?at=${id}`;

async function findProposal(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Proposal | undefined> {
  const { rows } = await sql<Proposal>`SELECT title, proposed_by AS "proposedBy" FROM proposals
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  return rows[0];
}
