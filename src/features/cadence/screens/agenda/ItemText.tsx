import type { ReactNode } from 'react';
import type { AgendaItem, ItemRecord } from '#features/cadence/contract/meetings.ts';
import { moneyShort } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { kindWords } from '../words.ts';

interface TextProps {
  item: AgendaItem;
  /** What can be done with a record of it on the spot. */
  deeds?: (record: AgendaItem['records'][number]) => ReactNode;
  /** So many records are shown before “more”. */
  most?: number;
}

/** What an item is about: its sentence, why it stands there, its figures, and what it opens into. */
export function ItemText({ item, deeds, most = 3 }: TextProps) {
  const { kind, sentence, why, figures, opens, records, stake, gone, addedBy } = item;
  return (
    <div className="agenda-text wrap-any">
      <div>
        <span className={`kind kind-${kind}`}>{kindWords[kind]}</span>
        {stake && <span className="agenda-stake">{moneyShort(stake.amount, stake.currency)} at stake</span>}
        {addedBy && <span className="dim small-print"> added by {addedBy.name}</span>}
        {gone && <span className="good small-print"> settled meanwhile</span>}
      </div>
      <div className="agenda-sentence">{opens ? <Go href={opens}>{sentence}</Go> : sentence}</div>
      {why && <div className="dim">{why}</div>}
      {figures.length > 0 && (
        <dl className="agenda-figures">
          {figures.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {records.length > 0 && (
        <ul className="agenda-records">
          {records.slice(0, most).map((record) => (
            <Record key={`${record.kind} ${record.id}`} record={record} deeds={deeds?.(record)} />
          ))}
          {records.length > most && <li className="dim small-print">{`${records.length - most} more`}</li>}
        </ul>
      )}
    </div>
  );
}

function Record({ record, deeds }: { record: ItemRecord; deeds: ReactNode }) {
  return (
    <li>
      <span className="grow">
        <Go href={record.opens}>{record.name}</Go> <span className="dim">{brief(record)}</span>
      </span>
      {deeds}
    </li>
  );
}

/** What a clause asks; how it is counted, excused and followed up stands behind its link. */
const brief = ({ kind, says }: ItemRecord): string => (kind === 'clause' ? says.split('; ')[0]! : says);
