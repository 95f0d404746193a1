import { Button, Group } from '@mantine/core';
import { useGo } from '#ui/kit/Go.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useEntries } from './asking.ts';
import { type CostScope, filterNames, isNarrowed } from './scope.ts';

interface NoCostsProps {
  scope: CostScope;
  change(changes: Record<string, string | null>): void;
  /** Null for those who may not. */
  add: (() => void) | null;
}

/** Nothing in what is shown, or nothing at all: each leads on. */
export function NoCosts({ scope, change, add }: NoCostsProps) {
  const go = useGo();
  const any = useEntries({ limit: 1 });
  const total = any.data?.pages[0]?.total;
  if (total === undefined) return null;
  if (total)
    return (
      <Empty
        title={isNarrowed(scope) ? 'No cost is like that in this period' : 'No cost in this period'}
        action={
          <Group>
            {isNarrowed(scope) && (
              <Button variant="default" onClick={() => change(Object.fromEntries(filterNames.map((name) => [name, null])))}>
                Take the filters away
              </Button>
            )}
            {(scope.start ?? scope.end) !== null && (
              <Button variant="default" onClick={() => change({ start: null, end: null, period: 'open' })}>
                All time
              </Button>
            )}
          </Group>
        }
      />
    );
  return (
    <Empty
      title="No costs yet"
      action={
        <Group justify="center">
          <Button onClick={() => go(paths.imports())}>Import costs</Button>
          {add && (
            <Button variant="default" onClick={add}>
              Add one by hand
            </Button>
          )}
        </Group>
      }
    >
      What marketing and sales spend stands here, side by side: by month, campaign, team or supplier, down to each entry. Import a list of
      costs of either side, or what Google Ads, Meta and LinkedIn export: those files are recognised as they are.
    </Empty>
  );
}
