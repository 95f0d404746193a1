import { useState } from 'react';
import { type CharterAnswer, type CharterFigure, type MadeCharter, unitOf } from '#features/rollout/contract/charter.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { addDays, minorUnits, today } from '#ui/formats.ts';
import { doing } from '../asking.ts';
import { typedAim } from '../words.ts';

export interface CharterDraft {
  readonly sponsorId: string | null;
  readonly figure: CharterFigure;
  readonly aim: string;
  readonly aimOn: string;
  readonly why: string;
  readonly ready: boolean;
  set(changes: Partial<Pick<CharterDraft, 'sponsorId' | 'figure' | 'aim' | 'aimOn' | 'why'>>): void;
  send(): Promise<MadeCharter>;
}

/** What is typed: a share in per cent, an amount in whole units. */
export function useCharterDraft({ charter, currency, sponsors }: CharterAnswer): CharterDraft {
  const me = useMe();
  const [draft, setDraft] = useState({
    sponsorId: charter?.sponsor.id ?? (sponsors.some(({ id }) => id === me.member.id) ? me.member.id : (sponsors[0]?.id ?? null)),
    figure: charter?.figure ?? ('winRate' as CharterFigure),
    aim: charter ? typedAim(charter.figure, charter.aim, currency) : '',
    aimOn: charter?.aimOn ?? addDays(today(), 365),
    why: charter?.why ?? '',
  });
  const aim = meantAim(draft.figure, draft.aim, currency);
  return {
    ...draft,
    ready: draft.sponsorId !== null && aim !== null && draft.aimOn !== '',
    set: (changes) =>
      setDraft((before) => ({ ...before, ...changes, ...(changes.figure && changes.figure !== before.figure && { aim: '' }) })),
    send: () => doing(post<MadeCharter>('/rollout/charters', { ...draft, aim })),
  };
}

function meantAim(figure: CharterFigure, typed: string, currency: string): string | null {
  const unit = unitOf(figure);
  if (unit.startsWith('amount')) return minorUnits(typed, currency);
  const plain = typed.replace(',', '.').trim();
  if (!/^\d{1,9}(\.\d{1,4})?$/.test(plain)) return null;
  if (unit !== 'share') return plain;
  return Number(plain) > 100 ? null : String(Math.round(Number(plain) * 1e4) / 1e6);
}
