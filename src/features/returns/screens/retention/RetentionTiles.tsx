import type { NumberFigure } from '#features/returns/contract/figure-pieces.ts';
import type { RetentionAnswer } from '#features/returns/contract/retention.ts';
import { count, percent } from '#ui/formats.ts';
import { rangeText, whyNone } from '../figureWords.ts';

/** The three shares, each in a sentence a tired reader takes in. */
export function RetentionTiles({ answer }: { answer: RetentionAnswer }) {
  const { nrr, grr, logoRetention, bridge } = answer.total;
  const tiles: [string, NumberFigure, string][] = [
    ['Net revenue retention', nrr, 'of what customers paid a month at the start, they pay now: what grew and shrank included'],
    ['Gross revenue retention', grr, 'of it is kept, before any growth'],
    [
      'Customers kept',
      logoRetention,
      `${count(bridge.kept.count)} of the ${count(bridge.start.count)} customers at the start are still there`,
    ],
  ];
  return (
    <div className="tiles">
      {tiles.map(([label, figure, about]) => (
        <div key={label} className="tile">
          <div className="tile-label">{label}</div>
          <div className="tile-figure">{percent(figure.value)}</div>
          <div className="tile-label">{whyNone(figure) ?? about}</div>
          {figure.uncertainty && <div className="tile-label">with 95 % certainty {rangeText(figure, 'share', answer.currency)}</div>}
        </div>
      ))}
    </div>
  );
}
