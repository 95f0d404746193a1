import { Text } from '@mantine/core';
import type { AttainmentAnswer, ClauseAttainment } from '#features/agreement/contract.ts';
import { addDays, count, percent, plural, today } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { owedSides } from './asking.ts';
import { useAttainment } from './useAttainment.ts';

/** Both sides' clauses of the last 30 days, as everybody sees them. */
export function KeptToday() {
  const scope = { start: addDays(today(), -29), end: today() };
  const attainment = useAttainment({ ...scope, by: 'none', as: 'then', side: null, clause: null });
  return (
    <Sheet title="The agreement, last 30 days" actions={<Go href={paths.attainment(scope)}>Attainment</Go>} padded>
      <Answer of={attainment} what="Attainment" lines={3}>
        {(answer) =>
          answer.clauses.length === 0 ? (
            <Text c="dimmed">
              No agreement is in force yet. <Go href={paths.agreement()}>Start one</Go>: what is an MQL, and what does each side owe the
              other?
            </Text>
          ) : (
            <div className="kept-sides">
              {owedSides.map((side) => (
                <SideKept key={side} side={side} answer={answer} scope={scope} />
              ))}
            </div>
          )
        }
      </Answer>
    </Sheet>
  );
}

interface SideProps {
  side: 'marketing' | 'sales';
  answer: AttainmentAnswer;
  scope: { start: string; end: string };
}

function SideKept({ side, answer, scope }: SideProps) {
  const clauses = answer.clauses.filter((clause) => clause.side === side);
  const sums = answer.sides.find((each) => each.side === side);
  if (clauses.length === 0) return null;
  return (
    <section aria-label={`What ${side} owes`}>
      <Text size="sm" mb={6}>
        <SideMark side={side} />{' '}
        {sums && sums.kept + sums.broken > 0 && `keeps ${sums.kept} of ${plural(sums.kept + sums.broken, 'clause')}`}
      </Text>
      <div className="tiles small-tiles">
        {clauses.map((clause) => (
          <Tile key={clause.key} clause={clause} href={`${paths.attainment(scope)}#${clause.key}`} />
        ))}
      </div>
    </section>
  );
}

function Tile({ clause, href }: { clause: ClauseAttainment; href: string }) {
  const unit = clause.pace ? ' days' : '';
  return (
    <Go className="tile" href={href}>
      <div className="tile-label cut">{clause.title}</div>
      <div className={`tile-figure ${clause.kept === false ? 'bad' : ''}`}>{percent(clause.attainment, 0)}</div>
      <div className="tile-label">
        {clause.due === 0 ? (
          'nothing was due'
        ) : (
          <>
            <span className="no-break">
              {count(clause.compliant)} of {count(clause.due)}
              {unit},
            </span>{' '}
            <span className="no-break">target {clause.targetPercent} %</span>
          </>
        )}
      </div>
    </Go>
  );
}
