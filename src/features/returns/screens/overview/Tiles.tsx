import type { FigureUnit } from '#features/returns/contract/figures.ts';
import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { changeText, rangeText, tileText, whyNone } from '../figureWords.ts';

type Compared = OverviewAnswer['spend']['total'] | OverviewAnswer['comesBack']['winRate'];
type Open = (url: string, about: string) => void;

interface TileProps {
  label: string;
  of: Compared;
  unit: FigureUnit;
  answer: OverviewAnswer;
  open: Open;
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
        <Tile label="Both sides" of={spend.total} unit="amount" answer={answer} open={open} />
      </div>
    </section>
  );
}

/** What comes back of it. */
export function ComesBack({ answer, open }: { answer: OverviewAnswer; open: Open }) {
  const { comesBack } = answer;
  const tiles: [string, Compared, FigureUnit][] = [
    ['Won', comesBack.wonValue, 'amount'],
    ['New customers', comesBack.newCustomers, 'count'],
    ['Win rate', comesBack.winRate, 'share'],
    ['Left after spend', comesBack.contribution, 'amount'],
    ['Cost of a new customer', comesBack.cacBlended, 'amount'],
    ['Paid back in', comesBack.paybackMonths, 'months'],
    ['LTV : CAC', comesBack.ltvToCac, 'ratio'],
    ['Revenue kept and grown (NRR)', comesBack.nrr, 'share'],
    ['Revenue kept (GRR)', comesBack.grr, 'share'],
    ['Customers kept', comesBack.logoRetention, 'share'],
  ];
  return (
    <section aria-label="What comes back">
      <h2 className="leader-head">What comes back</h2>
      <div className="tiles">
        {tiles.map(([label, of, unit]) => (
          <Tile key={label} label={label} of={of} unit={unit} answer={answer} open={open} />
        ))}
      </div>
    </section>
  );
}

function Tile({ label, of, unit, answer, open, side }: TileProps) {
  const [range, none] = [rangeText(of.now, unit, answer.currency), whyNone(of.now)];
  const figure = tileText(of.now, unit, answer.currency);
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
        {none === null ? (
          <button type="button" className="as-link" aria-label={`${label}: ${figure}`} onClick={() => open(of.detailsUrl, label)}>
            {figure}
          </button>
        ) : (
          figure
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
