/**
 * A draw: at least so much is paid in a period. What earnings E miss of it is advanced, D − E; a recoverable advance is
 * a balance that later earnings beyond their own draw pay back, min(balance, E − D), also after the draws have ended.
 */

import type { Draw } from '../plan.ts';
import { tenure } from '../presence.ts';
import { draft, type Person, present, type Scope } from '../scope.ts';
import type { TermLine } from './lines.ts';

/** @param earned after floors and caps @returns `beyond`: what was earned beyond the draw and not used to pay back */
export function drawLines(scope: Scope, person: Person, draw: Draw | null, earned: bigint): { lines: TermLine[]; beyond: bigint } {
  const at = draw && isRunning(draw, person, scope) ? present(scope, person, draw.amount) : 0n;
  if (draw && earned < at) return { lines: [advance(scope, person, draw, earned, at)], beyond: 0n };
  const recovery = recover(scope, person, earned - at);
  return { lines: recovery, beyond: earned - at + recovery.reduce((sum, { amount }) => sum + amount, 0n) };
}

/** Somebody of whom nobody knows the start has been there for longer than any number of periods. */
function isRunning({ periods }: Draw, { stay }: Person, { period }: Scope): boolean {
  const nth = tenure(stay, period);
  return periods === null || (nth !== null && nth <= periods);
}

function advance({ carried }: Scope, { payee }: Person, { id, name, recoverable }: Draw, of: bigint, at: bigint): TermLine {
  const balance = carried.drawn.get(payee.id)?.balance ?? 0n;
  if (recoverable) carried.drawn.set(payee.id, { balance: balance + at - of, component: id, name });
  return { ...draft(at - of, { kind: 'draw', of, at, recoverable }), component: id, name };
}

function recover({ carried }: Scope, { payee }: Person, beyond: bigint): TermLine[] {
  const drawn = carried.drawn.get(payee.id);
  if (!drawn || drawn.balance === 0n || beyond <= 0n) return [];
  const { balance, component, name } = drawn;
  const amount = balance < beyond ? balance : beyond;
  carried.drawn.set(payee.id, { ...drawn, balance: balance - amount });
  return [{ ...draft(-amount, { kind: 'recovery', of: beyond, balance }), component, name }];
}
