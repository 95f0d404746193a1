import { useQuery } from '@tanstack/react-query';
import { leadStages } from '#features/records/contract.ts';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { days, instant } from '#ui/formats.ts';
import type { RecordItem } from '#ui/records.ts';
import type { Fact } from './facts.ts';

const exits = ['lost', 'rejected', 'recycled', 'disqualified'];

/** Each stage with the time of entry, who recorded it and how long it took from the one before. */
export function StagePath({ lead }: { lead: RecordItem }) {
  const facts = useQuery({
    queryKey: ['record', 'leads', lead.id, 'facts'],
    queryFn: () => get<List<Fact>>(`/leads/${lead.id}/facts`, { limit: 100 }),
  });
  const steps = leadStages
    .map((stage) => ({ ...stage, at: lead[stage.field] as string | null | undefined }))
    .filter(({ stage, at }) => at || !exits.includes(stage));
  let before: string | null = null;
  return (
    <ol className="stage-path" aria-label="Stages" tabIndex={0}>
      {steps.map(({ stage, field, label, at }) => {
        const took = at && before ? (Date.parse(at) - Date.parse(before)) / 86_400_000 : null;
        if (at) before = at;
        const fact = facts.data?.items.find((known) => known.sets?.[field]);
        const who = fact?.from ? `from ${fact.from}` : fact?.member && `by ${fact.member.name}`;
        const look = [
          'stage-step',
          at && 'reached',
          lead['stage'] === stage && 'now',
          at && exits.includes(stage) && 'exit',
          at && stage === 'won' && 'won',
        ]
          .filter(Boolean)
          .join(' ');
        return (
          <li key={stage} className={look} aria-current={lead['stage'] === stage ? 'step' : undefined}>
            <strong>{label}</strong>
            {at ? <time dateTime={at}>{instant(at)}</time> : <span>not yet</span>}
            {took !== null && (
              <div className={took < 0 ? 'bad' : ''}>{took < 0 ? `${days(-took)} before the stage before it` : `after ${days(took)}`}</div>
            )}
            {at && who && <div>{who}</div>}
          </li>
        );
      })}
    </ol>
  );
}
