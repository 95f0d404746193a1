import { useState } from 'react';
import { roleKindWords } from '#engine/campaigns/states.ts';
import type { RoleList } from '#features/campaigns/contract/roles.ts';
import { count, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { AskRoles } from './AskRoles.tsx';
import { useRoles } from './asking.ts';
import { RoleRow } from './RoleRow.tsx';

/** Who is asked for which part, what they answered, and what evidence there is of it. */
export function Roles({ campaignId, whyNotAsk }: { campaignId: string; whyNotAsk: string | null }) {
  const roles = useRoles(campaignId);
  const [asking, setAsking] = useState(false);
  const ask = (
    <Deed size="compact-md" whyNot={whyNotAsk} onClick={() => setAsking(true)}>
      Ask for a part
    </Deed>
  );
  return (
    <Sheet title="Parts in the campaign" actions={ask}>
      <Answer of={roles} what="The parts" lines={5}>
        {(list) => (
          <>
            {list.sums.length > 0 && <Sums sums={list.sums} />}
            {list.items.length === 0 ? (
              <Empty title={list.sums.length > 0 ? 'None of them is yours to see' : 'Nobody is asked for a part yet'}>
                Marketing asks reps or teams to invite, to call, to come to the event, to give content, to follow up. A part is done when
                touches show it, not when somebody ticks it off.
              </Empty>
            ) : (
              list.items.map((role) => <RoleRow key={role.id} role={role} />)
            )}
            {asking && <AskRoles campaignId={campaignId} list={list} onClose={() => setAsking(false)} />}
          </>
        )}
      </Answer>
    </Sheet>
  );
}

const Sums = ({ sums }: { sums: RoleList['sums'] }) => (
  <p className="sheet-body lead-sentence">
    {sums
      .map(({ kind, asked, accepted, declined, counterproposed }) =>
        [
          `${roleKindWords[kind].label}: ${plural(asked, 'rep')} asked`,
          `${count(accepted)} accepted`,
          declined > 0 ? `${count(declined)} declined` : null,
          counterproposed > 0 ? `${count(counterproposed)} proposed another part` : null,
        ]
          .filter(Boolean)
          .join(', '),
      )
      .join('; ')}
    .
  </p>
);
