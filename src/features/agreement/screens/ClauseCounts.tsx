import type { ClauseAttainment } from '#features/agreement/contract.ts';
import { count } from '#ui/formats.ts';
import { partOf } from './clauseWords.ts';

const kinds = [
  ['compliant', 'kept'],
  ['late', 'late'],
  ['missed', 'missed'],
  ['excused', 'excused'],
  ['open', 'not due yet'],
] as const;

/** Each count opens into the leads it counts, those of a pace into its working days. */
export function ClauseCounts({ clause, open }: { clause: ClauseAttainment; open(query: string): void }) {
  const isPace = clause.pace !== null;
  const to = (which: string): string =>
    isPace ? new URLSearchParams({ clause: clause.key, days: which }).toString() : partOf(clause.recordsUrl, which);
  const opens = (which: string): boolean => !isPace || which === 'compliant' || which === 'missed';
  return (
    <div className="clause-counts">
      {clause.due > 0 && (
        <button type="button" className="as-link" onClick={() => open(to('due'))}>
          {count(clause.due)} {isPace ? 'working days' : 'due'}
        </button>
      )}
      {kinds
        .filter(([kind]) => clause[kind] > 0)
        .map(([kind, label]) =>
          opens(kind) ? (
            <button key={kind} type="button" className="as-link" onClick={() => open(to(kind))}>
              {count(clause[kind])} {label}
            </button>
          ) : (
            <span key={kind} className="dim">
              {count(clause[kind])} {label}
            </span>
          ),
        )}
    </div>
  );
}
