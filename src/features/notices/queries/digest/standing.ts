/** Where both sides stand, out of the scoreboard: the same for all who may see the same of it. */

import type { Bar, Figure, Section } from '#engine/notices/message.ts';
import { roughMoneyText } from '#engine/values/money.ts';
import type { Scoreboard } from '#features/alignment/contract/scoreboard.ts';
import { goalStates } from '#features/goals/contract/goals.ts';
import { dayWords, quantityWords } from '#features/goals/contract/wording.ts';

const mostBars = 6;

export interface Standing {
  readonly sections: readonly Section[];
  /** Clauses that were not kept, and goals off their pace. */
  readonly broken: number;
  readonly offPace: number;
  /** The sentence that names what is worst; null: nothing is. */
  readonly first: string | null;
  /** Numbers alone, all of them as they should be, are no news. */
  readonly isNews: boolean;
}

export function standingOf(board: Scoreboard): Standing {
  const broken = brokenClauses(board);
  const goals = goalBars(board);
  const first = board.index.first ?? (board.cost.first && { says: board.cost.first.says, opens: board.cost.opens });
  const offPace = goals.filter(({ tone }) => tone === 'below').length;
  return {
    sections: [...numbers(board, first), ...brokenSection(board, broken), ...goalSection(goals)],
    broken: broken.length,
    offPace,
    first: first?.says ?? null,
    isNews: broken.length + offPace > 0 || first !== null,
  };
}

/** Clauses not kept, with what was agreed as the mark; the furthest from it first. */
export function brokenClauses({ agreement }: Scoreboard): Bar[] {
  return agreement.sides
    .flatMap(({ side, clauses }) => clauses.filter(({ kept }) => kept === false).map((clause) => ({ ...clause, side })))
    .toSorted((one, other) => (one.attainment ?? 0) * 100 - one.targetPercent - ((other.attainment ?? 0) * 100 - other.targetPercent))
    .map(({ title, side, attainment, targetPercent, opens }) => ({
      label: `${title} (${side})`,
      value: attainment === null ? '–' : `${Math.round(attainment * 100)} %`,
      length: (attainment ?? 0) * 100,
      mark: targetPercent,
      tone: 'below' as const,
      opens,
    }));
}

/** @returns the section of bars; none where all was kept */
export const brokenSection = ({ agreement }: Scoreboard, bars: readonly Bar[]): Section[] =>
  bars.length === 0
    ? []
    : [
        {
          heading: 'Promised and not kept',
          parts: [
            {
              kind: 'bars',
              caption: `Share kept since ${dayWords(agreement.start)}; the mark is what was agreed.`,
              items: bars.slice(0, mostBars),
            },
          ],
        },
      ];

function numbers(board: Scoreboard, first: { says: string; opens: string } | null): Section[] {
  const figures = [...indexFigure(board), ...costFigure(board), ...agreementFigure(board)];
  if (figures.length === 0) return [];
  return [
    {
      heading: 'Where you stand together',
      parts: [
        { kind: 'figures', items: figures },
        ...(first === null ? [] : [{ kind: 'text' as const, text: first.says, opens: first.opens }]),
      ],
    },
  ];
}

function indexFigure({ index: { score, change, since, opens } }: Scoreboard): Figure[] {
  if (score === null) return [];
  const moved = change === null ? null : Math.round(change * 10) / 10;
  const note =
    moved === null || moved === 0 ? 'of 100' : `of 100, ${moved > 0 ? `${moved} more` : `${-moved} less`} than on ${dayWords(since)}`;
  return [{ label: 'Alignment index', value: String(Math.round(score)), note, opens }];
}

function costFigure({ cost: { amount, low, high, opens }, currency }: Scoreboard): Figure[] {
  if (amount === null) return [];
  const words = (minor: string): string => roughMoneyText(minor, currency);
  const range = low === null || high === null || low === high ? {} : { note: `between ${words(low)} and ${words(high)}` };
  return [{ label: 'Cost of misalignment', value: words(amount), ...range, opens }];
}

function agreementFigure({ agreement: { sides, opens } }: Scoreboard): Figure[] {
  const kept = sides.reduce((sum, side) => sum + side.kept, 0);
  const all = kept + sides.reduce((sum, side) => sum + side.broken, 0);
  return all === 0 ? [] : [{ label: 'Promises kept', value: `${kept} of ${all}`, opens }];
}

function goalBars({ goals, currency }: Scoreboard): Bar[] {
  return goals.items.map(({ title, unit, value, target, state, opens }) => {
    const words = (quantity: string): string => quantityWords(quantity, unit as Parameters<typeof quantityWords>[1], currency);
    const known = goalStates[state as keyof typeof goalStates];
    return {
      label: title,
      value: value === null ? 'not measured yet' : `${words(value)} of ${words(target)}`,
      length: value === null || Number(target) === 0 ? 0 : (Number(value) / Number(target)) * 100,
      ...(known?.offPace ? { tone: 'below' as const } : {}),
      opens,
    };
  });
}

const goalSection = (bars: readonly Bar[]): Section[] =>
  bars.length === 0
    ? []
    : [
        {
          heading: 'Goals',
          parts: [
            { kind: 'bars', caption: 'What there is of what was agreed; those off their pace first.', items: bars.slice(0, mostBars) },
          ],
        },
      ];
