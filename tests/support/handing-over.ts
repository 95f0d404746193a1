/** A company whose two sides have signed, with people of both sides who move leads: for tests of the hand-off. */

import assert from 'node:assert/strict';
import type { Rule } from '#engine/rules/rule.ts';
import type { HandoffState } from '#engine/handoff/states.ts';
import { agreementContentSchema } from '#features/agreement/contract/clauses.ts';
import { establishAgreement } from '#features/agreement/actions/establish.ts';
import { answerRejection } from '#features/handoff/actions/answer-rejection.ts';
import { acceptLead, disqualifyLead, recycleLead } from '#features/handoff/actions/decide.ts';
import { followLeads } from '#features/handoff/actions/follow-leads.ts';
import { qualifyLead } from '#features/handoff/actions/qualify.ts';
import { rejectLead } from '#features/handoff/actions/reject.ts';
import type { HandoffDetail, Rejection } from '#features/handoff/contract.ts';
import { verifyHandoffs } from '#features/handoff/queries/verify.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { recordTouch } from '#features/records/actions/record-touch.ts';
import type { Sets } from '#features/records/contract/fold.ts';
import { verifyWorkspace } from '#features/records/queries/verify.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { join, openWorld, setUpLea, type Person, type World } from '#tests/security/world.ts';
import { clause } from './agreed.ts';

/** German companies with an address. */
export const mqlRule: Rule = {
  all: [
    { of: 'lead', field: 'country', is: 'eq', value: 'DE' },
    { of: 'lead', field: 'email', is: 'notBlank' },
  ],
};

const content = (reviewSamplePercent: number) =>
  agreementContentSchema.parse({
    clauses: [
      clause('decision', { kind: 'decision', withinMinutes: 240 }, { title: 'Decision' }),
      clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 60 }, { title: 'First attempt' }),
      clause('quality', { kind: 'quality' }, { title: 'Quality' }),
    ],
    reviewSamplePercent,
    reachedOutcomes: ['connected'],
  });

export interface Company extends World {
  readonly workspaceId: WorkspaceId;
  /** Lea leads both; Mara and Mia are in marketing, Milo is its head; Sam and Sue are reps, Hal is their head. */
  readonly people: Readonly<Record<'lea' | 'mara' | 'mia' | 'milo' | 'sam' | 'sue' | 'hal', Person>>;
  /** Mara's. */
  readonly campaignId: string;
  within<T>(work: (tx: Tx, workspaceId: WorkspaceId) => Promise<T>): Promise<T>;
  /** Records fields of a lead and lets the hand-off follow. @returns its id */
  record(sets: Sets, leadId?: string): Promise<string>;
  /** A lead passed a moment ago from Mara's campaign, with Sam unless said. */
  passed(sets?: Sets): Promise<string>;
  /** A call of Sam's that was answered. */
  talked(leadId: string): Promise<void>;
  detail(leadId: string, person?: Person): Promise<HandoffDetail>;
  latestRejection(leadId: string): Promise<Rejection>;
  /** `POST /leads/:id/<noun>`; the status must be the one expected. */
  move(person: Person, leadId: string, noun: string, body?: unknown, status?: number): Promise<HandoffDetail & { detail: string }>;
  /**
   * Sam accepts, rejects…: whatever it takes from being passed.
   * @param mendedBefore it was rejected once, and mended, before it got there
   * @returns the lead
   */
  bring(state: HandoffState, sets?: Sets, mendedBefore?: boolean): Promise<string>;
  reject(leadId: string, person?: Person): Promise<string>;
  answer(person: Person, rejectionId: string, answer: string, more?: Record<string, unknown>): Promise<void>;
  /** Facts fold to the state everywhere, every rejection is what its facts say, and places and clocks follow from them. */
  assertVerified(): Promise<void>;
}

export const nobodys = { ownerId: null };

export async function openHandingOver({ reviewSamplePercent = 0 } = {}): Promise<Company> {
  const world = await openWorld();
  const lea = await setUpLea(world);
  const add = (name: string, side: 'marketing' | 'sales', role: 'member' | 'manager') => join(world, lea, name, side, role);
  const people = {
    lea,
    mara: await add('Mara', 'marketing', 'member'),
    mia: await add('Mia', 'marketing', 'member'),
    milo: await add('Milo', 'marketing', 'manager'),
    sam: await add('Sam', 'sales', 'member'),
    sue: await add('Sue', 'sales', 'member'),
    hal: await add('Hal', 'sales', 'manager'),
  };
  const workspaceId = lea.workspaceId as WorkspaceId;
  await establishAgreement(world.database, workspaceId, {
    definitions: [{ term: 'mql', text: 'A German company that can be written to.', rule: mqlRule, examples: [] }],
    content: content(reviewSamplePercent),
    effectiveFrom: '2026-01-01',
    signers: { marketing: people.milo.memberId, sales: people.hal.memberId },
  });
  const within = <T>(work: (tx: Tx, workspaceId: WorkspaceId) => Promise<T>): Promise<T> =>
    world.database.inWorkspace(workspaceId, (tx) => work(tx, workspaceId));
  const campaign = await world.ask(people.mara, 'POST', '/campaigns', { name: 'Spring', ownerId: people.mara.memberId });

  const company: Company = {
    ...world,
    workspaceId,
    people,
    campaignId: campaign.json().id,
    within,
    record: (sets, id) => within((tx) => record(tx, company, sets, id)),
    passed: (sets = {}) => within((tx) => pass(tx, company, sets)),
    talked: (leadId) => within((tx) => talk(tx, company, leadId)),
    async detail(leadId, person = people.sam) {
      const answer = await world.ask(person, 'GET', `/leads/${leadId}/handoff`);
      assert.equal(answer.statusCode, 200, answer.body);
      return answer.json();
    },
    async latestRejection(leadId) {
      const answer = await world.ask(lea, 'GET', `/rejections?state=all&leadId=${leadId}&limit=1`);
      return answer.json().items[0];
    },
    async move(person, leadId, noun, body = {}, status = noun === 'restart' ? 201 : 200) {
      const answer = await world.ask(person, 'POST', `/leads/${leadId}/${noun}`, body);
      assert.equal(answer.statusCode, status, `${noun}: ${answer.body}`);
      return answer.json();
    },
    bring: (state, sets = {}, mendedBefore = false) => within((tx) => bring(tx, company, state, sets, mendedBefore)),
    reject: (leadId, person = people.sam) =>
      within((tx) => rejectLead(tx, whoIs(person), leadId, { clauses: ['all.0'], comment: 'They moved to Austria.' })),
    async answer(person, rejectionId, answer, more = {}) {
      const answered = await world.ask(person, 'POST', `/rejections/${rejectionId}/answer`, {
        answer,
        comment: 'We looked again.',
        ...more,
      });
      assert.equal(answered.statusCode, 200, answered.body);
    },
    async assertVerified() {
      for (const verify of [verifyWorkspace, verifyHandoffs])
        assert.deepEqual((await verify(world.database, workspaceId, () => {})).differences, []);
    },
  };
  return company;
}

async function record(tx: Tx, { workspaceId, people }: Company, sets: Sets, id?: string): Promise<string> {
  const recorded = await recordFields(tx, workspaceId, { kind: 'lead', id, sets, memberId: people.mara.memberId, followed: true });
  await followLeads(tx, workspaceId, [recorded.id]);
  return recorded.id;
}

async function pass(tx: Tx, company: Company, sets: Sets): Promise<string> {
  const aMomentAgo = new Date(Date.now() - 1000).toISOString();
  const who = { name: 'Ada Lind', company: 'Lind', country: 'DE', email: 'ada@lind.example' };
  const whence = { openedAt: aMomentAgo, mqlAt: aMomentAgo, campaignId: company.campaignId, ownerId: company.people.sam.memberId };
  return record(tx, company, { ...who, ...whence, ...sets });
}

async function talk(tx: Tx, { workspaceId, people }: Company, leadId: string): Promise<void> {
  const { memberId } = people.sam;
  const call = {
    occurredAt: new Date().toISOString(),
    side: 'sales',
    kind: 'call',
    direction: 'out',
    outcome: 'Connected',
    memberId,
    leadId,
  };
  await recordTouch(tx, workspaceId, call, memberId);
  await followLeads(tx, workspaceId, [leadId]);
}

/** By the verbs themselves, all in one transaction. */
async function bring(tx: Tx, company: Company, state: HandoffState, sets: Sets, mendedBefore: boolean): Promise<string> {
  const [sam, mara] = [whoIs(company.people.sam), whoIs(company.people.mara)];
  const leadId = await pass(tx, company, sets);
  const reject = () => rejectLead(tx, sam, leadId, { clauses: ['all.0'], comment: 'They moved to Austria.' });
  const answer = (id: string, said: 'mended' | 'contested') => answerRejection(tx, mara, id, { answer: said, comment: 'We looked again.' });
  if (mendedBefore) await answer(await reject(), 'mended');
  if (state === 'unrouted') await record(tx, company, nobodys, leadId);
  if (state === 'recycled') await recycleLead(tx, sam, leadId, { until: '2199-01-01', reason: 'Next year.' });
  if (state === 'disqualified') await disqualifyLead(tx, sam, leadId, { reason: 'A student.' });
  if (state === 'accepted' || state === 'progressed') await acceptLead(tx, sam, leadId, {});
  if (state === 'rejected') await reject();
  if (state === 'contested') await answer(await reject(), 'contested');
  if (state === 'progressed') {
    await talk(tx, company, leadId);
    await qualifyLead(tx, sam, leadId, { comment: '' });
  }
  return leadId;
}

/** A person as the server knows them. */
export const whoIs = ({ memberId, side, role, workspaceId }: Person): Who => ({
  memberId,
  side,
  role,
  name: 'Somebody',
  workspaceId: workspaceId as WorkspaceId,
});
