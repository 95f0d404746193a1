import { count } from '#ui/formats.ts';

/** A count that opens into the records behind it; none is a plain figure, as there is nothing to open. */
export function OpenNumber({ value, open, label }: { value: number; open(): void; label?: string }) {
  if (value === 0) return <span className="dim">0</span>;
  return (
    <button type="button" className="as-link" aria-label={label && `${label}: ${count(value)}`} onClick={open}>
      {count(value)}
    </button>
  );
}
