/** From MQL to a conversation, or to nothing: who picks the lead up, when, how often it is tried, and what that cost. */

import {
  attemptSubjects,
  autoReplySubjects,
  callMisses,
  disqualifiedReasons,
  misfitReasons,
  otherReasons,
  replySubjects,
} from './catalogue.ts';
import { channelOf } from './catalogue.ts';
import type { Member } from './company.ts';
import { reachOfAttempt, reachOfAttempts, sqlChance, winAfterTalk, winChance } from './curve.ts';
import { exponential, normalOf } from './numbers.ts';
import { world } from './parameters.ts';
import { awaitReturn } from './returning.ts';
import { between, type Lead, type Run } from './run.ts';
import { streams } from './streams.ts';
import { customerAutoReply, customerEmail, repCall, repEmail, repMeeting, repMessage, writeTouch } from './touches.ts';
import { afterWorking, dayIndexOf } from './workday.ts';

const email = channelOf('Email');
const mostAttempts = 8;
const draws = new Float64Array(mostAttempts);

/** Follows up an MQL. Returns the instant of the meeting that qualifies it, or 0. */
export function followUp(run: Run, lead: Lead): number {
  const { chance, behaviour } = run;
  const ignoredDraw = chance.next();
  const wait = behaviour.pickupHours * 3600 * exponential(behaviour.pickupSigma * normalOf(chance.next()));
  const rejectDraw = chance.next();
  const attempts = behaviour.attemptsLeast + chance.below(behaviour.attemptsMost - behaviour.attemptsLeast + 1);
  for (let i = 0; i < mostAttempts; i++) draws[i] = chance.next();

  const sdr = chooseSdr(run, lead.mqlAt);
  lead.sdr = sdr;
  lead.status = 'Assigned';
  lead.participated = lead.campaign !== undefined && run.participates[lead.campaign.index * run.company.members.length + sdr.index] === 1;
  if (lead.participated) invite(run, lead, sdr);
  const promptReach = reachOfAttempt((afterWorking(sdr, lead.mqlAt, world.promptMinutes * 60) - lead.mqlAt) / 3600, lead.phone !== '');
  const worth = winAfterTalk(lead, behaviour.winMisfit);
  const settled = lead.mqlAt < run.end - world.settleDays * 86400;
  const best = worth * reachOfAttempts(promptReach, world.promptAttempts);

  const ignored = ignoredDraw < (lead.campaign ? behaviour.ignoredCampaign : behaviour.ignoredOther);
  const startsAt = ignored ? 0 : queue(run, sdr, lead);
  if (startsAt === 0) {
    run.truth.neverWorked(lead, ignored ? 'ignored' : 'no capacity', settled, best);
    return 0;
  }
  const pickedUpAt = afterWorking(sdr, startsAt, Math.floor(wait));
  if (rejectDraw < (lead.misfit ? behaviour.rejectMisfit : behaviour.rejectFit)) {
    reject(run, lead, sdr, pickedUpAt, settled ? best : 0);
    return 0;
  }
  const acceptedAt = afterWorking(sdr, pickedUpAt, 120 + chance.below(world.reviewMinutes * 60));
  if (acceptedAt >= run.end) return 0;
  lead.salAt = acceptedAt;
  lead.status = 'Working';
  const firstAt = afterWorking(sdr, acceptedAt, 60 + Math.floor(behaviour.pickupHours * 900 * chance.next()));
  const reach = reachOfAttempt((firstAt - lead.mqlAt) / 3600, lead.phone !== '');
  lead.reach = reachOfAttempts(reach, attempts);
  if (settled) countLosses(run, lead, attempts, promptReach, reach, worth);
  return attempt(run, lead, sdr, firstAt, attempts, reach);
}

/** The rep's part in a joint campaign: a personal message to the lead in the days before the inquiry. */
function invite(run: Run, lead: Lead, sdr: Member): void {
  const at = afterWorking(sdr, lead.openedAt - 86400 * (1 + run.chance.below(4)), run.chance.below(20000));
  if (at < lead.openedAt) writeTouch(run, lead, repMessage, at, lead.channel, 'Sent', 'Personal invitation', sdr, -1, true);
}

/**
 * Round robin over those who have started; most of the leads of somebody on leave go to the next. A
 * company that routes with care takes the one of six in turn who is free first.
 */
function chooseSdr(run: Run, at: number): Member {
  const { sdrs } = run.company;
  let chosen: Member | undefined;
  let earliest = Number.MAX_VALUE;
  for (let i = 0; i < Math.min(6, sdrs.length) || !chosen; i++) {
    const sdr = sdrs[run.nextSdr++ % sdrs.length] as Member;
    if (sdr.startsOn * 86400 > at) continue;
    if (!run.behaviour.routesAroundLeave) {
      if (i < 6 && sdr.off[dayIndexOf(sdr.calendar, at)] === 1 && run.chance.happens(0.8)) continue;
      return sdr;
    }
    const free = afterWorking(sdr, Math.max(at, sdr.busyUntil), 0);
    if (free < earliest) {
      earliest = free;
      chosen = sdr;
    }
  }
  return chosen;
}

/**
 * When the SDR has time for it; 0 when that is later than the lead is worth keeping. Leads come in order
 * of their inquiry, so those held back for the month's end queue apart until that day has come.
 */
function queue(run: Run, sdr: Member, { mqlAt, openedAt }: Lead): number {
  const heldBack = mqlAt > openedAt + 4 * 86400;
  if (sdr.batchUntil > 0 && openedAt >= sdr.batchFrom) {
    sdr.busyUntil = Math.max(sdr.busyUntil, sdr.batchUntil);
    sdr.batchUntil = 0;
  }
  const startsAt = Math.max(mqlAt, sdr.busyUntil, heldBack ? sdr.batchUntil : 0);
  if (startsAt > mqlAt + 2 * 86400 && startsAt > afterWorking(sdr, mqlAt, run.behaviour.giveUpHours * 3600)) return 0;
  const until = afterWorking(sdr, startsAt, Math.floor(run.secondsPerMql * (0.5 + run.chance.next())));
  if (heldBack) {
    if (sdr.batchUntil === 0) sdr.batchFrom = mqlAt;
    sdr.batchUntil = until;
  } else sdr.busyUntil = until;
  return startsAt;
}

function reject(run: Run, lead: Lead, sdr: Member, pickedUpAt: number, best: number): void {
  const { chance, truth } = run;
  let minutes: number = world.reviewMinutes;
  let at = afterWorking(sdr, pickedUpAt, 180 + chance.below(world.reviewMinutes * 60));
  const triedFirst = chance.happens(0.4) ? 1 + chance.below(2) : 0;
  for (let i = 0; i < triedFirst && at < run.end; i++) {
    const byPhone = lead.phone !== '' && i % 2 === 0;
    minutes += writeAttempt(run, lead, sdr, at, i, byPhone, byPhone && i === triedFirst - 1);
    at = afterWorking(sdr, at, between(chance, 0.5, 10));
  }
  if (at >= run.end) return;
  lead.rejectedAt = at;
  lead.rejectedReason = lead.misfit && chance.happens(0.85) ? chance.oneOf(misfitReasons) : chance.oneOf(otherReasons);
  lead.status = 'Rejected';
  truth.rejected(lead, minutes, best);
}

/** Expected and paired losses against a prompt and persistent follow-up; `docs/simulator.md` has the formulas. */
function countLosses(run: Run, lead: Lead, attempts: number, promptReach: number, reach: number, worth: number): void {
  const prompt = reachOfAttempts(promptReach, attempts);
  const persistent = reachOfAttempts(promptReach, Math.max(attempts, world.promptAttempts));
  const wouldWin =
    lead.sqlDraw < sqlChance(lead, lead.push, lead.participated) &&
    lead.dealDraw < world.dealShareOfSql &&
    lead.winDraw < winChance(lead, run.behaviour.winMisfit, lead.participated);
  let talksPrompt = false;
  let talks = false;
  for (let i = 0; i < attempts; i++) {
    if ((draws[i] as number) < promptReach) talksPrompt = true;
    if ((draws[i] as number) < reach) talks = true;
  }
  run.truth.worked(lead, worth * (prompt - lead.reach), worth * (persistent - prompt), wouldWin && talksPrompt && !talks);
}

function attempt(run: Run, lead: Lead, sdr: Member, firstAt: number, attempts: number, reach: number): number {
  const { chance, behaviour } = run;
  let at = firstAt;
  for (let i = 0; i < attempts; i++) {
    if (at >= run.end) return 0;
    if (i === 0) lead.firstAttemptAt = at;
    const talks = (draws[i] as number) < reach;
    const byPhone = lead.phone !== '' && i % 2 === 0;
    writeAttempt(run, lead, sdr, at, i, byPhone, talks);
    if (talks) return meet(run, lead, sdr, at);
    at = afterWorking(sdr, at, between(chance, 3, 13));
  }
  if (at < run.end && !chance.happens(behaviour.dispositionMissing)) putAside(run, lead, at, 'Unreachable');
  return 0;
}

/** Writes one attempt and what comes back. Returns the rep's minutes. */
function writeAttempt(run: Run, lead: Lead, sdr: Member, at: number, number: number, byPhone: boolean, talks: boolean): number {
  const { chance } = run;
  if (byPhone) {
    writeTouch(run, lead, repCall, at, -1, talks ? 'Connected' : chance.oneOf(callMisses), '', sdr, -1, false);
    return talks ? world.callMinutes * 2 : world.callMinutes;
  }
  writeTouch(run, lead, repEmail, at, email, 'Sent', attemptSubjects[number % attemptSubjects.length] as string, sdr, -1, false);
  if (talks)
    writeTouch(
      run,
      lead,
      customerEmail,
      at + 900 + chance.below(14000),
      email,
      'Replied',
      chance.oneOf(replySubjects),
      undefined,
      -1,
      false,
    );
  else if (chance.happens(world.autoReplyShare)) {
    const unmarked = chance.happens(world.autoReplyUnmarkedShare);
    const written = writeTouch(
      run,
      lead,
      unmarked ? customerEmail : customerAutoReply,
      at + 20 + chance.below(100),
      email,
      'Received',
      chance.oneOf(autoReplySubjects),
      undefined,
      -1,
      false,
    );
    if (written) run.truth.autoReply(unmarked);
  }
  return world.emailMinutes;
}

/** The meeting after a conversation decides on SQL. */
function meet(run: Run, lead: Lead, sdr: Member, talkedAt: number): number {
  const { chance, behaviour } = run;
  const at = afterWorking(sdr, talkedAt + 7200, between(chance, 3, 24));
  const qualified = lead.sqlDraw < sqlChance(lead, lead.push, lead.participated);
  const shows = qualified || chance.happens(0.7);
  if (!writeTouch(run, lead, repMeeting, at, -1, shows ? 'Held' : 'No show', 'First conversation', sdr, -1, false)) return 0;
  if (qualified) return at;
  const decidedAt = afterWorking(sdr, at, between(chance, 1, 16));
  if (decidedAt < run.end && !chance.happens(behaviour.dispositionMissing))
    putAside(run, lead, decidedAt, lead.misfit ? 'Not a fit' : chance.oneOf(disqualifiedReasons));
  return 0;
}

/** Back to nurture, or out. Half of those put back return as a new cycle. */
function putAside(run: Run, lead: Lead, at: number, reason: string): void {
  const { chance } = run;
  if (chance.happens(0.6)) {
    lead.recycledAt = at;
    lead.recycledUntil = Math.floor(at / 86400) + 45 + chance.below(75);
    lead.status = 'Nurture';
    if (lead.cycle < 3 && chance.happens(world.recycleReturnShare)) {
      const dueAt = lead.recycledUntil * 86400 + 28800 + chance.below(20 * 86400);
      awaitReturn(run.returning, { dueAt, lead: lead.index, cycle: lead.cycle, contact: lead.contact, contactRow: lead.contactRow });
    }
    return;
  }
  lead.disqualifiedAt = at;
  lead.disqualifiedReason = reason;
  lead.status = 'Disqualified';
}

/** The lead's own stream for what follows its MQL. */
export const beginFollowUp = (run: Run, lead: Lead): void => void run.chance.reseed(streams.followUp, lead.index);
