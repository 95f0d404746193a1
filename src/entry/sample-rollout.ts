/** How far the sample company has come on the way in: a charter with its baseline, what both sides think, a pilot under way, the next steps given out. */

import { signCharter, writeCharter } from '#features/rollout/actions/charters.ts';
import { writeSheet } from '#features/rollout/actions/diagnose.ts';
import { notePassages } from '#features/rollout/actions/note-passages.ts';
import { planPilot } from '#features/rollout/actions/pilots.ts';
import { planStep } from '#features/rollout/actions/plan-step.ts';
import { takeBaseline } from '#features/rollout/actions/take-baseline.ts';
import { findCharter, measure } from '#features/rollout/queries/charter.ts';
import { lastOnRecord } from '#features/rollout/queries/pilot-leads.ts';
import { readChoices } from '#features/rollout/queries/pilots.ts';
import { diagnosisQuestions } from '#features/rollout/contract/diagnosis.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Side, Who } from '#platform/http/route.ts';
import type { SamplePeople } from './sample-campaigns.ts';

/** In the names of the owner and the two heads; done twice it changes nothing. */
export async function comeIn(database: Database, owner: Who, { mara, sam }: SamplePeople): Promise<void> {
  const { workspaceId } = owner;
  const has = await database.inWorkspace(workspaceId, (tx) => findCharter(tx, workspaceId));
  if (has) return;
  const measured = await measure(database, workspaceId, 'winRate');
  if (measured.value === null) return;
  const aim = String(Math.min(1, Math.round(Number(measured.value) * 120) / 100));
  await database.inWorkspace(workspaceId, async (tx) => {
    const { today, timeZone } = await groundOf(tx, workspaceId);
    const inDays = (days: number): string => Temporal.PlainDate.from(today).add({ days }).toString();
    const why = 'Both sides work hard, and what one begins the other does not finish.';
    const charter = await writeCharter(tx, owner, { sponsorId: owner.memberId, figure: 'winRate', aim, aimOn: inDays(300), why });
    await signCharter(tx, owner, charter.id, charter.contentHash);
    await takeBaseline(tx, owner, { figure: 'winRate', measured });
    await saySides(tx, { marketing: mara, sales: sam });
    await beginPilot(tx, sam, await lastOnRecord(tx, workspaceId, timeZone));
    await planStep(tx, owner, 'rhythm', { ownerId: mara.memberId, dueOn: inDays(14) });
    await planStep(tx, owner, 'pay', { ownerId: owner.memberId, dueOn: inDays(90) });
    await notePassages(tx, workspaceId);
  });
}

/** Marketing thinks well of its leads, sales of its follow-up; of little else do they think differently. */
const said: Readonly<Record<'marketing' | 'sales', Readonly<Record<string, number>>>> = {
  marketing: { leads: 4, followUp: 2, words: 3, meetings: 3, pay: 2, campaigns: 3 },
  sales: { leads: 2, followUp: 4, words: 2, meetings: 3, pay: 2, campaigns: 2 },
};

async function saySides(tx: Tx, heads: Readonly<Record<'marketing' | 'sales', Who>>): Promise<void> {
  for (const side of ['marketing', 'sales'] as const satisfies readonly Side[]) {
    const scores = Object.fromEntries(diagnosisQuestions.map(({ key }) => [key, said[side][key] ?? 3]));
    await writeSheet(tx, heads[side], { side, scores, note: '' });
  }
}

/** Of the two segments with most leads the first has begun, a quarter before the last day on record. */
async function beginPilot(tx: Tx, who: Who, lastDay: string): Promise<void> {
  const [one, other] = (await readChoices(tx, who.workspaceId)).segments;
  if (!one || !other) return;
  const startsOn = Temporal.PlainDate.from(lastDay).subtract({ weeks: 13 }).toString();
  const changes = `Leads of ${one.name} are called within the hour, with what marketing knows of them on the screen.`;
  await planPilot(tx, who, {
    ...{ name: `${one.name} first`, split: 'segments', pilot: [one.key], comparison: [other.key], measure: 'accepted' },
    ...{ changes, startsOn },
  });
}
