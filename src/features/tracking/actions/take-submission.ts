/** A submission becomes a person, a lead and a touch; what the same visitor did before becomes touches as well. */

import { sql } from 'kysely';
import { ga4Group, unassigned } from '#engine/attribution/channel-groups.ts';
import { accountDomainKey } from '#engine/identity/keys.ts';
import { visitChannel } from '#engine/tracking/channel.ts';
import { shortened } from '#engine/values/text.ts';
import { reopenLead } from '#features/records/actions/edit-records.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { recordTouch } from '#features/records/actions/record-touch.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { personFieldLabels } from '../contract/person-fields.ts';
import { findAccount, findCampaign, findContact, findLead, type Person, personGround, readPerson } from '../queries/person.ts';
import { getSubmission, type StoredSubmission } from '../queries/stored-submission.ts';
import { valuesOf } from '../queries/sent-values.ts';
import { joinVisits, type Known, unjoinedViews, type View, type Visitor } from './join-visits.ts';
import { certainVisitor, knowVisitor } from './know-visitor.ts';
import { noteResponse } from './note-response.ts';

/**
 * Done twice it changes nothing.
 * @throws Problem bad-input where it does not tell a person
 */
export async function takeSubmission(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  const sent = await getSubmission(tx, workspaceId, id, true);
  if (sent.state === 'taken') return;
  const values = valuesOf(sent);
  const person = readPerson(await personGround(tx, workspaceId), values);
  if (person.problems.length > 0) throw unusable(person.problems, values);
  const came = await cameFrom(tx, workspaceId, sent);
  const contact = await takeContact(tx, workspaceId, person, sent);
  const lead = await takeLead(tx, workspaceId, person, { ...contact, sent, came });
  const known: Known = { contactId: contact.contactId, leadId: lead.id };
  if (came.visitor) {
    await joinVisits(tx, workspaceId, came.visitor.siteId, came.views, known);
    await knowVisitor(tx, workspaceId, came.visitor, known, 'form');
  }
  const touchId = await recordForm(tx, workspaceId, sent, person, came, known);
  if (came.campaignId) await noteResponse(tx, workspaceId, { campaignId: came.campaignId, ...known, at: sent.receivedAt });
  await sql`UPDATE tracking_submissions SET state = 'taken', reason = NULL, contact_id = ${known.contactId}::uuid, lead_id = ${lead.id}::uuid, touch_id = ${touchId}::uuid,
      made_lead = ${lead.made}, followed_at = now()
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await announceChange(tx, workspaceId, 'submission');
}

function unusable([first, ...others]: Person['problems'], values: Readonly<Record<string, string>>): Problem {
  const { at, reason } = first!;
  const label = (personFieldLabels as Readonly<Record<string, string>>)[at] ?? at;
  const typed = values[at]?.trim();
  const said = typed ? `${label}: “${shortened(typed)}” can’t be used; what can ${reason}.` : `${label} ${reason}.`;
  return new Problem('bad-input', said, { fields: [first!, ...others] });
}

// ── where the person came from ──────────────────────────────────────────────

interface Came {
  /** Null: private, sent from elsewhere, or not told apart from others. */
  readonly visitor: Visitor | null;
  readonly views: readonly View[];
  readonly channel: string | null;
  readonly campaignId: string | null;
  readonly landingPage: string | null;
  readonly own: Readonly<Record<string, string>>;
}

/** The form's own link tells first, then the last visit that was not direct, then the first page seen. */
async function cameFrom(tx: Tx, workspaceId: WorkspaceId, sent: StoredSubmission): Promise<Came> {
  const visitor = await visitorOf(tx, workspaceId, sent);
  const views = visitor ? await unjoinedViews(tx, workspaceId, visitor) : [];
  const entries = views.filter(({ entry }) => entry);
  const led = entries.findLast(({ source }) => source !== '(direct)') ?? entries.at(-1) ?? null;
  const tagged = sent.source !== null && sent.source !== '(direct)';
  const origin = tagged ? sent : (led ?? (sent.source === null ? null : sent));
  const campaignId =
    sent.campaignId ?? sent.linkCampaignId ?? (await findCampaign(tx, workspaceId, origin?.campaign ?? led?.campaign ?? null));
  return {
    visitor,
    views,
    campaignId,
    channel: origin === null ? null : channelOf(origin, led),
    landingPage: views[0]?.path ?? null,
    own: stated({ source: origin?.source, medium: origin?.medium, utm_campaign: origin?.campaign }),
  };
}

function channelOf(origin: { source: string | null; medium: string | null; campaign: string | null }, led: View | null): string | null {
  if (origin === led && led) return visitChannel(led, []).published;
  const group = ga4Group(origin);
  return group === unassigned ? null : group;
}

async function visitorOf(tx: Tx, workspaceId: WorkspaceId, sent: StoredSubmission): Promise<Visitor | null> {
  if (sent.private || sent.siteId === null || sent.dayVisitor === null) return null;
  return certainVisitor(tx, workspaceId, { siteId: sent.siteId, dayVisitor: sent.dayVisitor, visitor: null });
}

const stated = (own: Readonly<Record<string, string | null | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(own).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));

// ── contact and lead ────────────────────────────────────────────────────────

interface TakenContact {
  readonly contactId: string;
  readonly accountId: string | null;
}

async function takeContact(tx: Tx, workspaceId: WorkspaceId, person: Person, sent: StoredSubmission): Promise<TakenContact> {
  const found = await findContact(tx, workspaceId, person);
  if (found) {
    await fillBlanks(tx, workspaceId, found.id, person.contact);
    return { contactId: found.id, accountId: found.accountId };
  }
  const domain = person.emailKey === null ? null : accountDomainKey(person.emailKey.slice(person.emailKey.indexOf('@') + 1));
  const accountId = await findAccount(tx, workspaceId, { domain, company: stringOf(person.lead['company']) });
  const made = await recordFields(tx, workspaceId, {
    kind: 'contact',
    sets: { ...person.contact, ...(accountId === null ? {} : { accountId }), openedAt: sent.receivedAt },
    memberId: null,
    occurredAt: sent.receivedAt,
    body: bodyOf(sent),
  });
  return { contactId: made.id, accountId };
}

/** What a contact already states stays: a form is no correction. */
async function fillBlanks(tx: Tx, workspaceId: WorkspaceId, id: string, given: Person['contact']): Promise<void> {
  const { rows } = await sql<
    Record<string, unknown>
  >`SELECT email, phone, title, country, city, full_name AS "fullName", given_name AS "givenName", family_name AS "familyName"
    FROM contacts WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  const sets = Object.fromEntries(Object.entries(given).filter(([name]) => (rows[0]?.[name] ?? null) === null));
  if (Object.keys(sets).length > 0) await recordFields(tx, workspaceId, { kind: 'contact', id, sets, memberId: null });
}

async function takeLead(
  tx: Tx,
  workspaceId: WorkspaceId,
  person: Person,
  about: TakenContact & { sent: StoredSubmission; came: Came },
): Promise<{ id: string; made: boolean }> {
  const { sent, came, contactId, accountId } = about;
  const found = await findLead(tx, workspaceId, contactId, person.emailKey);
  if (found?.open) return { id: found.id, made: false };
  const origin = stated({ campaignId: came.campaignId, channel: came.channel, landingPage: came.landingPage, origin: sent.origin });
  if (found) {
    const next = await reopenLead(tx, workspaceId, { leadId: found.id, memberId: null, occurredAt: sent.receivedAt });
    await recordFields(tx, workspaceId, {
      kind: 'lead',
      id: next.id,
      sets: { ...person.lead, contactId, ...origin },
      memberId: null,
      body: bodyOf(sent),
    });
    return { id: next.id, made: true };
  }
  const made = await recordFields(tx, workspaceId, {
    kind: 'lead',
    sets: { ...person.lead, contactId, ...(accountId === null ? {} : { accountId }), ...origin, openedAt: sent.receivedAt },
    memberId: null,
    occurredAt: sent.receivedAt,
    body: bodyOf(sent),
  });
  return { id: made.id, made: true };
}

/** The fact says through which door it came. */
const bodyOf = (sent: StoredSubmission): Record<string, unknown> => ({ submissionId: sent.id, [sent.sourceKind]: sent.name });
const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

// ── the form's own touch ────────────────────────────────────────────────────

async function recordForm(
  tx: Tx,
  workspaceId: WorkspaceId,
  sent: StoredSubmission,
  person: Person,
  came: Came,
  known: Known,
): Promise<string> {
  const touch = await recordTouch(
    tx,
    workspaceId,
    {
      occurredAt: sent.receivedAt,
      side: 'customer',
      kind: 'form',
      direction: 'in',
      channel: came.channel,
      subject: sent.name,
      outcome: person.message === null ? null : shortened(person.message, 500),
      campaignId: came.campaignId,
      contactId: known.contactId,
      leadId: known.leadId,
    },
    null,
    { ...came.own, submission: sent.id },
  );
  return touch.id;
}
