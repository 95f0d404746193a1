import { Stack, Switch } from '@mantine/core';
import { plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import type { RoutingDraft } from './routingDraft.ts';

interface RoutingSwitchesProps {
  draft: RoutingDraft;
  may: boolean;
  /** Nothing was agreed on yet. */
  isFirst: boolean;
  onChange(changes: Partial<RoutingDraft>): void;
}

/** Whether leads are routed at all, and what holds for all of them. */
export function RoutingSwitches({ draft, may, isFirst, onChange }: RoutingSwitchesProps) {
  return (
    <Sheet title="Routing" padded>
      <Stack gap="md">
        {!draft.on && (
          <div className="notice">
            {isFirst ? 'No routing is agreed on yet' : 'Routing is off'}: leads that marketing passes wait in the inbox as “Nobody’s yet”,
            until a rep claims them.
          </div>
        )}
        {may ? <Choices draft={draft} onChange={onChange} /> : draft.on && <InWords draft={draft} />}
      </Stack>
    </Sheet>
  );
}

function Choices({ draft, onChange }: Pick<RoutingSwitchesProps, 'draft' | 'onChange'>) {
  return (
    <>
      <Switch
        label="Route leads to reps"
        description="Every lead that marketing passes from then on. Leads that somebody has stay there."
        checked={draft.on}
        onChange={(event) => onChange({ on: event.currentTarget.checked })}
      />
      <Switch
        label="An account’s owner keeps its leads"
        description="The account the lead names, else the one with the domain of its e-mail address. Not while the owner is on leave or out of rotation."
        checked={draft.accountOwnerKeeps}
        onChange={(event) => onChange({ accountOwnerKeeps: event.currentTarget.checked })}
      />
      <Switch
        label="Only to reps who work now"
        description="By their calendars. When nobody does, leads go in turn to those who start first."
        checked={draft.workingHoursOnly}
        onChange={(event) => onChange({ workingHoursOnly: event.currentTarget.checked })}
      />
      <WholeNumber
        label="Leads to catch up by"
        description="One who was away gets at most so many before it is everybody’s turn again."
        value={draft.catchUpLeads}
        max={100}
        width={280}
        onChange={(catchUpLeads) => onChange({ catchUpLeads: catchUpLeads ?? 0 })}
      />
    </>
  );
}

function InWords({ draft }: { draft: RoutingDraft }) {
  return (
    <ul style={{ margin: 0, paddingLeft: 20 }}>
      <li>Leads that marketing passes go to reps by themselves.</li>
      {draft.accountOwnerKeeps && <li>An account’s owner keeps its leads, but not while on leave or out of rotation.</li>}
      <li>
        {draft.workingHoursOnly
          ? 'They go to reps who work now; when nobody does, in turn to those who start first.'
          : 'They go to reps at any hour.'}
      </li>
      <li>One who was away catches up by at most {plural(draft.catchUpLeads, 'lead')}.</li>
    </ul>
  );
}
