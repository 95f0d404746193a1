import type { IndexRecord } from '#features/alignment/contract/index-records.ts';
import { count, day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { DueMark } from './DueMark.tsx';
import { stateWords } from './indexWords.ts';

const heads = ['What', 'Day', 'State', 'Why'];
const looks = { met: 'state-good', missed: 'cost-above', open: 'state-waiting' } as const;

export function RecordTable({ items, lookedAt }: { items: readonly IndexRecord[]; lookedAt: string }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Records behind it">
      <table className="plain stacked cost-records">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={`${item.id} ${item.on} ${item.why}`} item={item} lookedAt={lookedAt} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Row = ({
  item: { name, company, on, state, count: met, of, why, dueAt, opens },
  lookedAt,
}: {
  item: IndexRecord;
  lookedAt: string;
}) => (
  <tr>
    <th scope="row">
      {opens ? <Go href={opens}>{name}</Go> : name}
      {company && company !== name && <div className="dim small-print">{company}</div>}
    </th>
    <td data-label="Day" className="when">
      {day(on)}
    </td>
    <td data-label="State" className="no-break">
      <span className={`state ${looks[state]}`}>{stateWords[state]}</span>
      {of > 1 && (
        <div className="dim small-print">
          {count(met)} of {count(of)}
        </div>
      )}
    </td>
    <td data-label="Why" className="cost-why">
      {why}
      {state === 'open' && dueAt && (
        <div className="small-print">
          <DueMark dueAt={dueAt} on={lookedAt} />
        </div>
      )}
    </td>
  </tr>
);
