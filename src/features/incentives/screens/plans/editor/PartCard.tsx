import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Fields } from './fields.tsx';
import { TextField } from './TextField.tsx';

interface PartCardProps {
  at: string;
  /** What kind of part, and what such a part does. */
  name: string;
  about: string;
  /** The part's own name. */
  title: string;
  onName(name: string): void;
  onRemove(): void;
  children: ReactNode;
}

/** One part of the plan, with its name and a way to take it out. */
export const PartCard = ({ at, name, about, title, onName, onRemove, children }: PartCardProps) => (
  <section className="sheet" aria-label={title || name}>
    <div className="sheet-head plan-head">
      <h2>
        {name}: <span className="dim">{about}</span>
      </h2>
      <ActionIcon variant="subtle" color="gray" aria-label={`Take out ${title}`} onClick={onRemove}>
        <IconTrash size={18} />
      </ActionIcon>
    </div>
    <div className="sheet-body plan-body">
      <Fields>
        <TextField at={`${at}.name`} label="Name" required value={title} onChange={onName} />
      </Fields>
      {children}
    </div>
  </section>
);
