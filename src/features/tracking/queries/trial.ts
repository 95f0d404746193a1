/** What would become of a submission, without sending one. */

import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { formProblems } from './form-values.ts';
import { getForm } from './forms.ts';
import { findContact, findLead, personGround, readPerson } from './person.ts';

export async function tryForm(tx: Tx, workspaceId: WorkspaceId, publicUrl: string, id: string, values: Readonly<Record<string, string>>) {
  const { content } = await getForm(tx, workspaceId, publicUrl, id);
  const ground = await personGround(tx, workspaceId);
  const asked = Object.fromEntries(content.fields.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name]]])));
  const problems = formProblems(content, ground, asked);
  if (problems.length > 0)
    return { problems, contact: null, lead: null, outcome: 'It would be shown again, with what is missing or not right.' };
  const person = readPerson(ground, asked);
  const contact = await findContact(tx, workspaceId, person);
  const lead = contact && (await findLead(tx, workspaceId, contact.id, person.emailKey));
  return {
    problems,
    contact: contact && { id: contact.id, name: contact.name },
    lead: lead && { id: lead.id, name: lead.name },
    outcome: outcomeOf(contact, lead),
  };
}

function outcomeOf(contact: { name: string } | null, lead: { name: string; open: boolean } | null): string {
  if (!contact) return 'Makes a new contact and a new lead, with a touch of the form.';
  if (!lead) return `Makes a new lead of the contact ${contact.name}, with a touch of the form.`;
  return lead.open
    ? `Adds a touch to the open lead ${lead.name}.`
    : `Begins a new cycle of the lead ${lead.name}, with a touch of the form.`;
}
