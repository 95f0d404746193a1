import { Menu, Button } from '@mantine/core';
import { useState } from 'react';
import type { AgendaItem, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { GiveAction } from '../actions/GiveAction.tsx';
import { ChangeClause } from './ChangeClause.tsx';
import { LogDecision } from './LogDecision.tsx';
import { ProposeDefinition } from './ProposeDefinition.tsx';

/** What a decision becomes there and then: an entry in the log, an action, a definition or a clause for both sides to sign. */
export function OnTheSpot({ detail, item }: { detail: MeetingDetail; item: AgendaItem }) {
  const [dialog, setDialog] = useState<'logged' | 'definition' | 'contract' | null>(null);
  const { can, id } = detail;
  const close = (): void => setDialog(null);
  const at = { meetingId: id, itemId: item.id, onClose: close };
  return (
    <div className="on-the-spot">
      <GiveAction label="Give an action" whyNot={can.give} meeting={{ id, itemId: item.id, ownerId: item.owner?.id ?? null }} />
      <Deed variant="default" whyNot={can.decide} onClick={() => setDialog('logged')}>
        Log a decision
      </Deed>
      {can.decide === null ? (
        <Menu>
          <Menu.Target>
            <Button variant="default">Propose a change</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setDialog('contract')}>Change a clause of the agreement</Menu.Item>
            <Menu.Item onClick={() => setDialog('definition')}>Change a definition</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Deed variant="default" whyNot={can.decide} onClick={() => undefined}>
          Propose a change
        </Deed>
      )}
      {dialog === 'logged' && <LogDecision {...at} />}
      {dialog === 'definition' && <ProposeDefinition {...at} />}
      {dialog === 'contract' && <ChangeClause {...at} />}
    </div>
  );
}
