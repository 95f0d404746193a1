import type { Side } from '#ui/api/session.ts';

const words: Record<string, string> = { marketing: 'Marketing', sales: 'Sales', leadership: 'Leadership', customer: 'Customer' };

/** The side in its colour and in words: colour alone says nothing to those who can't see it. */
export function SideMark({ side }: { side: Side | 'customer' | string | null | undefined }) {
  const known = side && words[side] ? side : 'none';
  return <span className={`side side-${known}`}>{side ? (words[side] ?? side) : 'No side'}</span>;
}
