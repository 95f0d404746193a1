import { Button, Group, Select, TextInput } from '@mantine/core';
import type { IndexAnswer } from '#features/alignment/contract/index-answer.ts';
import { today } from '#ui/formats.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { segmentLabel, segmentOf } from '../cost/costWords.ts';

interface ScopeProps {
  answer: IndexAnswer | undefined;
  change(changes: Record<string, string | null>): void;
}

const lengths = ['28', '90', '180', '365'];

/** As of which day, over how many days, against which day before. */
export function IndexScopeBar({ answer, change }: ScopeProps) {
  const [search] = useUrlSearch();
  const days = String(answer?.days ?? search['days'] ?? 90);
  const { segment } = search;
  return (
    <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="What is asked" className="no-print">
      <TextInput
        type="date"
        label="As of"
        value={search['on'] ?? answer?.on ?? ''}
        max={today()}
        onChange={(event) => change({ on: event.currentTarget.value || null, since: null })}
      />
      <Select
        label="Looks at"
        w={150}
        allowDeselect={false}
        value={days}
        data={(lengths.includes(days) ? lengths : [days, ...lengths]).map((value) => ({ value, label: `the ${value} days` }))}
        onChange={(value) => change({ days: value === '90' ? null : value })}
      />
      <TextInput
        type="date"
        label="Held against"
        value={search['since'] ?? answer?.moved.since ?? ''}
        max={answer?.on}
        onChange={(event) => change({ since: event.currentTarget.value || null })}
      />
      {segment && (
        <Button variant="default" onClick={() => change({ segment: null })}>
          Only {segmentLabel(segmentOf(segment))}: show all
        </Button>
      )}
    </Group>
  );
}
