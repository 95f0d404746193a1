import { scoreText } from './indexWords.ts';

interface ScoreBarProps {
  label: string;
  /** 0 to 100; null: not measured yet, drawn as an empty, hatched bar. */
  score: number | null;
  side?: 'marketing' | 'sales' | 'both';
  /** Where it stood before, as a thin line. */
  before?: number | null;
}

/** A score of a hundred as a bar. */
export function ScoreBar({ label, score, side = 'both', before = null }: ScoreBarProps) {
  const was = before === null || score === null ? '' : `, before ${scoreText(before)}`;
  const words = score === null ? `${label}: not measured yet` : `${label}: ${scoreText(score)} of 100${was}`;
  return (
    <div className="score-bar" role="img" aria-label={words} title={words} data-side={side} data-none={score === null || undefined}>
      {score !== null && <span className="score-value" style={{ width: `${score}%` }} />}
      {before !== null && score !== null && <span className="score-before" style={{ left: `${before}%` }} />}
    </div>
  );
}

interface ShareBarProps {
  label: string;
  percent: number;
  floor: number;
  target: number;
  side: 'marketing' | 'sales' | 'both';
}

/** A share, between the floor at which it scores nothing and the target at which it scores all. */
export function ShareBar({ label, percent, floor, target, side }: ShareBarProps) {
  const words = `${label}: ${percent} %, target ${target} %, nothing at ${floor} %`;
  return (
    <div className="score-bar share-bar" role="img" aria-label={words} title={words} data-side={side}>
      <span className="share-floor" style={{ width: `${floor}%` }} />
      <span className="score-value" style={{ width: `${Math.min(100, percent)}%` }} />
      <span className="share-target" style={{ left: `${target}%` }} />
    </div>
  );
}
