import { useQuery } from '@tanstack/react-query';
import type { FunnelAnswer } from '#features/funnel/contract.ts';
import { get } from '#ui/api/client.ts';
import { addDays, count, days, money, percent, today } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { stageLabel } from '#ui/records.ts';
import { lineOf, RecordsToday } from './RecordsToday.tsx';

/** The funnel's key numbers of the last 365 days, and the deals that decide the near future. */
export function LeadershipToday() {
  const steps = [
    ['inquiry', 'won'],
    ['mql', 'sal'],
    ['sal', 'sql'],
    ['deal', 'won'],
  ] as const;
  return (
    <>
      <Sheet title="Conversion, last 365 days" actions={<Go href={paths.scoreboard()}>Scoreboard</Go>} padded>
        <div className="tiles">
          {steps.map(([from, to]) => (
            <Step key={from + to} from={from} to={to} />
          ))}
        </div>
      </Sheet>
      <RecordsToday
        title="Greatest open deals"
        path="deals"
        sort="-amount"
        none="No open deals."
        conditions={[{ field: 'status', is: 'eq', value: 'open' }]}
        line={(deal) => lineOf(deal['accountName'], deal['stage'], deal['ownerName'])}
        right={(deal) => <strong>{money(deal['amount'] as string | null, deal['currency'] as string | null)}</strong>}
      />
    </>
  );
}

function Step({ from, to }: { from: FunnelAnswer['from']; to: FunnelAnswer['to'] }) {
  const query = { by: 'none', from, to, mode: 'cohort', start: addDays(today(), -364), end: today() };
  const funnel = useQuery({ queryKey: ['funnel', query], queryFn: ({ signal }) => get<FunnelAnswer>('/funnel', query, signal) });
  return (
    <Go className="tile" href={paths.scoreboard({ from, to, start: query.start, end: query.end })}>
      <Answer of={funnel} what={`${from} → ${to}`} lines={2}>
        {({ total }) => (
          <>
            <div className="tile-label">
              {stageLabel(from)} → {stageLabel(to)}
            </div>
            <div className="tile-figure">{percent(total.rate)}</div>
            <div className="tile-label">
              {count(total.reached)} of {count(total.entered)}, median {days(total.medianDays)}
            </div>
          </>
        )}
      </Answer>
    </Go>
  );
}
