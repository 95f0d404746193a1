import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { PoolState } from '#features/incentives/contract/runs.ts';
import { count, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';

const states = { open: 'Open', partly: 'Partly open', closed: 'Closed' } as const;

/** The pool as both sides see it: what is in it, what opens it, and whether it does. Shares stand on statements. */
export function PoolSheet({ pool }: { pool: PoolState }) {
  const sharers = pool.sharers.marketing + pool.sharers.sales;
  return (
    <Sheet
      title={`${pool.planName}: the pool`}
      actions={<span className={`state ${pool.state === 'open' ? 'state-good' : 'state-waiting'}`}>{states[pool.state]}</span>}
      padded
    >
      <p className="pool-figures">
        <strong className="pool-fund">{money(pool.fund, pool.currency)}</strong>
        {pool.funded !== pool.fund && <span className="dim"> of {money(pool.funded, pool.currency)} that the joint result funds</span>}
      </p>
      <p>
        {pool.why}
        {sharers > 0 && ` Shared by ${count(pool.sharers.marketing)} of marketing and ${count(pool.sharers.sales)} of sales.`}
      </p>
      <ul className="gates">
        {pool.gates.map((gate) => (
          <li key={`${gate.side ?? ''} ${gate.says} ${gate.needed}`} className="gate-line">
            {gate.holds ? (
              <IconCircleCheck size={18} className="good" aria-label="Kept" />
            ) : (
              <IconCircleX size={18} className="bad" aria-label="Not kept" />
            )}
            <span>
              <SideMark side={gate.side} /> {gate.says}: <strong>{gate.value ?? 'not known yet'}</strong>, asked {gate.needed}.{' '}
              {gate.opens.length > 0 && (
                <Go href={gate.opens[0]!.kind === 'clause' ? paths.attainment() : paths.figures()}>See what it counts</Go>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
