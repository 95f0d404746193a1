/** What can be done otherwise, with the company's own numbers beside it. */

import { quantityOf } from '#engine/goals/quantity.ts';
import { ruleSentence } from '#engine/rules/sentence.ts';
import { listBackTests } from '#features/agreement/queries/kept-back-tests.ts';
import { ruleLabels } from '#features/agreement/queries/rule-reading.ts';
import { listDefinitionRows } from '#features/agreement/queries/versions.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { WhatIfChoices } from '../contract/what-if.ts';
import { type GoalContext, readContext } from './context.ts';
import { whereNextBy, yearOfSpeed } from './drawn-changes.ts';
import { workableOf } from './feasibility.ts';

export async function whatIfChoices(database: Database, who: Who): Promise<WhatIfChoices> {
  const context = await readContext(database, who.workspaceId, who, []);
  const workable = await workableOf(context);
  return {
    currency: context.ground.figures.currency,
    places: { channel: await placesOf(context, 'channel'), segment: await placesOf(context, 'segment') },
    reps: { now: workable.reps, leadsAMonth: quantityOf(workable.leadsAMonth, 'count'), each: quantityOf(workable.each, 'count') },
    definitions: await database.inWorkspace(who.workspaceId, (tx) => testedDefinitions(tx, who.workspaceId)),
    speeds: await speedsOf(context),
    notes: [...workable.assumptions],
  };
}

async function placesOf(context: GoalContext, by: 'channel' | 'segment'): Promise<WhatIfChoices['places']['channel']> {
  const { rows } = await whereNextBy(context, by);
  return rows.map(({ group, label, spend, recordsUrl }) => ({ place: group, label, spend, recordsUrl }));
}

/** Of so many versions, the newest. */
const mostVersions = 20;

async function testedDefinitions(tx: Tx, workspaceId: WorkspaceId): Promise<WhatIfChoices['definitions']> {
  const versions = (await listDefinitionRows(tx, workspaceId, 'mql')).slice(0, mostVersions);
  const labels = await ruleLabels(
    tx,
    workspaceId,
    versions.map(({ rule }) => rule),
  );
  const found: WhatIfChoices['definitions'] = [];
  for (const { id, number, status, rule } of versions) {
    const [test] = await listBackTests(tx, workspaceId, id);
    if (!test) continue;
    const { passedNow, passedThen } = test.total;
    found.push({ versionId: id, number, status, sentence: ruleSentence(rule, labels), passedNow, passedThen, runBy: test.member });
  }
  return found;
}

async function speedsOf(context: GoalContext): Promise<WhatIfChoices['speeds']> {
  const { curve } = await yearOfSpeed(context);
  const all = curve.buckets.reduce((sum, { leads }) => sum + leads, 0);
  let soon = 0;
  return curve.buckets.flatMap(({ toMinutes, label, leads, recordsUrl }) => {
    if (toMinutes === null) return [];
    soon += leads;
    return [{ minutes: toMinutes, label, leadsSlower: all - soon, recordsUrl }];
  });
}
