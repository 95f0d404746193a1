import { useTeams } from '#ui/api/members.ts';
import { Answer } from '#ui/kit/States.tsx';
import { RoutingForm } from './RoutingForm.tsx';
import { useRouting } from './useRouting.ts';

/** To whom leads go: agreed on in versions, tried out before they are saved. */
export function RoutingSettings() {
  const routing = useRouting();
  const teams = useTeams();
  return (
    <Answer of={routing} what="The routing">
      {(answer) => (
        <Answer of={teams} what="The teams">
          {({ items }) => <RoutingForm answer={answer} teams={items} />}
        </Answer>
      )}
    </Answer>
  );
}
