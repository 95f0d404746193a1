import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { planVersionInList, PlanVersion } from '../contract/plans.ts';
import { type PlanNames, planSentences } from '../contract/plan-sentences.ts';
import { planCan, whyNotFrom } from '../contract/states.ts';
import { seesAllPay, type Sight, statementVisible, whyNotDraft } from '../policy/access.ts';
import { whyNoNext } from '../policy/plan-life.ts';
import { signedHash } from '../policy/signed-hash.ts';
import { planPartOf, poolTotals } from '../policy/plan-part.ts';
import { headsWanted, missingHeads, waysToSign } from '../policy/signing.ts';
import { knownClauses } from './plan-names.ts';
import { membersById, type PayeeMember, sidesWithHead, signedPayees, type VersionRow, versionsOfPlan } from './plan-rows.ts';
import { getSeenVersion, type SeenVersion } from './plan-seen.ts';
import { checkContent, warningsSeen } from './plan-warnings.ts';
import { todayOf } from './today.ts';

export type VersionHead = z.output<typeof planVersionInList>;

/** A version in short, as lists show it. Of a plan that somebody sees only a part of, the counts are of the whole. */
export function versionHead(version: VersionRow, memberId: string): VersionHead {
  const { content, endedFrom: _, contentHash: __, signatures, ...row } = version;
  const signed = signedPayees(version);
  const of = (side: string): number => content.payees.filter((payee) => payee.side === side).length;
  const isOpen = version.status === 'proposed' || version.status === 'signed';
  return {
    ...{ ...row, name: content.name, currency: content.currency },
    missing: missingHeads({ status: version.status, wants: headsWanted(content), signatures }),
    payees: { marketing: of('marketing'), sales: of('sales'), signed: signed.size },
    awaitsMe: isOpen && content.payees.some(({ id }) => id === memberId) && !signed.has(memberId),
  };
}

/**
 * One version as the asker sees it: the part that concerns them, in words, with signatures, comments and warnings.
 * @throws Problem not-found, forbidden
 */
export async function getPlanVersion(tx: Tx, who: Who, id: string): Promise<PlanVersion> {
  const seen = await getSeenVersion(tx, who, id);
  const { version, part } = seen;
  const content = planPartOf(version.content, part.of);
  const members = await membersById(
    tx,
    who.workspaceId,
    version.content.payees.map((payee) => payee.id),
  );
  const names = await namesIn(tx, who, version.content, members);
  const versions = await versionsOfPlan(tx, who.workspaceId, version.planId);
  const today = await todayOf(tx, who.workspaceId);
  const late =
    version.status === 'proposed' && version.effectiveFrom !== null && version.effectiveFrom < today ? version.effectiveFrom : null;
  const checked = await checkContent(tx, who.workspaceId, version.content, members, late);
  return {
    ...versionHead(version, who.memberId),
    part: part.name,
    content,
    people: peopleOf(content, seen, members),
    ...signOffOf(seen, members),
    signing: await signingOf(tx, who, version),
    comments: await commentsSeen(tx, who, seen),
    problems: whyNotDraft(seen.sight, version.content.payees) === null ? [...checked.problems] : [],
    warnings: warningsSeen(checked.warnings, version.content, part.of),
    sentences: planSentences(content, names, poolTotals(version.content)),
    diff: diffOf(version, versions, seen, names),
    can: canOf(seen.sight, version, versions),
  };
}

/** Names that the words of a plan need. */
export async function namesIn(
  tx: Tx,
  who: Pick<Who, 'workspaceId'>,
  content: VersionRow['content'],
  members: ReadonlyMap<string, PayeeMember>,
): Promise<PlanNames> {
  const clauses = await knownClauses(tx, who.workspaceId);
  const { rows: campaigns } = /"campaign"/.test(JSON.stringify(content))
    ? await sql<{
        id: string;
        name: string;
      }>`SELECT id, name FROM campaigns WHERE workspace_id = ${who.workspaceId}::uuid LIMIT 5000`.execute(tx)
    : { rows: [] };
  return {
    members: new Map([...members].map(([id, { name }]) => [id, name])),
    campaigns: new Map(campaigns.map(({ id, name }) => [id, name])),
    clauses: new Map(clauses.map(({ key, title }) => [key, title])),
  };
}

function peopleOf(content: VersionRow['content'], { part }: SeenVersion, members: ReadonlyMap<string, PayeeMember>): PlanVersion['people'] {
  return content.payees.map((payee) => ({
    id: payee.id,
    name: members.get(payee.id)?.name ?? '',
    side: payee.side,
    figuresShown: part.of.shows(payee),
  }));
}

/** Whether a payee signed is shown to who sees their pay; the signatures of heads and sponsor to all. */
function signOffOf(
  { version, part }: SeenVersion,
  members: ReadonlyMap<string, PayeeMember>,
): Pick<PlanVersion, 'signOffs' | 'signatures'> {
  const shown = version.content.payees.filter(part.of.shows);
  const ids = new Set(shown.map(({ id }) => id));
  const signed = new Map(
    version.signatures.flatMap(({ signsAs, member, signedAt }) => (signsAs === 'payee' ? [[member.id, signedAt] as const] : [])),
  );
  return {
    signOffs: shown.map(({ id, side }) => ({
      payee: { id, side, name: members.get(id)?.name ?? '', hasLogin: members.get(id)?.hasLogin ?? false },
      signedAt: signed.get(id) ?? null,
    })),
    signatures: version.signatures.filter(({ signsAs, member }) => signsAs !== 'payee' || ids.has(member.id)).map((each) => ({ ...each })),
  };
}

async function signingOf(tx: Tx, who: Who, version: VersionRow): Promise<PlanVersion['signing']> {
  const { ways, whyNot } = waysToSign(who, {
    status: version.status,
    payeeIds: version.content.payees.map(({ id }) => id),
    wants: headsWanted(version.content),
    signatures: version.signatures,
    canSign: await sidesWithHead(tx, who.workspaceId),
  });
  return { ways: ways.map((way) => ({ ...way, contentHash: signedHash(version, way.signsAs, who.memberId) })), whyNot };
}

type Comment = PlanVersion['comments'][number];

/** In the order in which they were said; what is said about a payee's part only to who sees that pay. */
async function commentsSeen(tx: Tx, who: Who, { version, sight }: SeenVersion): Promise<Comment[]> {
  const named = (column: string): RawBuilder<unknown> =>
    sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = c.workspace_id AND m.id = ${sql.ref(column)})`;
  const { rows } =
    await sql<Comment>`SELECT c.id, ${named('c.member_id')} AS member, m.side, ${named('c.about_member_id')} AS about, c.text, c.said_at AS "saidAt"
    FROM incentive_comments c JOIN members m ON m.workspace_id = c.workspace_id AND m.id = c.member_id
    WHERE c.workspace_id = ${who.workspaceId}::uuid AND c.version_id = ${version.id}::uuid ORDER BY c.said_at, c.id LIMIT 1000`.execute(tx);
  return rows.filter(({ about, member }) => {
    if (about === null || member.id === who.memberId) return true;
    const payee = version.content.payees.find(({ id }) => id === about.id);
    return payee !== undefined && statementVisible(sight, payee);
  });
}

/** Against the version signed last before this one, of the part that the asker sees, in sentences. */
function diffOf(version: VersionRow, versions: readonly VersionRow[], { part }: SeenVersion, names: PlanNames): PlanVersion['diff'] {
  const earlier = versions.find(({ status, number }) => status === 'signed' && number < version.number);
  if (!earlier) return null;
  const said = (content: VersionRow['content']): string[] =>
    planSentences(planPartOf(content, part.of), names, poolTotals(content)).map(({ says }) => says);
  const [before, after] = [said(earlier.content), said(version.content)];
  return {
    against: earlier.number,
    added: after.filter((each) => !before.includes(each)),
    removed: before.filter((each) => !after.includes(each)),
  };
}

function canOf(sight: Sight, version: VersionRow, versions: readonly VersionRow[]): PlanVersion['can'] {
  const stranger = whyNotDraft(sight, version.content.payees);
  const may = (verb: 'edit' | 'propose' | 'withdraw'): string | null => stranger ?? whyNotFrom(planCan[verb], version.status);
  const onlyReads =
    sight.auditor && !(sight.pay.marketing || sight.pay.sales) && !version.content.payees.some(({ id }) => id === sight.memberId);
  return {
    edit: may('edit'),
    propose: may('propose'),
    withdraw: may('withdraw'),
    comment: onlyReads && seesAllPay(sight) ? 'Auditors only read.' : null,
    makeNext: stranger ?? whyNoNext(versions),
  };
}
