import { Sheet } from '#ui/kit/Page.tsx';

/** What a reader must know beside the numbers; nothing where there is nothing. */
export function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <Sheet title="Before you lean on these numbers" padded>
      <ul className="notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Sheet>
  );
}
