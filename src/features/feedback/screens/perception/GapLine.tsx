import type { Guessed } from '#features/feedback/contract/perception.ts';

interface LineProps {
  guessed: Guessed;
  truth: number | null;
  /** What the line ends at. */
  end: number;
}

/** Guesses and the number on one line. The figures stand beside it. */
export function GapLine({ guessed, truth, end }: LineProps) {
  const { low, high, median, side } = guessed;
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
