import { ActionIcon, Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

/** How a number is made, one click away from it. */
export function Explain({ label, children }: { label: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} width={340} position="bottom-end" trapFocus>
      <Popover.Target>
        <ActionIcon color="gray" size={28} aria-label={label} aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconInfoCircle size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label} tabIndex={-1} data-autofocus fz="sm">
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
