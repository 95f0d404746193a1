import type { Guessed, PerceptionItem } from '#features/feedback/contract/perception.ts';

interface LineProps {
  guessed: Guessed;
  truth: number | null;
  unit: PerceptionItem['unit'];
}

/** Guesses and the number on one line, from nothing to all of it; hours as far as the furthest goes. The figures stand beside it. */
export function GapLine({ guessed, truth, unit }: LineProps) {
  const { low, high, median, side } = guessed;
  const end = unit === 'percent' ? 100 : Math.max(high ?? 0, truth ?? 0, 1);
  const at = (value: number): string => `${Math.min(100, (value / end) * 100)}%`;
  const look = `of-${side ?? 'everybody'}`;
  return (
    <div className="gap-line" aria-hidden>
      <i className={`gap-range ${look}`} style={{ left: at(low ?? 0), width: at((high ?? 0) - (low ?? 0)) }} />
      <i className={`gap-median ${look}`} style={{ left: at(median ?? 0) }} />
      {truth !== null && <i className="gap-truth" style={{ left: at(truth) }} />}
    </div>
  );
}
