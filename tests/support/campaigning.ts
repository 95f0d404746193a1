/** A company with a campaign that is planned, and people who respond to it: for tests of parts, evidence and follow-up. */

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { recordTouch } from '#features/records/actions/record-touch.ts';
import { followLeads } from '#features/handoff/actions/follow-leads.ts';
import type { Role } from '#features/campaigns/contract/roles.ts';
import { newId } from '#platform/db/ids.ts';
import { join, type Person } from '#tests/security/world.ts';
import { type Company, openHandingOver } from './handing-over.ts';

export interface CampaigningCompany extends Company {
  /** Besides the company's own: Tim, a rep who is in no test's way. */
  readonly tim: Person;
  /** One request whose status must be the one expected. */
  call<T>(person: Person, method: string, path: string, body?: unknown, status?: number): Promise<T>;
  /** Mara's, from 1 September 2026 on; planned, unless said. @returns its id */
  campaign(given?: { planned?: boolean; startsOn?: string; endsOn?: string; content?: Record<string, unknown> }): Promise<string>;
  /** A lead on the campaign's list, who responded at a moment or hasn't. @returns the lead's id */
  responder(campaignId: string, respondedAt: string | null, sets?: Record<string, unknown>): Promise<string>;
  /** A touch by a rep. @returns its id */
  touch(person: Person, leadId: string | null, at: string, more?: Record<string, unknown>): Promise<string>;
  /** Asked by Mara, and accepted. */
  part(person: Person, campaignId: string, given: Record<string, unknown>): Promise<Role>;
  team(name: string, members: readonly Person[], more?: { managerId?: string; region?: string }): Promise<string>;
}

export async function openCampaigning(): Promise<CampaigningCompany> {
  const company = await openHandingOver();
  const { people, within } = company;
  const tim = await join(company, people.lea, 'Tim', 'sales', 'member');
  async function call<T>(person: Person, method: string, path: string, body?: unknown, status = 200): Promise<T> {
    const answer = await company.ask(person, method, path, body);
    assert.equal(answer.statusCode, status, `${method} ${path}: ${answer.body}`);
    return answer.statusCode === 204 ? (undefined as T) : answer.json();
  }
  return {
    ...company,
    tim,
    call,
    async campaign({ planned = true, startsOn = '2026-09-01', endsOn = '2199-10-31', content = {} } = {}) {
      const { id } = await call<{ id: string }>(
        people.mara,
        'POST',
        '/campaigns',
        { name: `Autumn ${newId()}`, ownerId: people.mara.memberId, startsOn, endsOn },
        201,
      );
      if (planned) await call(people.mara, 'PUT', `/campaigns/${id}/plan/draft`, { content: { message: 'Fewer tables.', ...content } });
      return id;
    },
    responder: (campaignId, respondedAt, sets = {}) =>
      within(async (tx, workspaceId) => {
        const write = (kind: 'contact' | 'lead' | 'campaignMember', values: Record<string, unknown>) =>
          recordFields(tx, workspaceId, { kind, sets: values, memberId: null });
        const name = `Ada ${newId()}`;
        const contact = await write('contact', { fullName: name });
        const lead = await write('lead', {
          name,
          contactId: contact.id,
          ownerId: people.sam.memberId,
          openedAt: respondedAt ?? '2026-09-02T08:00:00Z',
          ...sets,
        });
        await followLeads(tx, workspaceId, [lead.id]);
        await write('campaignMember', {
          campaignId,
          contactId: contact.id,
          leadId: lead.id,
          status: 'Attended',
          ...(respondedAt ? { respondedAt } : {}),
        });
        return lead.id;
      }),
    touch: (person, leadId, occurredAt, more = {}) =>
      within(async (tx, workspaceId) => {
        const own = { side: 'sales', kind: 'call', direction: 'out', memberId: person.memberId };
        return (await recordTouch(tx, workspaceId, { occurredAt, ...own, ...(leadId ? { leadId } : {}), ...more }, person.memberId)).id;
      }),
    async part(person, campaignId, given) {
      const { items } = await call<{ items: Role[] }>(
        people.mara,
        'POST',
        `/campaigns/${campaignId}/roles`,
        { memberIds: [person.memberId], ...given },
        201,
      );
      return call<Role>(person, 'POST', `/campaign-roles/${items[0]!.id}/acceptance`, {});
    },
    async team(name, members, { managerId, region } = {}) {
      const id = newId();
      await within(async (tx, workspaceId) => {
        await sql`INSERT INTO teams (workspace_id, id, name, side, manager_id, region)
          VALUES (${workspaceId}, ${id}, ${name}, 'sales', ${managerId ?? null}::uuid, ${region ?? null}::text)`.execute(tx);
        for (const { memberId } of members)
          await sql`INSERT INTO team_members (workspace_id, team_id, member_id) VALUES (${workspaceId}, ${id}, ${memberId})`.execute(tx);
      });
      return id;
    },
  };
}
