import type { AgendaItem, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Empty } from '#ui/kit/States.tsx';

/** Before the first item, and after the last. */
export function NoItem({ detail, first, goTo }: { detail: MeetingDetail; first: AgendaItem | null; goTo(itemId: string): void }) {
  const { can, agenda } = detail;
  return (
    <section className="sheet" aria-label="Now">
      {first ? (
        <Empty
          title="Everybody sees the same item"
          action={
            <Deed whyNot={can.step} onClick={() => goTo(first.id)}>
              Begin with the first item
            </Deed>
          }
        >
          First: {first.sentence}
        </Empty>
      ) : (
        <Empty title={agenda.length === 0 ? 'Nothing on the agenda' : 'Everything is talked about'}>
          {agenda.length === 0 ? 'Add an item beside this, and begin.' : 'End the meeting: the minutes go to everybody who was expected.'}
        </Empty>
      )}
    </section>
  );
}
