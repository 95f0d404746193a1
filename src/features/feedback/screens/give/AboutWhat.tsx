import { SegmentedControl, Select, Text } from '@mantine/core';
import type { SubjectAnswer } from '#features/feedback/contract/feedback.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import type { GivenSubject } from './subjects.ts';

interface AboutProps {
  subjects: readonly GivenSubject[];
  chosen: GivenSubject;
  choose(subject: GivenSubject): void;
  known: SubjectAnswer | undefined;
  toSide: string | null;
  setSide(side: string): void;
}

const keyOf = ({ kind, id }: GivenSubject): string => `${kind} ${id}`;

/** Which thing it is about, and whom it will reach. */
export function AboutWhat({ subjects, chosen, choose, known, toSide, setSide }: AboutProps) {
  const side = toSide ?? (known?.toSides.length === 1 ? known.toSides[0] : undefined);
  const receiver = known?.responsible.find((each) => each.side === side);
  return (
    <>
      {subjects.length > 1 && (
        <Select
          label="About"
          data={subjects.map((subject) => ({ value: keyOf(subject), label: subject.label }))}
          value={keyOf(chosen)}
          allowDeselect={false}
          searchable
          onChange={(key) => {
            const found = subjects.find((subject) => keyOf(subject) === key);
            if (found) choose(found);
          }}
        />
      )}
      {known && known.toSides.length > 1 && (
        <SegmentedControl
          aria-label="To which side"
          value={toSide ?? ''}
          onChange={setSide}
          data={known.toSides.map((each) => ({ value: each, label: each === 'sales' ? 'To sales' : 'To marketing' }))}
        />
      )}
      {receiver && (
        <Text size="sm">
          To <SideMark side={receiver.side} /> {receiver.why}
        </Text>
      )}
    </>
  );
}
