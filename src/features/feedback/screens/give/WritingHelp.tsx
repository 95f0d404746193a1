import type { Advice } from '#engine/feedback/writing.ts';

/** What would make a field easier to answer, while it is written. It never forbids anything. */
export function FieldAdvice({ advice, id }: { advice: readonly Advice[]; id: string }) {
  return (
    <ul className="advice" id={id} aria-live="polite">
      {advice.map(({ kind, found, say }) => (
        <li key={kind} className={found === null ? 'advice-missing' : 'advice-found'}>
          {found !== null && <strong>“{found}” </strong>}
          {say}
        </li>
      ))}
    </ul>
  );
}
