import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';

interface Example {
  text: string;
  meets: boolean;
}

/** Cases in words that settle what is meant where the rule alone could be read two ways. */
export function ExamplesEditor({ examples, onChange }: { examples: readonly Example[]; onChange(examples: Example[]): void }) {
  const set = (at: number, changes: Partial<Example>): void =>
    onChange(examples.map((each, index) => (index === at ? { ...each, ...changes } : each)));
  return (
    <>
      <h3 className="part-head">Examples</h3>
      <div className="stack example-rows">
        {examples.map((example, at) => (
          <div key={at} className="example-row">
            <SegmentedControl
              aria-label={`Example ${at + 1} meets it or not`}
              size="xs"
              value={example.meets ? 'yes' : 'no'}
              onChange={(meets) => set(at, { meets: meets === 'yes' })}
              data={[
                { value: 'yes', label: 'Meets it' },
                { value: 'no', label: 'Does not' },
              ]}
            />
            <TextInput
              aria-label={`Example ${at + 1}`}
              value={example.text}
              maxLength={500}
              onChange={(event) => set(at, { text: event.currentTarget.value })}
              className="example-text"
            />
            <ActionIcon
              color="gray"
              aria-label={`Remove example ${at + 1}`}
              onClick={() => onChange(examples.filter((_, index) => index !== at))}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        ))}
      </div>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        disabled={examples.length >= 50}
        onClick={() => onChange([...examples, { text: '', meets: true }])}
      >
        Example
      </Button>
    </>
  );
}
