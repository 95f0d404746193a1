import { Drawer, Text } from '@mantine/core';
import type { ClauseAttainment } from '#features/agreement/contract.ts';
import { day, plural } from '#ui/formats.ts';
import { Empty } from '#ui/kit/States.tsx';
import { difference, duringDays, inBrief, type PaceDay, paceDays, paceText } from './clauseWords.ts';

type Pace = NonNullable<ClauseAttainment['pace']>;

const among: Record<string, { says: string; isIn(day: PaceDay): boolean }> = {
  due: { says: '', isIn: () => true },
  compliant: { says: ' on the pace', isIn: ({ isKept }) => isKept },
  missed: { says: ' off the pace', isIn: ({ isKept }) => !isKept },
};

interface DrawerProps {
  clause: ClauseAttainment;
  period: { start: string; end: string };
  which: string;
  open(query: string): void;
  onClose(): void;
}

/** What a count of a pace counts: working days, each opening into the leads that came by then. */
export function PaceDaysDrawer({ clause, period, which, open, onClose }: DrawerProps) {
  const { says, isIn } = among[which] ?? among['due']!;
  const days = clause.pace ? paceDays(clause.pace, period).filter(isIn) : [];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(760px, 100%)"
      title={`${clause.title}: ${plural(days.length, 'working day')}${says}`}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {inBrief(clause.sentence)}
      </Text>
      {clause.pace && days.length > 0 ? (
        <PaceDaysTable clause={clause} pace={clause.pace} days={days} open={open} />
      ) : (
        <Empty title="No such day in this period" />
      )}
    </Drawer>
  );
}

interface TableProps {
  clause: ClauseAttainment;
  pace: Pace;
  days: readonly PaceDay[];
  /** On paper nothing opens. */
  open?: (query: string) => void;
}

export function PaceDaysTable({ clause, pace, days, open }: TableProps) {
  const heads = [pace.unit === 'leads' ? 'Leads passed' : 'Value passed', 'Passed by then', 'Agreed by then', 'Ahead or behind'];
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`${clause.title} by working day`}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Working day</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="end">
                {head}
              </th>
            ))}
            <th scope="col">Pace</th>
          </tr>
        </thead>
        <tbody>
          {days.map((each) => (
            <tr key={each.day}>
              <th scope="row">{day(each.day)}</th>
              <td className="end">
                {open && each.came !== '0' ? (
                  <button type="button" className="as-link" onClick={() => open(duringDays(clause.recordsUrl, each.since, each.day))}>
                    {paceText(pace, each.came)}
                  </button>
                ) : (
                  paceText(pace, each.came)
                )}
              </td>
              <td className="end">{paceText(pace, each.actual)}</td>
              <td className="end">{paceText(pace, each.ideal)}</td>
              <td className="end">{signed(pace, difference(pace, each.actual, each.ideal))}</td>
              <td className={each.isKept ? 'good' : 'bad'}>{each.isKept ? 'On' : 'Off'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `+26.6`, `−24` */
const signed = (pace: Pace, value: string): string =>
  value.startsWith('-') ? `−${paceText(pace, value.slice(1))}` : value === '0' ? '0' : `+${paceText(pace, value)}`;
