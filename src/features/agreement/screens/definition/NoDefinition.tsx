import { Button, Group } from '@mantine/core';
import { useRights } from '#ui/api/session.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';
import type { TermDetail } from '../../contract.ts';

/** Nobody wrote down yet what the term means here. */
export function NoDefinition({ term, onStart }: { term: TermDetail; onStart(how: 'template' | 'blank'): void }) {
  const may = useRights().may('agreement.propose');
  const why = may ? null : 'Your role may read this and not change it.';
  return (
    <Sheet>
      <Empty
        title={`What “${term.name}” means here is not written down yet`}
        action={
          <Group gap={8} justify="center">
            {term.builtIn && (
              <Deed onClick={() => onStart('template')} whyNot={why}>
                Start from a template
              </Deed>
            )}
            {may && (
              <Button variant="default" onClick={() => onStart('blank')}>
                Start from nothing
              </Button>
            )}
          </Group>
        }
      >
        Say it in words, and as a rule that can be asked of every lead. Before anybody signs you see what it would have done with the leads
        you already have.
      </Empty>
    </Sheet>
  );
}
