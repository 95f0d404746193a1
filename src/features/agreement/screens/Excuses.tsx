import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMe, useRights } from '#ui/api/session.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import type { AgreementVersion } from '../contract.ts';
import { useExcuses } from './asking.ts';
import { AskExcuse } from './excuses/AskExcuse.tsx';
import { ExcuseRow } from './excuses/ExcuseRow.tsx';

const atFirst = 5;

/** Why something should not be counted: asked for by the side that owes, decided by the other. */
export function Excuses({ contract }: { contract: AgreementVersion }) {
  const me = useMe();
  const may = useRights().may('excuses.ask');
  const excuses = useExcuses();
  const [asking, { open, close }] = useDisclosure(false);
  const [all, setAll] = useState(false);
  const titles = new Map(contract.content.clauses.map(({ key, title }) => [key, title]));
  return (
    <Sheet
      id="excuses"
      title="Excuses"
      actions={
        may &&
        me.member.role !== 'viewer' && (
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={open}>
            Ask for one
          </Button>
        )
      }
    >
      <Answer of={excuses} what="The excuses" lines={3}>
        {({ items }) => {
          const waiting = items.filter(({ decision }) => decision === null);
          const decided = items.filter(({ decision }) => decision !== null);
          const shown = all ? decided : decided.slice(0, Math.max(0, atFirst - waiting.length));
          if (items.length === 0)
            return (
              <p className="dim row-text">
                None yet. An outage, a wrong routing or leave can be excused: the side that owes asks, the other decides, and what is
                granted is counted apart.
              </p>
            );
          return (
            <>
              {[...waiting, ...shown].map((excuse) => (
                <ExcuseRow
                  key={excuse.id}
                  excuse={excuse}
                  clause={excuse.clauseKey ? (titles.get(excuse.clauseKey) ?? excuse.clauseKey) : null}
                />
              ))}
              {shown.length < decided.length && (
                <Button size="compact-sm" variant="subtle" m="xs" onClick={() => setAll(true)}>
                  Show all {decided.length} decided
                </Button>
              )}
            </>
          );
        }}
      </Answer>
      {asking && <AskExcuse contract={contract} onClose={close} />}
    </Sheet>
  );
}
