import { Group, Select, Text } from '@mantine/core';
import type { Pulse, PulseCell, PulseResults } from '#features/feedback/contract/pulse.ts';
import { day, plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { usePulseResults } from './asking.ts';
import { ResultsTable } from './ResultsTable.tsx';

/** What one closed pulse tells: the sides beside each other, or the group that was asked for. */
export function Results({ pulse, closed, choose }: { pulse: Pulse; closed: readonly Pulse[]; choose(id: string | null): void }) {
  const [{ side, teamId, standing }, change] = useUrlSearch();
  const results = usePulseResults(pulse.id, { side, teamId, standing });
  return (
    <Answer of={results} what="The results">
      {(answer) => (
        <>
          <Sheet title={`Results of ${pulse.title}`}>
            <div className="sheet-body">
              {closed.length > 1 && (
                <Select
                  label="Results of"
                  w={300}
                  maw="100%"
                  mb="sm"
                  allowDeselect={false}
                  data={closed.map(({ id, title, closesOn }) => ({ value: id, label: `${title}, closed ${day(closesOn)}` }))}
                  value={pulse.id}
                  onChange={choose}
                />
              )}
              <Filters answer={answer} values={{ side, teamId, standing }} change={change} />
              <Text mt="sm">{told(answer)}</Text>
            </div>
            <ResultsTable answer={answer} isNarrowed={Boolean(side ?? teamId ?? standing)} />
          </Sheet>
          {answer.texts.length > 0 && (
            <Sheet title="In their own words, in random order">
              <ul className="pulse-texts">
                {answer.texts.map((text, at) => (
                  <li key={at}>{text}</li>
                ))}
              </ul>
            </Sheet>
          )}
          <Sheet title="What is told, and what is not" padded>
            <ul className="rules-told">
              {answer.rules.map((rule) => (
                <li key={rule}>{rule}</li>
              ))}
            </ul>
          </Sheet>
        </>
      )}
    </Answer>
  );
}

type Filter = 'side' | 'teamId' | 'standing';

/** At most two at once: the third says why it can’t be chosen. */
function Filters({
  answer,
  values,
  change,
}: {
  answer: PulseResults;
  values: Readonly<Record<Filter, string | undefined>>;
  change(changes: Record<string, string | null>): void;
}) {
  const chosen = Object.values(values).filter(Boolean).length;
  const choices: { name: Filter; label: string; data: { value: string; label: string }[] }[] = [
    {
      name: 'side',
      label: 'Side',
      data: ['marketing', 'sales', 'leadership'].map((each) => ({ value: each, label: each.charAt(0).toUpperCase() + each.slice(1) })),
    },
    { name: 'teamId', label: 'Team', data: answer.teams.map(({ id, name }) => ({ value: id, label: name })) },
    {
      name: 'standing',
      label: 'Standing',
      data: [
        { value: 'heads', label: 'Heads' },
        { value: 'others', label: 'Others' },
      ],
    },
  ];
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label="Group">
      {choices.map(({ name, label, data }) => (
        <Select
          key={name}
          label={label}
          placeholder="Everybody"
          data={data}
          value={values[name] ?? null}
          clearable
          disabled={chosen >= 2 && !values[name]}
          onChange={(value) => change({ [name]: value })}
          w={180}
        />
      ))}
      {chosen >= 2 && <span className="dim small-print">At most two at once.</span>}
    </Group>
  );
}

function told({ cell, whyNotShown, sides }: PulseResults): string {
  if (whyNotShown === null) return `${plural(cell.answers ?? 0, 'person', 'people')} answered in this group.`;
  const both = sides.filter(({ answers }) => answers !== null);
  const isEverybody = [cell.side, cell.teamId, cell.standing].every((each) => each === null);
  if (isEverybody && both.length > 0)
    return `${both.map(nameOf).join(' and ')} are told beside each other; all together are not, for then the few who are left could be worked out.`;
  return whyNotShown;
}

const nameOf = ({ side, answers }: PulseCell): string =>
  `${side === 'sales' ? 'Sales' : side === 'marketing' ? 'Marketing' : 'Leadership'} (${answers})`;
