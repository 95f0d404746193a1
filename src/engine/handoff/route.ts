/**
 * To whom a lead goes: the owner of its account keeps it, else the first rule that holds says, else the place for
 * all others. In two steps, so that only what a lead can come to needs to be looked up and held: `planRoute` names
 * the places in order, `followRoute` takes the first that can have it.
 */

import { evaluateRule } from '#engine/rules/evaluate.ts';
import type { RuleRecord } from '#engine/rules/reading.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { ruleSentence } from '#engine/rules/sentence.ts';
import type { RuleLabels } from '#engine/rules/words.ts';
import { hindranceWords } from './reasons.ts';
import { chooseNext, give, hindranceOf, type Rep, type Rotation, type Terms } from './rotation.ts';

/** A team's rotation, one member, or neither: the open queue, from which reps claim. */
export interface Target {
  readonly teamId: string | null;
  readonly memberId: string | null;
}

export interface RoutingPlan {
  readonly accountOwnerKeeps: boolean;
  readonly rules: readonly { readonly name: string; readonly when: Rule; readonly to: Target }[];
  readonly otherwise: Target;
  /** For what is said of the rules. */
  readonly labels: RuleLabels;
}

/** The account a lead belongs to, by its own word or by the domain of its e-mail address. */
export interface AccountOfLead {
  readonly name: string;
  /** Null: nobody's. */
  readonly owner: { readonly id: string; readonly name: string } | null;
  /** The domain by which it was found; null: the lead names it. */
  readonly byDomain: string | null;
}

export interface LeadToRoute {
  readonly record: RuleRecord;
  /** Several: the domain is that of more than one account. */
  readonly accounts: readonly AccountOfLead[];
}

/** A place the lead can go to, and what is said when it comes to it. */
export interface Step {
  readonly why: readonly string[];
  readonly to: Target;
  /** The account's owner: neither the hour nor a limit stands in the way. */
  readonly keeps: boolean;
}

/** Reps by id and rotations by team, as they stand. Leads given are counted on in it. */
export interface Desk {
  readonly reps: ReadonlyMap<string, Rep>;
  readonly rotations: ReadonlyMap<string, Rotation>;
  readonly terms: Terms;
}

export interface Decision {
  readonly memberId: string | null;
  /** The team through whose rotation it went, or in whose queue it waits. */
  readonly teamId: string | null;
  readonly why: readonly string[];
}

/** The places this lead can go to, in order; a team or the open queue is always the last. */
export function planRoute(lead: LeadToRoute, plan: RoutingPlan, at: number): Step[] {
  const steps: Step[] = [];
  let why = plan.accountOwnerKeeps ? accountSteps(lead.accounts, steps) : matchWords(lead.accounts);
  const failed: string[] = [];
  for (const rule of plan.rules) {
    if (!evaluateRule(rule.when, lead.record, at)) {
      failed.push(rule.name);
      continue;
    }
    const holds = `Rule “${rule.name}” holds: ${ruleSentence(rule.when, plan.labels)}.`;
    steps.push({ why: [...why, ...failedWords(failed), holds], to: rule.to, keeps: false });
    why = [];
    failed.length = 0;
    if (rule.to.memberId === null) return steps;
  }
  const none = plan.rules.length === 0 ? [] : [steps.some(({ keeps }) => !keeps) ? 'No other rule holds.' : 'No rule holds.'];
  steps.push({ why: [...why, ...none], to: plan.otherwise, keeps: false });
  return steps;
}

/** Takes the first place that can have the lead, and counts it as given there. */
export function followRoute(steps: readonly Step[], desk: Desk): Decision {
  const why: string[] = [];
  for (const { why: said, to, keeps } of steps) {
    why.push(...said);
    if (to.memberId !== null) {
      const taken = takenByMember(to.memberId, keeps, desk, why);
      if (taken) return { memberId: taken.id, teamId: null, why };
      continue;
    }
    return to.teamId === null ? inOpenQueue(why) : throughRotation(to.teamId, desk, why);
  }
  return inOpenQueue(why);
}

function takenByMember(memberId: string, keeps: boolean, desk: Desk, why: string[]): Rep | null {
  const rep = desk.reps.get(memberId);
  const because = rep ? (keeps ? rep.away : hindranceForOne(rep)) : null;
  if (rep && because) why.push(hindranceWords(rep, because, desk.terms));
  else if (!rep) why.push('Who should have it is no longer here.');
  if (!rep || because) return null;
  why.push(keeps ? `${rep.name} keeps it.` : `It goes to ${rep.name}.`);
  give(rep, desk.terms.at, null);
  return rep;
}

/** A share in the rotation is no matter to one who is named. */
const hindranceForOne = (rep: Rep) => {
  const because = hindranceOf(rep);
  return because?.kind === 'noShare' ? hindranceOf({ ...rep, weight: 1 }) : because;
};

function throughRotation(teamId: string, desk: Desk, why: string[]): Decision {
  const rotation = desk.rotations.get(teamId);
  if (!rotation) return inOpenQueue([...why, 'The team that should have it is no longer here.']);
  why.push(`It goes to ${rotation.name}, in turn.`);
  const choice = chooseNext(rotation, desk.terms);
  why.push(...choice.why);
  if (choice.rep) give(choice.rep, desk.terms.at, { rotation, turn: choice.turn });
  return { memberId: choice.rep?.id ?? null, teamId, why };
}

const inOpenQueue = (why: readonly string[]): Decision => ({
  memberId: null,
  teamId: null,
  why: [...why, 'It waits in the open queue until somebody claims it.'],
});

// ── what is said of accounts and rules ──────────────────────────────────────

/** Adds the step to the account's owner, if there is one. @returns what is to be said before the next step */
function accountSteps(accounts: readonly AccountOfLead[], steps: Step[]): string[] {
  const [first] = accounts;
  if (!first) return [];
  const owners = new Set(accounts.map(({ owner }) => owner?.id ?? null));
  if (owners.size > 1) return [`${accounts.length} accounts have the domain ${first.byDomain} and not the same owner: none counts.`];
  const found = first.byDomain === null ? first.name : `${first.name} (by the domain ${first.byDomain})`;
  if (!first.owner) return [`Its account ${found} has no owner.`];
  steps.push({
    why: [`Its account ${found} belongs to ${first.owner.name}.`],
    to: { teamId: null, memberId: first.owner.id },
    keeps: true,
  });
  return [];
}

/** Rules may ask about an account that the lead itself doesn't name. */
const matchWords = ([account, ...others]: readonly AccountOfLead[]): string[] =>
  account && others.length === 0 && account.byDomain !== null ? [`Its account is ${account.name}, by the domain ${account.byDomain}.`] : [];

/** More names than this are counted. */
const mostRules = 3;

function failedWords(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  if (names.length === 1) return [`Rule “${names[0]}” doesn’t hold.`];
  if (names.length > mostRules) return [`${names.length} rules before it don’t hold.`];
  return [`Rules ${names.map((name) => `“${name}”`).join(', ')} don’t hold.`];
}
