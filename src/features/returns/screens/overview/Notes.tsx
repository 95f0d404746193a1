import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';

const places = {
  settings: { href: paths.figures({ settings: 'open' }), label: 'Set it' },
  ledger: { href: paths.costs(), label: 'To the costs' },
  rates: { href: paths.costSettings('rates'), label: 'Enter rates' },
  attribution: { href: paths.attribution(), label: 'To attribution' },
} as const;

/** What a reader must know before leaning on these numbers. */
export function Notes({ answer }: { answer: OverviewAnswer }) {
  const { notes } = answer;
  return (
    <Sheet title="Before you lean on these numbers" padded>
      {notes.length === 0 ? (
        <p style={{ margin: 0 }} className="dim">
          Nothing is left out: every cost has a rate, every figure its ground.
        </p>
      ) : (
        <ul className="notes">
          {notes.map(({ text, mend }) => (
            <li key={text}>
              {text} {mend && <Go href={places[mend].href}>{places[mend].label}</Go>}
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}
