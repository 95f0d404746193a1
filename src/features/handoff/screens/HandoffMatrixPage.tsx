import { Group, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { matrixAnswer } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { count, days, money, percent } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';

type Matrix = z.output<typeof matrixAnswer>;
type Line = Matrix['sdrs'][number];

/** Which SDR hands to which rep, and what becomes of it. */
export function HandoffMatrixPage() {
  const [search, change] = useUrlSearch();
  const scope = { start: search['start'] ?? null, end: search['end'] ?? null };
  const matrix = useQuery({
    queryKey: ['speed', 'matrix', scope],
    queryFn: ({ signal }) => get<Matrix>('/handoffs/matrix', scope, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title="Who hands to whom">
      <Group gap="xs" mb="md" align="flex-end" role="search" aria-label="What is shown">
        <TextInput
          type="date"
          label="First day"
          value={scope.start ?? ''}
          onChange={(event) => change({ start: event.currentTarget.value || null })}
        />
        <TextInput
          type="date"
          label="Last day"
          value={scope.end ?? ''}
          onChange={(event) => change({ end: event.currentTarget.value || null })}
        />
      </Group>
      <Answer of={matrix} what="The hand-offs" lines={8}>
        {(answer) =>
          answer.cells.length === 0 ? (
            <Empty title="No lead names an SDR or a rep" />
          ) : (
            <div className="stack">
              <div className="columns">
                <People title="By SDR" lines={answer.sdrs} />
                <People title="By rep" lines={answer.reps} />
              </div>
              <Sheet title="From SDR to rep">
                <Lines
                  label="From SDR to rep"
                  heads={['SDR', 'Rep']}
                  lines={answer.cells.map((cell) => ({ ...cell, names: [cell.sdr?.name ?? 'no SDR', cell.rep?.name ?? 'no rep'] }))}
                />
              </Sheet>
              {answer.notes.map((note) => (
                <Text key={note} size="xs" c="dimmed">
                  {note}
                </Text>
              ))}
            </div>
          )
        }
      </Answer>
    </Page>
  );
}

function People({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <Sheet title={title}>
      <Lines
        label={title}
        heads={[title.replace('By ', '')]}
        lines={lines.map((line) => ({ ...line, names: [line.member?.name ?? 'not stated'] }))}
      />
    </Sheet>
  );
}

function Lines({
  label,
  heads,
  lines,
}: {
  label: string;
  heads: string[];
  lines: readonly (Omit<Line, 'member'> & { names: string[] })[];
}) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={label} style={{ maxHeight: 520, overflow: 'auto' }}>
      <table className="plain">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {['Leads', 'SQL', 'Won', 'Lead → won', 'Median to won', 'Value'].map((head) => (
              <th key={head} scope="col" className="end">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.names.join('→') + line.recordsUrl}>
              {line.names.map((name, at) =>
                at === 0 ? (
                  <th key={heads[at]} scope="row">
                    {name}
                  </th>
                ) : (
                  <td key={heads[at]}>{name}</td>
                ),
              )}
              <td className="end">
                <Go href={paths.records('leads', Object.fromEntries(new URLSearchParams(line.recordsUrl.split('?')[1] ?? '')))}>
                  {count(line.leads)}
                </Go>
              </td>
              <td className="end">{count(line.sql)}</td>
              <td className="end">{count(line.won)}</td>
              <td className="end">{percent(line.leads ? line.won / line.leads : null)}</td>
              <td className="end">
                {days(line.medianDaysToWon)}
                {line.negativeCycles > 0 && <div className="bad">{count(line.negativeCycles)} before its first contact</div>}
              </td>
              <td className="end">{line.values.map(({ amount, currency }) => money(amount, currency)).join(' + ') || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
