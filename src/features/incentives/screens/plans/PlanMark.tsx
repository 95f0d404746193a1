import type { PlanVersion } from '#features/incentives/contract/plans.ts';
import { day } from '#ui/formats.ts';

const words = { draft: 'Draft', proposed: 'To sign', signed: 'Signed', withdrawn: 'Withdrawn' } as const;

export function PlanMark({
  version: { status, inForce },
  endedFrom = null,
}: {
  version: Pick<PlanVersion, 'status' | 'inForce'>;
  endedFrom?: string | null;
}) {
  if (endedFrom) return <span className="state">Ends {day(endedFrom)}</span>;
  const good = status === 'signed';
  return (
    <span className={`state ${good ? 'state-good' : status === 'withdrawn' ? '' : 'state-waiting'}`}>
      {inForce ? 'In force' : words[status]}
    </span>
  );
}
