/** A lead whose rejection is contested: what two sides have to decide. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { api } from './support.ts';

const post = <T>(page: Page, path: string, data: unknown): Promise<T> => api<T>(page, path, { method: 'POST', data });

/** Olga Falk asks for a demo, Conor rejects her by clause, Chloé contests it. Mara and Sam have no part in it: they may judge. */
export async function contestedRejection(lea: Page, conor: { id: string; page: Page }, chloe: { id: string; page: Page }): Promise<string> {
  const { items: leave } = await api<{ items: { id: string }[] }>(lea, `/absences?memberId=${conor.id}`);
  for (const { id } of leave) await api(lea, `/absences/${id}`, { method: 'DELETE' });
  const { id: campaignId } = await post<{ id: string }>(lea, '/campaigns', { name: 'Demo days', ownerId: chloe.id });
  const rules = [{ name: 'Demos', when: { of: 'lead', field: 'campaignId', is: 'in', value: [campaignId] }, to: { memberId: conor.id } }];
  await api(lea, '/routing', { method: 'PUT', data: { rules, workingHoursOnly: false } });
  const now = new Date().toISOString();
  const contact = { name: 'Olga Falk', company: 'Falk Foods', email: 'x@falk.example', phone: '+49 30 1234567' };
  const { id } = await post<{ id: string }>(lea, '/leads', { ...contact, campaignId, openedAt: now });
  const touch = { leadId: id, side: 'customer', kind: 'form', direction: 'in', subject: 'Demo asked for', occurredAt: now };
  await post(lea, '/touches', touch);
  const clause = await rejectableClause(conor.page, id);
  await post(conor.page, `/leads/${id}/rejection`, { clauses: [clause], comment: 'The number rings at a fax machine.' });
  const { items } = await api<{ items: { id: string }[] }>(chloe.page, `/rejections?leadId=${id}&state=all`);
  await post(chloe.page, `/rejections/${items[0]!.id}/answer`, { answer: 'contested', comment: 'Her e-mail is there.' });
  return items[0]!.id;
}

/** Once it lies with the rep. */
async function rejectableClause(page: Page, leadId: string): Promise<string> {
  interface Handoff {
    state: string | null;
    rejectBy: { clauses: { path: string }[] } | null;
  }
  for (const deadline = Date.now() + 60_000; ; await page.waitForTimeout(200)) {
    const { state, rejectBy } = await api<Handoff>(page, `/leads/${leadId}/handoff`);
    if (state === 'waiting') return rejectBy!.clauses[0]!.path;
    if (Date.now() > deadline) assert.fail(`Olga Falk is not handed over within a minute: ${state}`);
  }
}
