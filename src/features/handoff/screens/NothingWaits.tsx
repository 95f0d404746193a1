import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { agreementSummary } from '#features/agreement/contract.ts';
import { get } from '#ui/api/client.ts';
import { useRights } from '#ui/api/session.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useRouting } from './useRouting.ts';

/** An empty inbox: all done, or nothing agreed on that would bring leads here. */
export function NothingWaits({ state }: { state: string }) {
  const agreement = useQuery({
    queryKey: ['agreement', 'summary'],
    queryFn: ({ signal }) => get<z.output<typeof agreementSummary>>('/agreement', {}, signal),
  });
  const routing = useRouting();
  const mayRoute = useRights().may('routing.write');
  if (agreement.data && agreement.data.inForce === null)
    return (
      <Empty title="No agreement is signed yet" action={<Go href={paths.agreement()}>Go to the agreement</Go>}>
        Once both sides have signed what an MQL is and what each owes the other, leads that marketing passes come here, each with its clock
        and why it qualified.
      </Empty>
    );
  if (state === 'unrouted')
    return (
      <Empty title="Every lead has a rep">
        Leads that marketing passed and no rep could take stand here, for anybody in sales to claim.
      </Empty>
    );
  if (routing.data && !routing.data.current?.content.on)
    return (
      <Empty
        title="Leads are not routed"
        action={
          <Go href={mayRoute ? paths.settings('routing') : paths.inbox({ state: 'unrouted' })}>
            {mayRoute ? 'Set up routing' : 'See nobody’s leads'}
          </Go>
        }
      >
        Leads that marketing passes wait as “Nobody’s yet” until a rep claims them, or until routing gives each to one.
      </Empty>
    );
  return <Empty title="Nothing waits here">Leads that marketing passes come here, each with its clock and why it qualified.</Empty>;
}
