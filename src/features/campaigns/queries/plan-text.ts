import { type PlanText, planChanges } from '#engine/campaigns/plan-changes.ts';
import { moneyText } from '#engine/values/money.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { KeptPlan, PlanVersion, Target } from '../contract/plans.ts';
import { audienceSentence } from './audience.ts';
import { findVersion, type VersionRow } from './plan-versions.ts';

const metricWords: Readonly<Record<Target['metric'], string>> = {
  leads: 'leads',
  mqls: 'MQLs',
  sqls: 'SQLs',
  deals: 'deals',
  won: 'won',
  wonValue: 'won value',
};

async function planText(tx: Tx, workspaceId: WorkspaceId, content: KeptPlan, currency: string): Promise<PlanText> {
  const { target } = content;
  const amount = target && (target.metric === 'wonValue' ? moneyText(target.amount, currency) : target.amount);
  return {
    ...content,
    audience: await audienceSentence(tx, workspaceId, content.audience),
    budget: content.budget.map(({ label, amount: planned }) => ({ label, amount: moneyText(planned, currency) })),
    target: target && `${amount} ${metricWords[target.metric]} by ${target.by}`,
  };
}

/** A version as it is answered, with what it changes against the published one before it. */
export async function shownVersion(
  tx: Tx,
  workspaceId: WorkspaceId,
  campaignId: string,
  row: VersionRow,
  currency: string,
): Promise<PlanVersion> {
  const before = await findVersion(tx, workspaceId, campaignId, { before: row.number });
  const now = await planText(tx, workspaceId, row.content, currency);
  const { number, publishedAt, publishedBy, madeAt, madeBy, contentHash, content, audienceCount } = row;
  return {
    ...{ number, publishedAt, publishedBy, madeAt, madeBy, contentHash, content },
    audienceSentence: now.audience,
    audienceCount: audienceCount === null ? null : Number(audienceCount),
    changes: before && {
      against: before.number,
      ...planChanges(await planText(tx, workspaceId, before.content, currency), now),
    },
  };
}
