import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useRights } from '#ui/api/session.ts';
import { capitalised, day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import type { Term } from '../../contract.ts';
import { NewTerm } from './NewTerm.tsx';

/** The words both sides use, and what each means in force. */
export function Terms({ terms }: { terms: readonly Term[] }) {
  const may = useRights().may('agreement.propose');
  const [adding, { open, close }] = useDisclosure(false);
  return (
    <Sheet
      id="terms"
      title="Words and what they mean"
      actions={
        may && (
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={open}>
            Own word
          </Button>
        )
      }
    >
      {terms.map((term) => (
        <Go key={term.key} href={paths.definition(term.key)} className="row-link term-row">
          <span className="term-name">{term.name}</span>
          <span className="term-says">
            {term.inForce ? (
              <>
                {capitalised(term.inForce.sentence)}
                <span className="dim term-since">
                  version {term.inForce.number}, since {day(term.inForce.effectiveFrom)}
                </span>
              </>
            ) : (
              <span className="dim">{term.about || 'Not written down yet.'}</span>
            )}
          </span>
          <span className="term-state">{stateOf(term)}</span>
        </Go>
      ))}
      {adding && <NewTerm terms={terms} onClose={close} />}
    </Sheet>
  );
}

function stateOf(term: Term) {
  const [open] = term.open;
  const newer = term.inForce ? 'New version ' : '';
  if (open)
    return <span className="state state-waiting">{capitalised(newer + (open.status === 'proposed' ? 'proposed' : 'drafted'))}</span>;
  return term.inForce ? <span className="state state-good">In force</span> : <span className="state">Not defined</span>;
}
