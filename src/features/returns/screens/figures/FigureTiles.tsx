import { type FigureName, figureTable, type FiguresAnswer } from '#features/returns/contract/figures.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { figureText, rangeText, whyNone } from '../figureWords.ts';
import type { Change } from './scope.ts';

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
  const [none, range] = [whyNone(figure), rangeText(figure, unit, answer.currency)];
  const text = figureText(figure, unit, answer.currency);
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
      <div className={`tile-figure${text.length > 9 ? ' figure-long' : ''}`}>
        <button
          type="button"
          className="as-link"
          aria-label={none ? `${label}: no number, ${none}` : `${label}: ${text}`}
          onClick={() => open(name, null)}
        >
          {text}
        </button>
      </div>
      <div className="tile-label wrap-any">
        {none ? <Why none={none} name={name} answer={answer} change={change} /> : range && `${range}${figure.small ? ', few records' : ''}`}
      </div>
    </div>
  );
}

/** Why it is no number, and where somebody can make it one. */
function Why({ none, name, answer, change }: Omit<FigureTilesProps, 'open'> & { name: FigureName; none: string }) {
  const { label } = figureTable[name];
  if (name === 'coverage' && answer.target === null)
    return <WayOut label="Tell a target" of={label} go={() => change({ counting: 'open' })} />;
  if (needMargin.includes(name) && answer.grossMarginPercent === null)
    return <WayOut label="Set the gross margin" of={label} go={() => change({ settings: 'open' })} />;
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
