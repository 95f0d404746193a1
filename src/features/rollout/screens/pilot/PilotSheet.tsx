import { Select } from '@mantine/core';
import { useState } from 'react';
import { measureNames, measures } from '#engine/rollout/measures.ts';
import type { Pilot, Pilots } from '#features/rollout/contract/pilots.ts';
import { day, dayOfInstant } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useBeforeAfter, usePilots } from '../asking.ts';
import { BeforeAfter } from './BeforeAfter.tsx';
import { EndPilot } from './EndPilot.tsx';
import { PlanPilot } from './PlanPilot.tsx';

/** The pilot, its groups, and what changed beyond what changed for everybody. */
export function PilotSheet() {
  const pilots = usePilots();
  const [planning, setPlanning] = useState(false);
  return (
    <Sheet
      title="Pilot"
      actions={
        pilots.data && (
          <Deed size="compact-sm" whyNot={pilots.data.can.plan} onClick={() => setPlanning(true)}>
            Plan a pilot
          </Deed>
        )
      }
      padded
    >
      <Answer of={pilots} what="Pilots" lines={6}>
        {(known) =>
          known.items.length === 0 ? (
            <Empty title="No pilot yet">
              Choose a group that begins and one that goes on as before; say by which one number it is judged. After twelve weeks before and
              eight after, the difference is told here, with how sure one can be.
            </Empty>
          ) : (
            <Known pilots={known} />
          )
        }
      </Answer>
      {planning && <PlanPilot onClose={() => setPlanning(false)} />}
    </Sheet>
  );
}

function Known({ pilots: { items } }: { pilots: Pilots }) {
  const [search, change] = useUrlSearch();
  const shown = items.find(({ id }) => id === search['pilot']) ?? items[0]!;
  return (
    <>
      {items.length > 1 && (
        <Select
          label="Which pilot"
          data={items.map(({ id, name, startsOn }) => ({ value: id, label: `${name}, ${day(startsOn)}` }))}
          value={shown.id}
          onChange={(pilot) => change({ pilot, measure: null })}
          allowDeselect={false}
          maw={360}
          mb="sm"
        />
      )}
      <Settled pilot={shown} />
      <Told key={shown.id} pilot={shown} measure={search['measure']} choose={(measure) => change({ measure })} />
    </>
  );
}

const names = (group: Pilot['pilot']): string => {
  const shown = group
    .slice(0, 6)
    .map(({ name }) => name)
    .join(', ');
  return group.length > 6 ? `${shown} and ${group.length - 6} more` : shown;
};

function Settled({ pilot }: { pilot: Pilot }) {
  const [ending, setEnding] = useState(false);
  const { name, split, startsOn, endedOn, endedBecause, plannedBy, plannedAt, changes, can, measure } = pilot;
  return (
    <>
      <p className="rollout-what wrap-any">
        {name}: {endedOn ? `${day(startsOn)} to ${day(endedOn)}` : `since ${day(startsOn)}`}
      </p>
      <dl className="rollout-facts">
        <dt>Pilot group</dt>
        <dd className="wrap-any">{names(pilot.pilot)}</dd>
        <dt>Comparison group</dt>
        <dd className="wrap-any">{names(pilot.comparison)}</dd>
        <dt>Settled</dt>
        <dd>
          by {plannedBy.name} on {dayOfInstant(plannedAt)}; judged by “{measures[measure].label}”
          {split === 'halves' ? '; the groups were drawn by chance' : ''}
        </dd>
        {changes && (
          <>
            <dt>What changed</dt>
            <dd className="wrap-any">{changes}</dd>
          </>
        )}
        {endedBecause && (
          <>
            <dt>Why it ended</dt>
            <dd className="wrap-any">{endedBecause}</dd>
          </>
        )}
      </dl>
      {endedOn === null && (
        <Deed size="compact-sm" variant="default" whyNot={can.end} onClick={() => setEnding(true)}>
          End it
        </Deed>
      )}
      {ending && <EndPilot pilot={pilot} onClose={() => setEnding(false)} />}
    </>
  );
}

function Told({ pilot, measure, choose }: { pilot: Pilot; measure: string | undefined; choose(measure: string | null): void }) {
  const known = measureNames.find((each) => each === measure) ?? pilot.measure;
  const told = useBeforeAfter(pilot.id, known);
  return (
    <>
      <Select
        label="Judged by"
        data={measureNames.map((each) => ({ value: each, label: `${measures[each].label}${each === pilot.measure ? ' (settled)' : ''}` }))}
        value={known}
        onChange={choose}
        allowDeselect={false}
        description={measures[known].formula}
        maw={520}
        my="sm"
      />
      <Answer of={told} what="Before and after" lines={6}>
        {(answer) => <BeforeAfter pilot={pilot} answer={answer} />}
      </Answer>
    </>
  );
}
