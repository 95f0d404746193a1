import type { CostAnswer } from '#features/alignment/contract/cost.ts';
import { day } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';

/** What a reader must know before leaning on these numbers. */
export function RestsOn({ answer }: { answer: CostAnswer }) {
  return (
    <Sheet title="Before you lean on these numbers" padded>
      <ul className="cost-notes">
        {answer.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        <li>
          A range holds the amount in {answer.confidencePercent} of 100 draws of the company’s own past. Formulas {answer.version}, as of{' '}
          {day(answer.asOf)}, days of {answer.timeZone}.
        </li>
      </ul>
    </Sheet>
  );
}
