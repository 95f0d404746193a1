import { Badge } from '@mantine/core';
import { useState } from 'react';
import type { RoutingAnswer } from '#features/handoff/contract.ts';
import { remove } from '#ui/api/client.ts';
import { ago, count, dayOfInstant, percent } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { paths } from '#ui/paths.ts';
import { TakeOutDialog } from './TakeOutDialog.tsx';
import { shareOf, withShare, type RoutingDraft, type Share } from './routingDraft.ts';
import { askRoutingAgain } from './useRouting.ts';

type Row = RoutingAnswer['rotation'][number];

interface RotationTableProps {
  rows: readonly Row[];
  draft: RoutingDraft;
  may: boolean;
  onChange(changes: Partial<RoutingDraft>): void;
}

/** Every rep of sales by team: share, limit, what is open, whose turn it is, and who gets nothing and why. */
export function RotationTable({ rows, draft, may, onChange }: RotationTableProps) {
  const [out, setOut] = useState<Row['member'] | null>(null);
  const teams = Map.groupBy(rows, ({ team }) => team?.id ?? '');
  const change = (share: Share): void => onChange({ members: withShare(draft, share).members });
  return (
    <Sheet title="Rotation">
      {rows.length === 0 ? (
        <Empty title="No reps yet" action={<Go href={paths.settings('members')}>Add members of sales</Go>}>
          Leads are shared among members of sales.
        </Empty>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Rotation">
          <table className="plain middle">
            <thead>
              <tr>
                <th>Rep</th>
                <th>Weight</th>
                <th className="end">Share</th>
                <th>At most open</th>
                <th className="end">Open now</th>
                <th className="end">Given</th>
                <th>Last</th>
                <th>Now</th>
                {may && <th aria-label="Take out or put back" />}
              </tr>
            </thead>
            {[...teams].map(([id, ofTeam]) => (
              <TeamRows key={id} rows={ofTeam} draft={draft} may={may} onShare={change} onTakeOut={setOut} />
            ))}
          </table>
        </div>
      )}
      {out && <TakeOutDialog member={out} onClose={() => setOut(null)} />}
    </Sheet>
  );
}

interface TeamRowsProps {
  rows: readonly Row[];
  draft: RoutingDraft;
  may: boolean;
  onShare(share: Share): void;
  onTakeOut(member: Row['member']): void;
}

function TeamRows({ rows, draft, may, onShare, onTakeOut }: TeamRowsProps) {
  const team = rows[0]?.team ?? null;
  const all = rows.reduce((sum, { member }) => sum + shareOf(draft, member.id).weight, 0);
  return (
    <tbody>
      <tr>
        <th colSpan={may ? 9 : 8} scope="rowgroup">
          {team ? team.name : 'In no team: only by rule or as an account’s owner'}
        </th>
      </tr>
      {rows.map((row) => {
        const share = shareOf(draft, row.member.id);
        return (
          <tr key={row.member.id}>
            <th scope="row">{row.member.name}</th>
            <td>
              {may ? (
                <WholeNumber
                  aria={`Weight of ${row.member.name}`}
                  size="xs"
                  width={64}
                  value={share.weight}
                  max={100}
                  decimals={2}
                  onChange={(weight) => onShare({ ...share, weight: weight ?? 1 })}
                />
              ) : (
                count(share.weight)
              )}
            </td>
            <td className="end">{team && all > 0 ? percent(share.weight / all, 0) : '–'}</td>
            <td>
              {may ? (
                <WholeNumber
                  aria={`At most open of ${row.member.name}`}
                  size="xs"
                  width={72}
                  value={share.capacity}
                  max={100_000}
                  optional
                  placeholder="no limit"
                  onChange={(capacity) => onShare({ ...share, capacity })}
                />
              ) : share.capacity === null ? (
                'no limit'
              ) : (
                count(share.capacity)
              )}
            </td>
            <td className="end">
              {row.open === 0 ? <span className="dim">0</span> : <Go href={paths.inbox({ of: row.member.id })}>{count(row.open)}</Go>}
            </td>
            <td className="end">{team ? count(row.given) : '–'}</td>
            <td>{row.lastGivenAt ? ago(row.lastGivenAt) : '–'}</td>
            <td style={{ minWidth: 200 }}>
              <Standing row={row} />
            </td>
            {may && (
              <td className="end">
                <InOrOut row={row} onTakeOut={onTakeOut} />
              </td>
            )}
          </tr>
        );
      })}
    </tbody>
  );
}

function Standing({ row }: { row: Row }) {
  if (row.removal)
    return (
      <span className="warn">
        Taken out on {dayOfInstant(row.removal.since)}
        {row.removal.reason && `: ${row.removal.reason}`}
      </span>
    );
  if (row.out) return <span className="dim">{row.out}</span>;
  if (row.next) return <Badge variant="light">Next in turn</Badge>;
  return <span className="dim">{row.team ? 'Takes turns' : 'Can be given leads'}</span>;
}

function InOrOut({ row, onTakeOut }: { row: Row; onTakeOut(member: Row['member']): void }) {
  const { id, name } = row.member;
  const putBack = (): Promise<void> =>
    remove(`/routing/rotation/${id}/removal`).then(async () => {
      await askRoutingAgain();
      tell(`${name} takes part again.`);
    }, tellProblem);
  return row.removal ? (
    <Deed size="compact-sm" variant="default" aria-label={`Put back ${name}`} onClick={() => void putBack()}>
      Put back
    </Deed>
  ) : (
    <Deed size="compact-sm" variant="default" aria-label={`Take out ${name}`} onClick={() => onTakeOut(row.member)}>
      Take out
    </Deed>
  );
}
