import { ActionIcon, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface PartCardProps {
  kind: string;
  name: string;
  onName(name: string): void;
  onRemove(): void;
  children: ReactNode;
}

/** One part of the plan, with its name and a way to take it out. */
export const PartCard = ({ kind, name, onName, onRemove, children }: PartCardProps) => (
  <section className="sheet" aria-label={name}>
    <div className="sheet-head">
      <h2>{kind}</h2>
      <ActionIcon variant="subtle" color="gray" aria-label={`Take out ${name}`} onClick={onRemove}>
        <IconTrash size={18} />
      </ActionIcon>
    </div>
    <div className="sheet-body stack">
      <TextInput label="Name" required value={name} onChange={(event) => onName(event.currentTarget.value)} maw={320} />
      {children}
    </div>
  </section>
);
