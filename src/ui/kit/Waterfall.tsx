import { Chart, type Series } from './Chart.tsx';

export interface Step {
  label: string;
  /** Of a step what it adds or takes; of a level where one stands. Major units: a picture, the table has the exact ones. */
  value: number;
  /** A level stands on the ground, a step on the one before. */
  level?: boolean;
}

interface WaterfallProps {
  label: string;
  height: number;
  steps: readonly Step[];
  axis(value: number): string;
  open?(at: number): void;
}

/** From one amount to another, step by step. Steps that cross zero are cut there. */
export function Waterfall({ label, height, steps, axis, open }: WaterfallProps) {
  return (
    <Chart
      label={label}
      height={height}
      categories={steps.map((step) => step.label)}
      series={seriesOf(steps)}
      axis={axis}
      {...(open && { open: (at: number) => open(at) })}
    />
  );
}

const none = (count: number): (number | null)[] => Array.from({ length: count }, () => null);

/** Floating bars as stacks: an unseen base and a seen part above zero, and the same below. */
export function seriesOf(steps: readonly Step[]): Series[] {
  const parts = { base: none(steps.length), level: none(steps.length), gain: none(steps.length), loss: none(steps.length) };
  const below = { base: none(steps.length), level: none(steps.length), gain: none(steps.length), loss: none(steps.length) };
  let stands = 0;
  for (const [at, { value, level }] of steps.entries()) {
    const from = level ? 0 : stands;
    const to = level ? value : stands + value;
    const seen = level ? 'level' : value >= 0 ? 'gain' : 'loss';
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    if (high > 0) {
      parts.base[at] = Math.max(0, low);
      parts[seen][at] = high - Math.max(0, low);
    }
    if (low < 0) {
      below.base[at] = Math.min(0, high);
      below[seen][at] = low - Math.min(0, high);
    }
    stands = to;
  }
  const stack = (name: string, from: typeof parts): Series[] => [
    { name: `${name} base`, type: 'bar', colour: 'none', stack: name, values: from.base },
    { name: 'Level', type: 'bar', colour: 'ink', stack: name, values: from.level },
    { name: 'Gain', type: 'bar', colour: 'good', stack: name, values: from.gain },
    { name: 'Loss', type: 'bar', colour: 'bad', stack: name, values: from.loss },
  ];
  return [...stack('above', parts), ...(below.base.some((value) => value !== null) ? stack('below', below) : [])];
}
