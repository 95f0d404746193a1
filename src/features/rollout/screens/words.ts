import type { Place } from '#engine/rollout/needs.ts';
import type { CharterFigure } from '#features/rollout/contract/charter.ts';
import { unitOf } from '#features/rollout/contract/charter.ts';
import { count, days, majorUnits, money, percent } from '#ui/formats.ts';
import { paths } from '#ui/paths.ts';

interface PlaceWords {
  readonly href: string;
  readonly act: string;
}

/** Where something is done that a gate asks for. */
export const placeTable: Readonly<Record<Place, PlaceWords>> = {
  charter: { href: paths.rolloutStep('sponsor'), act: 'To the charter' },
  diagnosis: { href: paths.rolloutStep('diagnosis'), act: 'To the diagnosis' },
  import: { href: paths.imports(), act: 'Import' },
  baseline: { href: paths.rolloutStep('sponsor'), act: 'To the baseline' },
  terms: { href: paths.agreement(), act: 'To the terms' },
  goals: { href: paths.goals(), act: 'To the goals' },
  contract: { href: paths.agreement(), act: 'To the contract' },
  routing: { href: paths.settings('routing'), act: 'To routing' },
  inbox: { href: paths.inbox(), act: 'To the inbox' },
  pilot: { href: paths.rolloutStep('pilot'), act: 'To the pilot' },
  meetings: { href: paths.meetings(), act: 'To the meetings' },
  feedback: { href: paths.feedback(), act: 'To feedback' },
  campaigns: { href: paths.records('campaigns'), act: 'To the campaigns' },
  pay: { href: paths.incentivePlans(), act: 'To the plans' },
  payRuns: { href: paths.incentivePlans(), act: 'To the plans' },
  costs: { href: paths.costs(), act: 'To the costs' },
  returns: { href: paths.returns(), act: 'To returns' },
  periods: { href: paths.periods(), act: 'To the months' },
};

export const stateWords = { open: 'Not begun', begun: 'Under way', through: 'Through' } as const;

/** A charter’s figure in its unit. */
export function figureText(figure: CharterFigure, value: string | null, currency: string): string {
  if (value === null) return '–';
  switch (unitOf(figure)) {
    case 'share':
      return percent(Number(value));
    case 'days':
      return days(Number(value));
    case 'amount':
      return money(value, currency);
    case 'amountADay':
      return `${money(value, currency)} a day`;
    default:
      return count(Number(value));
  }
}

/** As typed: a share in per cent, an amount in whole units. */
export function typedAim(figure: CharterFigure, aim: string, currency: string): string {
  const unit = unitOf(figure);
  if (unit === 'share') return String(Math.round(Number(aim) * 1e6) / 1e4);
  return unit.startsWith('amount') ? majorUnits(aim, currency) : aim;
}
