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
  { head: 'What it costs', names: ['cost', 'newCustomers', 'cacBlended', 'cacPaid', 'paybackMonths'] },
  { head: 'What a customer brings', names: ['arpa', 'churn', 'ltv', 'ltvToCac', 'activeShare', 'revenueAfterWin', 'revenuePerLead'] },
  { head: 'What comes back of the spend', names: ['romi', 'roas'] },
];
/** Which can't be told without a gross margin. */
const needMargin: readonly FigureName[] = ['ltv', 'ltvToCac', 'paybackMonths', 'romi', 'campaignRoi'];

/** Each figure of all together, with its formula one click away; it opens into what it is made from. */
export function FigureTiles({ answer, open, change }: FigureTilesProps) {
  return sections.map(({ head, names }) => (
    <section key={head} aria-label={head}>
      <h2 className="leader-head">{head}</h2>
      <div className="tiles figure-tiles">
        {names.map((name) => (
          <Tile key={name} name={name} answer={answer} open={open} change={change} />
        ))}
      </div>
    </section>
  ));
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
      <div className={`tile-figure${text.length > 12 ? ' figure-long' : ''}`}>
        <button
          type="button"
          className="as-link"
          aria-label={none ? `${label}: no number, ${none}` : `${label}: ${text}`}
          onClick={() => open(name, null)}
        >
          {text}
        </button>
      </div>
      <div className="tile-label wrap-any">{none ?? (range && `${range}${figure.small ? ', few records' : ''}`)}</div>
      {none && <WayOut name={name} answer={answer} change={change} />}
    </div>
  );
}

/** Where somebody can make it a number. */
function WayOut({ name, answer, change }: { name: FigureName; answer: FiguresAnswer; change: Change }) {
  if (!needMargin.includes(name) || answer.grossMarginPercent !== null) return null;
  return (
    <button
      type="button"
      className="as-link small-print"
      aria-label={`Set the gross margin, for ${figureTable[name].label}`}
      onClick={() => change({ settings: 'open' })}
    >
      Set the gross margin
    </button>
  );
}
