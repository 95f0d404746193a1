import { Group, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { matrixAnswer } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { MatrixDrawer } from './MatrixDrawer.tsx';
import { MatrixTable } from './MatrixTable.tsx';

type Matrix = z.output<typeof matrixAnswer>;

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
    <Page title="Who hands to whom" heading={<Heading />}>
      <Group gap="xs" mb="md" align="flex-end" role="search" aria-label="What is shown">
        <Period start={scope.start} end={scope.end} anyTime change={change} />
      </Group>
      <Answer of={matrix} what="The hand-offs" lines={8}>
        {(answer) =>
          answer.cells.length === 0 ? (
            <Empty title="No lead names an SDR or a rep">
              Once leads say who qualified them and whose they are, each pair stands here with what became of its leads.
            </Empty>
          ) : (
            <Tables answer={answer} open={(open) => change({ open })} />
          )
        }
      </Answer>
      {search['open'] && <MatrixDrawer query={search['open']} onClose={() => change({ open: null })} />}
    </Page>
  );
}

function Heading() {
  return (
    <>
      <Text size="xs" fw={400}>
        <Go href={paths.speed()}>Speed to lead</Go>
      </Text>
      Who hands to whom
    </>
  );
}

function Tables({ answer, open }: { answer: Matrix; open(query: string): void }) {
  const one = (lines: Matrix['sdrs']) => lines.map((line) => ({ ...line, names: [line.member?.name ?? 'nobody'] }));
  return (
    <div className="stack">
      <div className="wide-columns">
        <Sheet title="By SDR">
          <MatrixTable label="By SDR" heads={['SDR']} lines={one(answer.sdrs)} open={open} />
        </Sheet>
        <Sheet title="By rep">
          <MatrixTable label="By rep" heads={['Rep']} lines={one(answer.reps)} open={open} />
        </Sheet>
      </div>
      <Sheet title="From SDR to rep">
        <MatrixTable
          label="From SDR to rep"
          heads={['SDR', 'Rep']}
          lines={answer.cells.map((cell) => ({ ...cell, names: [cell.sdr?.name ?? 'nobody', cell.rep?.name ?? 'nobody'] }))}
          open={open}
        />
      </Sheet>
      <ul className="notes dim">
        {answer.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}
