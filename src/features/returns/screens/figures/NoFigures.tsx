import { Button, Group } from '@mantine/core';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import type { Change, FiguresScope } from './scope.ts';

interface NoFiguresProps {
  answer: { start: string; end: string };
  scope: FiguresScope;
  change: Change;
}

/** Nothing on record: what would be here, and the way to get it. */
export function NoFigures({ answer, scope, change }: NoFiguresProps) {
  return (
    <Empty
      title="Nothing was won, lost or spent in this period"
      action={
        <Group>
          {(scope.start !== null || scope.end !== null) && (
            <Button onClick={() => change({ start: null, end: null })}>The last twelve months on record</Button>
          )}
          <Go href={paths.imports()}>Import deals, costs and revenue</Go>
        </Group>
      }
    >
      Win rate, cycle, what a customer costs and brings: figures are made from deals, costs and revenue. From {day(answer.start)} to{' '}
      {day(answer.end)} there are none on record.
    </Empty>
  );
}
