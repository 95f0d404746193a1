import { type FigureName, figureTable } from '#features/returns/contract/figure-table.ts';
import type { FiguresAnswer } from '#features/returns/contract/figures.ts';
import { useRights } from '#ui/api/session.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { figureText, rangeText } from '../figureWords.ts';
import type { Change } from './scope.ts';
import { reasonOf, restsOnPay } from './figureKnown.ts';

interface FigureTilesProps {
  answer: FiguresAnswer;
  open(name: FigureName, of: string | null): void;
  change: Change;
}

const sections: readonly { head: string; names: readonly FigureName[] }[] = [
  { head: 'What was won', names: ['winRate', 'closeRate', 'cycleMedian', 'wonValue', 'averageDeal', 'velocity'] },
  { head: 'What is ahead', names: ['pipeline', 'coverage', 'forecast'] },
  { head: 'What comes back', names: ['romi', 'roas', 'revenuePerLead'] },
  { head: 'What it costs', names: ['cost', 'newCustomers', 'cacBlended', 'cacPaid', 'paybackMonths'] },
  { head: 'What a customer brings', names: ['arpa', 'churn', 'ltv', 'ltvToCac', 'activeShare', 'revenueAfterWin'] },
];
/** Which can't be told without a gross margin. */
const needMargin: readonly FigureName[] = ['ltv', 'ltvToCac', 'paybackMonths', 'romi', 'campaignRoi'];

/** Each figure of all together, with its formula one click away; it opens into what it is made from. */
export function FigureTiles({ answer, open, change }: FigureTilesProps) {
  return (
    <div className="figure-sections">
      {sections.map(({ head, names }) => (
        <section key={head} aria-label={head} style={{ flexBasis: names.length * 140 }}>
          <h2 className="leader-head">{head}</h2>
          <div className="tiles figure-tiles">
            {names.map((name) => (
              <Tile key={name} name={name} answer={answer} open={open} change={change} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function Tile({ name, answer, open, change }: FigureTilesProps & { name: FigureName }) {
  const { label, unit, formula } = figureTable[name];
  const figure = answer.total.figures[name];
  const [none, range] = [reasonOf(figure), rangeText(figure, unit, answer.currency)];
  const text = figureText(figure, unit, answer.currency);
  const [bare, each = ''] = splitUnit(text);
  return (
    <div className="tile">
      <div className="leader-tile-head">
        <span className="tile-label">{label}</span>
        <span className="no-print">
          <Explain label={`How ${label} is made`}>
            <p style={{ margin: 0 }}>{formula}.</p>
            {range && <p style={{ margin: '8px 0 0' }}>With 95 % certainty {range}.</p>}
            <p className="dim" style={{ margin: '8px 0 0' }}>
              Formulas {answer.version}.
            </p>
          </Explain>
        </span>
      </div>
      <div className={`tile-figure ${sizeOf(bare)}`}>
        <button
          type="button"
          className="as-link"
          aria-label={none ? `${label}: no number, ${none}` : `${label}: ${text}`}
          onClick={() => open(name, null)}
        >
          {bare}
        </button>
        {each && <span className="tile-of"> {each}</span>}
      </div>
      <div className="tile-label wrap-any">
        {none ? (
          <Why none={none} name={name} answer={answer} change={change} />
        ) : (
          [range, range && figure.small && 'few records', answer.costBasis === 'programme' && restsOnPay(name) && 'without pay']
            .filter(Boolean)
            .join(', ')
        )}
      </div>
    </div>
  );
}

/** `€3,652 a day`: the amount, and what it is for. */
const splitUnit = (text: string): [string, string?] => {
  const at = text.search(/ a (day|month)$/);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};
/** Amounts are written out to the last unit, smaller where they are long. */
const sizeOf = ({ length }: string): string =>
  length > 14 ? 'figure-longest' : length > 11 ? 'figure-longer' : length > 9 ? 'figure-long' : '';

/** Why it is no number, and where somebody can make it one. */
function Why({ none, name, answer, change }: Omit<FigureTilesProps, 'open'> & { name: FigureName; none: string }) {
  const { label } = figureTable[name];
  const maySet = useRights().may('figures.set');
  if (name === 'coverage' && answer.target === null)
    return <WayOut label="Tell a target" of={label} go={() => change({ counting: 'open' })} />;
  if (needMargin.includes(name) && answer.grossMarginPercent === null)
    return !maySet ? (
      'No number until a head sets the gross margin.'
    ) : (
      <WayOut label="Set the gross margin" of={label} go={() => change({ settings: 'open' })} />
    );
  return none;
}

function WayOut({ label, of, go }: { label: string; of: string; go(): void }) {
  return (
    <>
      No number yet.{' '}
      <button type="button" className="as-link way-out" aria-label={`${label}, for ${of}`} onClick={go}>
        {label}
      </button>
    </>
  );
}
