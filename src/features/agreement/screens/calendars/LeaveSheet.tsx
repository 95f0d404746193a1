import { Button, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import type { AbsenceItem } from '#features/agreement/contract/calendars.ts';
import { post, remove } from '#ui/api/client.ts';
import { useRights } from '#ui/api/session.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { whenAway } from './leave.ts';
import { NewLeave } from './NewLeave.tsx';
import { askAgain, useAbsences } from './useCalendars.ts';

/** Who is away: their clocks stand still, and routing leaves them out. */
export function LeaveSheet() {
  const [past, setPast] = useState(false);
  const absences = useAbsences(past);
  return (
    <>
      <Sheet title="Leave" actions={<Switch label="Show past" checked={past} onChange={(event) => setPast(event.currentTarget.checked)} />}>
        <Answer of={absences} what="The leave" lines={3}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0)
              return (
                <Empty title={past ? 'Nobody was away yet' : 'Nobody is away'}>
                  While somebody is, their clocks stand still and no lead is routed to them.
                </Empty>
              );
            return (
              <>
                {items.map((absence) => (
                  <LeaveRow key={absence.id} absence={absence} />
                ))}
                {absences.hasNextPage && (
                  <Button m="sm" variant="default" loading={absences.isFetchingNextPage} onClick={() => void absences.fetchNextPage()}>
                    Show more
                  </Button>
                )}
              </>
            );
          }}
        </Answer>
      </Sheet>
      {useRights().may('absences.write') && <NewLeave />}
    </>
  );
}

function LeaveRow({ absence }: { absence: AbsenceItem }) {
  const { id, member, startsAt, endsAt, reason } = absence;
  const takeBack = async (): Promise<void> => {
    await remove(`/absences/${id}`);
    void askAgain();
    tellUndoable(`Leave of ${member.name} removed.`, async () => {
      await post('/absences', { memberId: member.id, startsAt, endsAt, reason });
      await askAgain();
    });
  };
  return (
    <div className="row-link">
      <div style={{ flex: 1, minWidth: 0 }}>
        <div style={{ fontWeight: 500 }} className="wrap-any">
          {member.name}
        </div>
        <Text size="sm" c="dimmed" className="wrap-any">
          {whenAway(startsAt, endsAt)}
          {reason && ` · ${reason}`}
        </Text>
      </div>
      {absence.mayRemove && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Remove the leave of ${member.name}, ${whenAway(startsAt, endsAt)}`}
          onClick={() => void takeBack().catch(tellProblem)}
        >
          Remove
        </Button>
      )}
    </div>
  );
}
