import type { FigureName, FigureUnit } from '#features/returns/contract/figure-table.ts';
import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { changeText, rangeText, tileText, whyNone } from '../figureWords.ts';
import { wayTo } from './wayTo.ts';

type Compared = OverviewAnswer['spend']['total'] | OverviewAnswer['comesBack']['winRate'];
type Open = (url: string, about: string) => void;

interface TileProps {
  label: string;
  of: Compared;
  unit: FigureUnit;
  answer: OverviewAnswer;
  open: Open;
  /** Where it stands among the figures. */
  figure?: FigureName;
  side?: 'marketing' | 'sales';
}

/** What both sides spend. */
export function Spend({ answer, open }: { answer: OverviewAnswer; open: Open }) {
  const { spend } = answer;
  return (
    <section aria-label="What we spend">
      <h2 className="leader-head">What we spend</h2>
      <div className="tiles">
        <Tile label="Marketing" of={spend.marketing} unit="amount" answer={answer} open={open} side="marketing" />
        <Tile label="Sales" of={spend.sales} unit="amount" answer={answer} open={open} side="sales" />
        <Tile label="Both sides" of={spend.total} unit="amount" answer={answer} open={open} figure="cost" />
      </div>
    </section>
  );
}

/** What comes back of it. */
export function ComesBack({ answer, open }: { answer: OverviewAnswer; open: Open }) {
  const { comesBack } = answer;
  const tiles: [string, Compared, FigureUnit, FigureName?][] = [
    ['Won', comesBack.wonValue, 'amount'],
    ['New customers', comesBack.newCustomers, 'count'],
    ['Win rate', comesBack.winRate, 'share', 'winRate'],
    ['Left after spend', comesBack.contribution, 'amount'],
    ['Cost of a new customer', comesBack.cacBlended, 'amount', 'cacBlended'],
    ['Paid back in', comesBack.paybackMonths, 'months', 'paybackMonths'],
    ['LTV : CAC', comesBack.ltvToCac, 'ratio', 'ltvToCac'],
    ['Revenue kept and grown (NRR)', comesBack.nrr, 'share'],
    ['Revenue kept (GRR)', comesBack.grr, 'share'],
    ['Customers kept', comesBack.logoRetention, 'share'],
  ];
  return (
    <section aria-label="What comes back">
      <h2 className="leader-head">What comes back</h2>
      <div className="tiles">
        {tiles.map(([label, of, unit, figure]) => (
          <Tile key={label} label={label} of={of} unit={unit} answer={answer} open={open} {...(figure && { figure })} />
        ))}
      </div>
    </section>
  );
}

function Tile({ label, of, unit, answer, open, figure, side }: TileProps) {
  const [range, none] = [rangeText(of.now, unit, answer.currency), whyNone(of.now)];
  const shown = tileText(of.now, unit, answer.currency);
  const page = wayTo(of.detailsUrl, answer, figure);
  return (
    <div className={`tile leader-tile${side ? ` leader-${side}` : ''}`}>
      <div className="leader-tile-head">
        <span className="tile-label">{label}</span>
        <span className="no-print">
          <Explain label={`How ${label} is made`}>
            <p style={{ margin: 0 }}>{of.formula}</p>
            {range && <p style={{ margin: '8px 0 0' }}>With 95 % certainty between {range}.</p>}
            <p className="dim" style={{ margin: '8px 0 0' }}>
              Formulas {answer.version}.
            </p>
          </Explain>
        </span>
      </div>
      <div className="tile-figure">
        {none !== null ? (
          shown
        ) : page ? (
          <Go href={page} aria-label={`${label}: ${shown}`}>
            {shown}
          </Go>
        ) : (
          <button type="button" className="as-link" aria-label={`${label}: ${shown}`} onClick={() => open(of.detailsUrl, label)}>
            {shown}
          </button>
        )}
      </div>
      <div className="tile-label">{none ?? <Beside of={of} unit={unit} range={of.now.small ? range : null} />}</div>
    </div>
  );
}

/** Against the period before; the range where the number rests on few. */
function Beside({ of, unit, range }: { of: Compared; unit: FigureUnit; range: string | null }) {
  const change = changeText(of.now, of.before, unit);
  const good = change && of.better && change.text !== 'as before' ? (of.better === 'more') === change.up : null;
  return (
    <>
      {change ? <span className={good === null ? undefined : good ? 'good' : 'bad'}>{change.text}</span> : 'nothing to compare with'}
      {range && ` · ${range}, few records`}
    </>
  );
}
