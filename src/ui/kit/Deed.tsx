import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface DeedProps extends ButtonProps {
  children: ReactNode;
  onClick(): void;
  /** Why it can't be done now, in words: the button is there, says so, and does nothing. */
  whyNot?: string | null | undefined;
}

/** A button that says why when it can't be used. It keeps its place in the tab order, so that the reason can be read. */
export function Deed({ whyNot, onClick, children, ...rest }: DeedProps) {
  if (!whyNot)
    return (
      <Button onClick={onClick} {...rest}>
        {children}
      </Button>
    );
  return (
    <Tooltip label={whyNot} multiline maw={300}>
      <Button {...rest} data-disabled aria-disabled onClick={(event: React.MouseEvent) => event.preventDefault()}>
        {children}
        <span className="visually-hidden"> (not now: {whyNot})</span>
      </Button>
    </Tooltip>
  );
}
