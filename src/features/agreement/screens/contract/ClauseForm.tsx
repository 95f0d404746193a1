import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { repsCalendar, type Clause, type ExcuseKind } from '#engine/agreement/clause.ts';
import { excuseWords } from '#engine/agreement/wording.ts';
import { capitalised } from '#ui/formats.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { useCalendars } from '../asking.ts';
import { LadderSteps } from './LadderSteps.tsx';
import { MetricInputs } from './MetricInputs.tsx';
import { runsClock } from './metrics.ts';
import { ScopeInputs } from './ScopeInputs.tsx';

/** Everything a clause says, each part with its own input. */
export function ClauseForm({ clause, onChange }: { clause: Clause; onChange(clause: Clause): void }) {
  const clock = runsClock(clause.metric.kind);
  const set = (changes: Partial<Clause>): void => onChange({ ...clause, ...changes });
  return (
    <>
      <div className="form-line">
        <TextInput
          label="Title"
          value={clause.title}
          maxLength={200}
          onChange={(event) => set({ title: event.currentTarget.value })}
          style={{ flex: 1, minWidth: 200 }}
        />
        <WholeNumber
          label="Kept from"
          suffix=" %"
          value={clause.targetPercent}
          onChange={(targetPercent) => targetPercent !== null && set({ targetPercent })}
          max={100}
          decimals={1}
          width={96}
        />
      </div>
      <MetricInputs metric={clause.metric} onChange={(metric) => set({ metric })} />
      <Part title="For which leads">
        <ScopeInputs scope={clause.scope} onChange={(scope) => set({ scope })} withTeams={clock} />
      </Part>
      {clock && (
        <Part title="In whose time">
          <CalendarInput value={clause.calendar} onChange={(calendar) => set({ calendar })} />
        </Part>
      )}
      <Part title="Excused by">
        <Excused kinds={clause.excuses} clock={clock} onChange={(excuses) => set({ excuses })} />
      </Part>
      {clock && (
        <Part title="What happens on the way">
          <LadderSteps ladder={clause.ladder} onChange={(ladder) => set({ ladder })} />
        </Part>
      )}
      <Textarea
        label="And when it is not kept"
        placeholder="Both heads meet within the week."
        autosize
        minRows={1}
        maxLength={1_000}
        value={clause.consequence}
        onChange={(event) => set({ consequence: event.currentTarget.value })}
      />
    </>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset className="form-part">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function CalendarInput({ value, onChange }: { value: string; onChange(value: string): void }) {
  const calendars = useCalendars();
  const known = (calendars.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select
      aria-label="In whose time"
      data={[{ value: repsCalendar, label: 'The rep’s own working time, with leave' }, ...known]}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => chosen && onChange(chosen)}
      maw={380}
    />
  );
}

/** Leave, routing and volume excuse clocks only: nothing else runs in a rep's time. */
const withoutClock: readonly ExcuseKind[] = ['outage', 'other'];
const all = Object.keys(excuseWords) as ExcuseKind[];

function Excused({ kinds, clock, onChange }: { kinds: readonly ExcuseKind[]; clock: boolean; onChange(kinds: ExcuseKind[]): void }) {
  const offered = clock ? all : all.filter((kind) => withoutClock.includes(kind) || kinds.includes(kind));
  return (
    <div className="form-checks">
      {offered.map((kind) => (
        <Checkbox
          key={kind}
          size="sm"
          label={capitalised(excuseWords[kind])}
          checked={kinds.includes(kind)}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked
                ? all.filter((each) => each === kind || kinds.includes(each))
                : kinds.filter((each) => each !== kind),
            )
          }
        />
      ))}
    </div>
  );
}
